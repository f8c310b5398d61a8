import { parseDateLiteral } from './date-literal.ts';
import { foldWidth } from './fold-width.ts';
import { networkOfIpv4Wildcard, parseIp, parseIpNetwork } from './ip-address.ts';
import type { QueryErrorCode, QueryWarningCode } from './query-error.ts';
import type { ResolvedField } from './query-fields.ts';
import type { Comparison } from './scan-query.ts';
import type { LeafNode, QueryTree, RangeNode } from './query-tree.ts';
import { readWords } from './read-words.ts';
import { virtualField } from './virtual-fields.ts';
import { listedValues, valueNamed } from './worded-values.ts';

/** One value as written, after the field and its comparison. */
export interface WrittenValue {
  text: string;
  pattern: string;
  wildcard: boolean;
  quoted: boolean;
  comparison: Comparison;
}

/** The value was read, but may not be what was meant; `replacement` is another value. */
export interface ValueWarning {
  code: QueryWarningCode;
  params: Record<string, string | number>;
  replacement?: string;
}

export type ReadValue =
  | { ok: true; tree: QueryTree; warning?: ValueWarning }
  | { ok: false; code: QueryErrorCode; params?: Record<string, string | number>; replacement?: string };

/** The condition that a field, a comparison and a value make, by the field's type. */
export function readValue(field: ResolvedField, value: WrittenValue, timeZone: string): ReadValue {
  const { name, type } = field;
  if (value.comparison === ':' && value.pattern === '*' && value.wildcard) return leaf({ kind: 'exists', field: name });
  if (value.text === '' && (!value.quoted || (type !== 'keyword' && type !== 'label')))
    return { ok: false, code: 'empty-value' };
  if (type === 'text') {
    if (value.comparison !== ':') return { ok: false, code: 'not-comparable' };
    return readWords(name, value);
  }
  if (type === 'virtual') return readVirtual(name, value);
  if (type === 'keyword' || type === 'label') return readKeyword(name, value);
  const written = value.quoted ? value.text.trim() : foldWidth(value.text);
  if (type === 'ip' && value.wildcard) {
    const network = value.comparison === ':' ? networkOfIpv4Wildcard(written) : undefined;
    return network === undefined
      ? { ok: false, code: 'wildcard-not-allowed' }
      : leaf({ kind: 'equals', field: name, value: network });
  }
  if (value.wildcard) return { ok: false, code: 'wildcard-not-allowed' };
  switch (type) {
    case 'ip':
      return readIp(name, written, value.comparison);
    case 'long':
    case 'double':
      return readNumber(field, written, value.comparison);
    case 'boolean':
      return readBoolean(name, written, value.comparison);
    case 'date':
      return readDate(name, { written, comparison: value.comparison, timeZone });
  }
}

/** Bounds written as `[from TO to]`; `*` is an open end. */
export function readRange(
  field: ResolvedField,
  range: { from: string; to: string; includesFrom: boolean; includesTo: boolean },
  timeZone: string,
): ReadValue {
  const bounds: RangeNode = { kind: 'range', field: field.name };
  const ends = [
    { text: range.from, comparison: range.includesFrom ? '>=' : '>' },
    { text: range.to, comparison: range.includesTo ? '<=' : '<' },
  ] as const;
  for (const { text, comparison } of ends) {
    if (text === '*') continue;
    const read = readValue(field, { text, pattern: text, wildcard: false, quoted: false, comparison }, timeZone);
    if (!read.ok) return read;
    if (read.tree.kind !== 'range') return { ok: false, code: 'bad-range' };
    Object.assign(bounds, read.tree);
  }
  if (Object.keys(bounds).length > 2) return leaf(bounds);
  return { ok: true, tree: { kind: 'exists', field: field.name } };
}

function readKeyword(field: string, value: WrittenValue): ReadValue {
  if (value.comparison !== ':') return { ok: false, code: 'not-comparable' };
  if (value.wildcard) return leaf({ kind: 'pattern', field, pattern: value.pattern });
  if (listedValues(field) === undefined) return leaf({ kind: 'equals', field, value: value.text });
  const named = valueNamed(field, value.text);
  if ('value' in named) return leaf({ kind: 'equals', field, value: named.value });
  const replacement = named.near === undefined ? {} : { replacement: named.near };
  return { ...badValue('unknown-value', value.text), ...replacement };
}

function readVirtual(field: string, value: WrittenValue): ReadValue {
  if (value.comparison !== ':') return { ok: false, code: 'not-comparable' };
  if (value.wildcard) return { ok: false, code: 'wildcard-not-allowed' };
  const read = virtualField(field)?.read(value.text) ?? { ok: false, code: 'unknown-value' };
  if (!read.ok) return badValue(read.code, value.text);
  const tree: LeafNode = { kind: 'equals', field, value: read.value };
  if (read.warning === undefined) return leaf(tree);
  const { code, alternatives } = read.warning;
  const [replacement] = alternatives;
  const params = { value: read.value, alternatives: alternatives.join(', ') };
  return { ok: true, tree, warning: { code, params, ...(replacement === undefined ? {} : { replacement }) } };
}

function readIp(field: string, written: string, comparison: Comparison): ReadValue {
  if (comparison !== ':') {
    if (parseIp(written) === undefined) return badValue('bad-ip', written);
    return leaf(bound(field, comparison, written));
  }
  const network = parseIpNetwork(written);
  if (network === undefined) return badValue('bad-ip', written);
  return leaf({ kind: 'equals', field, value: written });
}

function readNumber(field: ResolvedField, written: string, comparison: Comparison): ReadValue {
  const isNumber =
    field.type === 'long' ? /^[+-]?\d+$/.test(written) : /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(written);
  const number = Number(written) + 0;
  const isExact = field.type === 'long' ? Number.isSafeInteger(number) : Number.isFinite(number);
  if (!isNumber || !isExact) return badValue('bad-number', written);
  if (comparison === ':') return leaf({ kind: 'equals', field: field.name, value: number });
  return leaf(bound(field.name, comparison, number));
}

function readBoolean(field: string, written: string, comparison: Comparison): ReadValue {
  if (comparison !== ':') return { ok: false, code: 'not-comparable' };
  const word = written.toLowerCase();
  if (word !== 'true' && word !== 'false') return badValue('bad-boolean', written);
  return leaf({ kind: 'equals', field, value: word === 'true' });
}

function readDate(field: string, value: { written: string; comparison: Comparison; timeZone: string }): ReadValue {
  const span = parseDateLiteral(value.written, value.timeZone);
  if (span === undefined) return badValue('bad-date', value.written);
  switch (value.comparison) {
    case ':':
      return leaf({ kind: 'range', field, gte: span.startMs, lt: span.endMs });
    case '>=':
      return leaf({ kind: 'range', field, gte: span.startMs });
    case '>':
      return leaf({ kind: 'range', field, gte: span.endMs });
    case '<':
      return leaf({ kind: 'range', field, lt: span.startMs });
    case '<=':
      return leaf({ kind: 'range', field, lt: span.endMs });
  }
}

function bound(field: string, comparison: Exclude<Comparison, ':'>, value: number | string): RangeNode {
  const key = ({ '>': 'gt', '>=': 'gte', '<': 'lt', '<=': 'lte' } as const)[comparison];
  return { kind: 'range', field, [key]: value };
}

function leaf(tree: LeafNode): ReadValue {
  return { ok: true, tree };
}

function badValue(code: QueryErrorCode, value: string): Extract<ReadValue, { ok: false }> {
  return { ok: false, code, params: { value } };
}
