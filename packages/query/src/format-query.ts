import { formatDateBound } from './date-literal.ts';
import { foldWidth } from './fold-width.ts';
import { looksLikeRegularExpression } from './foreign-operators.ts';
import { readGlob } from './glob.ts';
import { defaultQueryFields, type QueryFields } from './query-fields.ts';
import type { QueryTree, RangeNode } from './query-tree.ts';

const reserved = /^(AND|OR|NOT|TO)$/i;
const plainWord = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}_.\-/@]*$/u;
const plainValue = /^[\p{L}\p{N}/][\p{L}\p{M}\p{N}_.\-/@:+%]*$/u;

/** The query text of a tree: reading it gives the same tree again. */
export function formatQuery(tree: QueryTree, fields: QueryFields = defaultQueryFields): string {
  const write = (part: QueryTree): string => formatQuery(part, fields);
  switch (tree.kind) {
    case 'all':
      return '*';
    case 'and':
      return tree.parts.map((part) => (part.kind === 'or' ? formatOperand(part, write) : write(part))).join(' AND ');
    case 'or':
      return (
        formatFieldGroup(tree.parts) ??
        tree.parts.map((part) => (part.kind === 'and' ? `(${write(part)})` : write(part))).join(' OR ')
      );
    case 'not':
      return `NOT ${tree.part.kind === 'and' || tree.part.kind === 'or' ? formatOperand(tree.part, write) : write(tree.part)}`;
    case 'words':
      return (tree.field === 'message' ? '' : `${tree.field}:`) + formatText(tree.text, plainWord);
    case 'word-pattern':
      return (tree.field === 'message' ? '' : `${tree.field}:`) + tree.pattern;
    case 'equals':
      return `${formatFieldName(tree.field)}:${formatText(String(tree.value), plainValue)}`;
    case 'pattern':
      return `${formatFieldName(tree.field)}:${formatPattern(tree.pattern)}`;
    case 'exists':
      return `${formatFieldName(tree.field)}:*`;
    case 'range':
      return formatRange(tree, fields);
  }
}

/** A field group binds as one operand; other groups need parentheses. */
function formatOperand(tree: QueryTree & { kind: 'and' | 'or' }, write: (tree: QueryTree) => string): string {
  if (tree.kind === 'or' && formatFieldGroup(tree.parts) !== undefined) return write(tree);
  return `(${write(tree)})`;
}

/** `field:(a OR b)` for alternatives of one field. */
function formatFieldGroup(parts: readonly QueryTree[]): string | undefined {
  const [first] = parts;
  if (first?.kind !== 'equals') return undefined;
  const values: string[] = [];
  for (const part of parts) {
    if (part.kind !== 'equals' || part.field !== first.field) return undefined;
    values.push(formatText(String(part.value), plainValue));
  }
  return `${formatFieldName(first.field)}:(${values.join(' OR ')})`;
}

function formatRange(range: RangeNode, fields: QueryFields): string {
  const isDate = fields.typeOf(range.field) === 'date';
  const write = (bound: number | string): string => (isDate ? formatDateBound(Number(bound)) : String(bound));
  const { gte, gt, lt, lte } = range;
  const name = formatFieldName(range.field);
  const from = gte ?? gt;
  const to = lte ?? lt;
  if (from === undefined)
    return to === undefined ? `${name}:*` : `${name}${lte === undefined ? '<' : '<='}${write(to)}`;
  if (to === undefined) return `${name}${gte === undefined ? '>' : '>='}${write(from)}`;
  return `${name}:${gte === undefined ? '{' : '['}${write(from)} TO ${write(to)}${lte === undefined ? '}' : ']'}`;
}

function formatFieldName(name: string): string {
  return name.replace(/[^\p{L}\p{M}\p{N}_@.\-/$#%+]|[\uFF01-\uFF5E]/gu, (character) =>
    /[\p{L}\p{N}]/u.test(character) ? character : `\\${character}`,
  );
}

function formatText(text: string, plain: RegExp): string {
  if (plain.test(text) && !reserved.test(foldWidth(text)) && !looksLikeRegularExpression(text)) return text;
  return `"${text.replace(/[\\"\u201C\u201D\u201E\u201F\uFF02]/g, (character) => `\\${character}`)}"`;
}

function formatPattern(pattern: string): string {
  const steps = readGlob(pattern);
  return steps
    .map((step, index) => {
      if (step.kind === 'any') return '*';
      if (step.kind === 'one') return '?';
      const isPlain = /[\p{L}\p{N}_/@]/u.test(step.character);
      // `.*` would read as a regular expression.
      const isDot = step.character === '.' && steps[index + 1]?.kind !== 'any';
      return isPlain || isDot ? step.character : `\\${step.character}`;
    })
    .join('');
}
