import { expandDocument } from './lean-document.ts';

function canonical(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
}

type Document = Readonly<Record<string, unknown>>;

/**
 * The names of the fields in which an indexed document is not what its sealed record gives, in order. A document whose
 * derived fields the index refused stands there as plain text, by its own quarantine: then only the text and the time of
 * receipt are compared.
 */
export function differingFields(sealed: Document, indexed: Document): string[] {
  const [expected, stored] = [expandDocument(sealed), expandDocument(indexed)];
  const plain = stored['parse.reason'] === 'index-refused';
  const names = new Set([...Object.keys(expected), ...Object.keys(stored)]);
  return [...names]
    .filter((name) => canonical(expected[name]) !== canonical(stored[name]))
    .filter((name) => !plain || name === 'record' || name === 'received_at')
    .toSorted();
}
