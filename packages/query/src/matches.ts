import { matchesGlob, readGlob } from './glob.ts';
import { parseIp, parseIpNetwork } from './ip-address.ts';
import { textFieldsOf } from './text-fields.ts';
import { defaultQueryFields, isAskable, type QueryFields } from './query-fields.ts';
import type { EqualsNode, LeafNode, QueryTree, RangeNode } from './query-tree.ts';
import { tokenize, type TextToken } from './tokenize.ts';
import { unicodeForms } from './unicode-forms.ts';
import { virtualField, withoutVirtual } from './virtual-fields.ts';
import { planWords } from './words-plan.ts';

/** An index document as it is written: flat dotted keys, `labels` as an object. */
export type FlatDocument = Readonly<Record<string, unknown>>;

/** Longer values of keyword fields stay out of the index (its terms end at 32,766 bytes). In UTF-16 units. */
export const maxKeywordLength = 8191;

/** Whether the index would find this document with `compileQuery(tree)`. */
export function matches(tree: QueryTree, document: FlatDocument, fields: QueryFields = defaultQueryFields): boolean {
  switch (tree.kind) {
    case 'all':
      return true;
    case 'and':
      return tree.parts.every((part) => matches(part, document, fields));
    case 'or':
      return tree.parts.some((part) => matches(part, document, fields));
    case 'not':
      return !matches(tree.part, document, fields);
    case 'words':
    case 'word-pattern':
    case 'pattern':
    case 'exists':
    case 'equals':
    case 'range':
      return virtualField(tree.field) === undefined
        ? matchesLeaf(tree, document, fields)
        : matches(withoutVirtual(tree), document, fields);
  }
}

function matchesLeaf(tree: LeafNode, document: FlatDocument, fields: QueryFields): boolean {
  const valuesOf = (field: string): unknown[] => readValues(document, field, fields);
  switch (tree.kind) {
    case 'words':
      return textFieldsOf(tree.field).some((field) =>
        valuesOf(field).some((value) => unicodeForms(tree.text).some((text) => hasWords(String(value), text))),
      );
    case 'word-pattern': {
      const globs = unicodeForms(tree.pattern).map(readGlob);
      const fits = (token: TextToken): boolean => globs.some((glob) => matchesGlob(glob, token.text));
      return textFieldsOf(tree.field).some((field) =>
        valuesOf(field).some((value) => tokenize(String(value)).some(fits)),
      );
    }
    case 'pattern': {
      const globs = unicodeForms(tree.pattern).map(readGlob);
      return valuesOf(tree.field).some((value) => globs.some((glob) => matchesGlob(glob, String(value))));
    }
    case 'exists':
      return textFieldsOf(tree.field).some((field) => valuesOf(field).length > 0);
    case 'equals':
      return valuesOf(tree.field).some((value) => equalsValue(tree, value, fields));
    case 'range':
      return valuesOf(tree.field).some((value) => isInRange(tree, value, fields));
  }
}

function readValues(document: FlatDocument, field: string, fields: QueryFields): unknown[] {
  const type = fields.typeOf(field);
  if (!isAskable(field)) return [];
  const stored = type === 'label' ? readLabel(document, field) : document[field];
  const values = (Array.isArray(stored) ? stored : [stored]).filter((value) => value !== undefined && value !== null);
  if (type !== 'keyword') return values;
  return values.filter((value) => String(value).length <= maxKeywordLength);
}

function readLabel(document: FlatDocument, field: string): unknown {
  const labels = document['labels'];
  const key = field.slice('labels.'.length);
  if (typeof labels !== 'object' || labels === null || !Object.hasOwn(labels, key)) return undefined;
  return (labels as Record<string, unknown>)[key];
}

function hasWords(text: string, wanted: string): boolean {
  const plan = planWords(wanted);
  const tokens = tokenize(text);
  if (plan.phrase !== undefined && !hasSequence(tokens, plan.phrase, false)) return false;
  return plan.runs.every((run) => hasSequence(tokens, Array.from(run), true));
}

function hasSequence(tokens: readonly TextToken[], sequence: readonly string[], joined: boolean): boolean {
  for (let start = 0; start + sequence.length <= tokens.length; start++) {
    const isHere = sequence.every((text, index) => {
      const token = tokens[start + index];
      return token?.text === text && (!joined || index === 0 || token.joined);
    });
    if (isHere) return true;
  }
  return false;
}

function equalsValue(node: EqualsNode, value: unknown, fields: QueryFields): boolean {
  switch (fields.typeOf(node.field)) {
    case 'ip': {
      const network = parseIpNetwork(String(node.value));
      const address = parseIp(String(value));
      return network !== undefined && address !== undefined && network.first <= address && address <= network.last;
    }
    case 'long':
    case 'double':
    case 'date':
      return Number(value) === node.value;
    case 'boolean':
      return (value === true || value === 'true') === node.value;
    case 'keyword':
    case 'text':
    case 'label':
      return typeof node.value === 'string' && unicodeForms(node.value).includes(String(value));
    case 'virtual':
      return false;
  }
}

function isInRange(node: RangeNode, value: unknown, fields: QueryFields): boolean {
  const type = fields.typeOf(node.field);
  const read = type === 'ip' ? (bound: unknown) => parseIp(String(bound)) : type === 'date' ? readTime : Number;
  const at = read(value);
  if (at === undefined) return false;
  const { gte, gt, lt, lte } = node;
  const holds = (bound: number | string | undefined, test: (limit: number | bigint) => boolean): boolean => {
    if (bound === undefined) return true;
    const limit = read(bound);
    return limit !== undefined && test(limit);
  };
  return (
    holds(gte, (limit) => at >= limit) &&
    holds(gt, (limit) => at > limit) &&
    holds(lt, (limit) => at < limit) &&
    holds(lte, (limit) => at <= limit)
  );
}

/** Epoch milliseconds of an indexed time; finer parts are cut, as in the index. */
function readTime(value: unknown): number {
  return typeof value === 'number' ? value : Date.parse(String(value).replace(/(\.\d{3})\d+/, '$1'));
}
