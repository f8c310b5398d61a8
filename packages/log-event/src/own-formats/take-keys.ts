import { derivedField, type EventDraft } from '../event-draft.ts';
import type { OwnFormat } from './own-format.ts';

const outcomes: Readonly<Record<string, 'success' | 'failure'>> = {
  success: 'success',
  succeeded: 'success',
  ok: 'success',
  allow: 'success',
  allowed: 'success',
  true: 'success',
  '0': 'success',
  成功: 'success',
  許可: 'success',
  failure: 'failure',
  failed: 'failure',
  fail: 'failure',
  ng: 'failure',
  deny: 'failure',
  denied: 'failure',
  error: 'failure',
  false: 'failure',
  失敗: 'failure',
  拒否: 'failure',
};

/** Values of keys become fields by the definition, else by the catalogue's own name; what is left becomes labels. */
export function takeKeys(
  draft: EventDraft,
  { fields = {}, time }: OwnFormat,
  values: ReadonlyMap<string, string>,
): void {
  for (const [key, value] of values) {
    if (key === time?.key) continue;
    const name = Object.hasOwn(fields, key) ? (fields[key] ?? key) : key;
    if (key === 'message' && name === key) placeMessage(draft, value);
    else if (!takeNamed(draft, name, value)) draft.label(key, value);
  }
  draft.placeForwarded();
}

function takeNamed(draft: EventDraft, name: string, value: string): boolean {
  if (name === 'event.outcome') {
    const outcome = outcomes[value.toLowerCase()];
    if (outcome !== undefined) draft.set(name, outcome);
    return outcome !== undefined;
  }
  const field = derivedField(name);
  if (field === undefined || name.startsWith('pci.')) return false;
  if (draft.take(field, value)) return true;
  const side = name === 'source.ip' ? 'source' : name === 'destination.ip' ? 'destination' : undefined;
  if (side === undefined || draft.get(name) !== undefined) return false;
  draft.endpoint(side, value);
  return true;
}

function placeMessage(draft: EventDraft, value: string): void {
  const at = draft.text.indexOf(value, draft.messageStart);
  if (at < 0) draft.detachedMessage = value;
  else [draft.messageStart, draft.messageEnd] = [at, at + value.length];
}
