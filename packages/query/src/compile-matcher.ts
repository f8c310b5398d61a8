import { matchesGlob, readGlob } from './glob.ts';
import { parseIp, parseIpNetwork } from './ip-address.ts';
import { maxKeywordLength } from './matches.ts';
import { defaultQueryFields, isAskable, type QueryFields } from './query-fields.ts';
import type { EqualsNode, LeafNode, QueryTree, RangeNode } from './query-tree.ts';
import { textFieldsOf } from './text-fields.ts';
import { tokenize, type TextToken } from './tokenize.ts';
import { unicodeForms } from './unicode-forms.ts';
import { virtualField, withoutVirtual } from './virtual-fields.ts';
import { planWords } from './words-plan.ts';

/** A document that is asked for one field after the other: most of it is never made. */
export interface FieldSource {
  /** What stands in the index document under this name (`labels.<key>` for a label): a value, a list of them, or undefined. */
  value(field: string): unknown;
  /** `tokenize` of each of the field's values; kept by the source, since many conditions ask for the same. */
  tokens(field: string): readonly (readonly TextToken[])[];
}

export type DocumentTest = (document: FieldSource) => boolean;

const never: DocumentTest = () => false;

/**
 * A query that is put to very many documents: what `matches(tree, document)` says, with everything that depends on the tree
 * alone done once. A property test holds the two equal.
 */
export function compileMatcher(tree: QueryTree, fields: QueryFields = defaultQueryFields): DocumentTest {
  switch (tree.kind) {
    case 'all':
      return () => true;
    case 'and': {
      const parts = tree.parts.map((part) => compileMatcher(part, fields));
      return (document) => parts.every((part) => part(document));
    }
    case 'or': {
      const parts = tree.parts.map((part) => compileMatcher(part, fields));
      return (document) => parts.some((part) => part(document));
    }
    case 'not': {
      const part = compileMatcher(tree.part, fields);
      return (document) => !part(document);
    }
    case 'words':
    case 'word-pattern':
    case 'pattern':
    case 'exists':
    case 'equals':
    case 'range':
      if (virtualField(tree.field) !== undefined) return compileMatcher(withoutVirtual(tree), fields);
      return compileLeaf(tree, fields);
  }
}

function compileLeaf(tree: LeafNode, fields: QueryFields): DocumentTest {
  switch (tree.kind) {
    case 'words':
      return inText(tree.field, fields, wordsTest(tree.text));
    case 'word-pattern': {
      const globs = unicodeForms(tree.pattern).map(readGlob);
      return inText(tree.field, fields, (tokens) =>
        tokens.some((token) => globs.some((glob) => matchesGlob(glob, token.text))),
      );
    }
    case 'pattern': {
      const globs = unicodeForms(tree.pattern).map(readGlob);
      return inValues(tree.field, fields, (value) => globs.some((glob) => matchesGlob(glob, String(value))));
    }
    case 'exists': {
      const parts = textFieldsOf(tree.field).map((field) => inValues(field, fields, () => true));
      return (document) => parts.some((part) => part(document));
    }
    case 'equals':
      return inValues(tree.field, fields, equalsTest(tree, fields));
    case 'range':
      return inValues(tree.field, fields, rangeTest(tree, fields));
  }
}

function inValues(field: string, fields: QueryFields, test: (value: unknown) => boolean): DocumentTest {
  if (!isAskable(field)) return never;
  const isShort = fields.typeOf(field) === 'keyword';
  const fits = (value: unknown): boolean =>
    value !== undefined &&
    value !== null &&
    (!isShort || typeof value !== 'string' || value.length <= maxKeywordLength) &&
    test(value);
  return (document) => {
    const stored = document.value(field);
    return Array.isArray(stored) ? stored.some(fits) : fits(stored);
  };
}

function inText(field: string, fields: QueryFields, test: (tokens: readonly TextToken[]) => boolean): DocumentTest {
  const names = textFieldsOf(field).filter((name) => isAskable(name));
  const isLong = (name: string): boolean => fields.typeOf(name) !== 'keyword';
  if (names.every(isLong)) return (document) => names.some((name) => document.tokens(name).some(test));
  // A keyword field leaves out values that the index does not hold.
  const parts = names.map((name) => inValues(name, fields, (value) => test(tokenize(String(value)))));
  return (document) => parts.some((part) => part(document));
}

function wordsTest(text: string): (tokens: readonly TextToken[]) => boolean {
  const plans = unicodeForms(text).map((form) => {
    const { phrase, runs } = planWords(form);
    return { phrase, runs: runs.map((run) => Array.from(run)) };
  });
  return (tokens) =>
    plans.some(
      ({ phrase, runs }) =>
        (phrase === undefined || hasSequence(tokens, phrase, false)) &&
        runs.every((run) => hasSequence(tokens, run, true)),
    );
}

function hasSequence(tokens: readonly TextToken[], sequence: readonly string[], joined: boolean): boolean {
  const last = tokens.length - sequence.length;
  for (let start = 0; start <= last; start++) {
    let length = 0;
    while (length < sequence.length) {
      const token = tokens[start + length];
      if (token?.text !== sequence[length] || (joined && length > 0 && !token?.joined)) break;
      length++;
    }
    if (length === sequence.length) return true;
  }
  return false;
}

function equalsTest(node: EqualsNode, fields: QueryFields): (value: unknown) => boolean {
  const { value: wanted } = node;
  switch (fields.typeOf(node.field)) {
    case 'ip': {
      const network = parseIpNetwork(String(wanted));
      if (network === undefined) return () => false;
      return (value) => {
        const address = parseIp(String(value));
        return address !== undefined && network.first <= address && address <= network.last;
      };
    }
    case 'long':
    case 'double':
    case 'date':
      return (value) => Number(value) === wanted;
    case 'boolean':
      return (value) => (value === true || value === 'true') === wanted;
    case 'keyword':
    case 'text':
    case 'label': {
      const forms = typeof wanted === 'string' ? unicodeForms(wanted) : [];
      return (value) => forms.includes(String(value));
    }
    case 'virtual':
      return () => false;
  }
}

function rangeTest(node: RangeNode, fields: QueryFields): (value: unknown) => boolean {
  const type = fields.typeOf(node.field);
  const read = type === 'ip' ? (bound: unknown) => parseIp(String(bound)) : type === 'date' ? readTime : Number;
  const { gte, gt, lt, lte } = node;
  const tests: Array<(at: number | bigint) => boolean> = [];
  const add = (bound: number | string | undefined, test: (at: number | bigint, limit: number | bigint) => boolean) => {
    if (bound === undefined) return;
    const limit = read(bound);
    tests.push(limit === undefined ? () => false : (at) => test(at, limit));
  };
  add(gte, (at, limit) => at >= limit);
  add(gt, (at, limit) => at > limit);
  add(lt, (at, limit) => at < limit);
  add(lte, (at, limit) => at <= limit);
  return (value) => {
    const at = read(value);
    return at !== undefined && tests.every((test) => test(at));
  };
}

/** Epoch milliseconds of an indexed time; finer parts are cut, as in the index. */
function readTime(value: unknown): number {
  return typeof value === 'number' ? value : Date.parse(String(value).replace(/(\.\d{3})\d+/, '$1'));
}
