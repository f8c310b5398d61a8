import { textLimit, wholeText, type TellText } from './kept-text.ts';

/** One setting that changed; a text that cannot be shown says so. */
export interface ChangedValue {
  readonly field: string;
  readonly before?: string;
  readonly after?: string;
}

const secretName = /secret|password|passphrase|hash|sha256|token|private|cookie|credential|recovery|^key$|keyvalue/i;

/** What stands for a secret: that it changed is on record, its value never is. */
export const hiddenValue = '[hidden]';

/**
 * The fields that differ, by name. Values of fields whose name speaks of a secret are never shown, at any depth.
 */
export function describeChange(
  before: Readonly<Record<string, unknown>> | undefined,
  after: Readonly<Record<string, unknown>> | undefined,
  tell: TellText = wholeText,
): ChangedValue[] {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].toSorted();
  const changes: ChangedValue[] = [];
  for (const field of fields) {
    const [was, is] = [valueOf(before, field), valueOf(after, field)];
    if (JSON.stringify(was) === JSON.stringify(is)) continue;
    changes.push({
      field: tell(field, textLimit.name),
      ...(was === undefined ? {} : { before: shown(field, was, tell) }),
      ...(is === undefined ? {} : { after: shown(field, is, tell) }),
    });
  }
  return changes;
}

function valueOf(values: Readonly<Record<string, unknown>> | undefined, field: string): unknown {
  return values !== undefined && Object.hasOwn(values, field) ? values[field] : undefined;
}

function shown(field: string, value: unknown, tell: TellText): string {
  if (secretName.test(field)) return hiddenValue;
  if (typeof value === 'string') return tell(value, textLimit.value);
  const text = JSON.stringify(value, (key, inner: unknown) =>
    key !== '' && secretName.test(key) ? hiddenValue : inner,
  );
  return tell(text, textLimit.value);
}
