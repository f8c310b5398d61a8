import { createMasker } from '@akashi/masking';

const masker = createMasker({ version: 'ledger', keep: 'first6last4' });

/**
 * What the product makes itself and must get back to the bit: ids, digests, seals, the canonical header of a block. None of
 * it was typed by anybody.
 */
const machineText =
  /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32,128}|akashi block v\d+\n[^]*|\$argon2id\$[^]*)$/i;

/**
 * A parameter of a statement as the ledger may keep it: card numbers in texts are masked (PCI DSS 3.5.1), at any depth of lists
 * and JSON. Whatever a program or a person wrote passes here, for every column that there is and will be. Texts that are looked
 * for pass here as well, so that what was masked is found again. Machine-made texts, numbers and bytes stay as they are.
 */
export function keptValue(value: unknown): unknown {
  if (typeof value === 'string') return keptString(value);
  if (Array.isArray(value)) return mapped(value, keptValue);
  if (!isPlainObject(value)) return value;
  const entries = Object.entries(value);
  const kept = entries.map(([name, inner]): [string, unknown] => [keptString(name), keptValue(inner)]);
  const isSame = kept.every(([name, inner], at) => name === entries[at]?.[0] && inner === entries[at]?.[1]);
  return isSame ? value : Object.fromEntries(kept);
}

function keptString(text: string): string {
  if (text.length < shortestSecret || machineText.test(text)) return text;
  const inner = /^\s*[[{]/.test(text) ? readJson(text) : undefined;
  if (inner === undefined) return masker.maskText(text);
  // JSON that comes as text stays JSON, and its numbers stay numbers.
  const kept = keptValue(inner);
  return kept === inner ? text : JSON.stringify(kept);
}

/** The shortest that masking takes away: a PIN with its key. */
const shortestSecret = 7;

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function mapped(values: readonly unknown[], change: (value: unknown) => unknown): readonly unknown[] {
  const changed = values.map(change);
  return changed.every((value, at) => value === values[at]) ? values : changed;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
