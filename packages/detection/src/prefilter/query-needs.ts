import {
  defaultQueryFields,
  messageFields,
  tokenize,
  virtualField,
  withoutVirtual,
  type QueryTree,
} from '@akashi/query';
import { literalOf, requireAll, requireAny, type Requirement } from './requirement.ts';
import type { ProbeNeeds } from './probe-index.ts';

/** What a query says of the events that it can find. */
export function queryNeeds(tree: QueryTree): ProbeNeeds {
  const formats = valuesOf(tree, 'parse.format');
  return { formats, codes: formats === null ? null : valuesOf(tree, 'event.code'), requirement: requirementOf(tree) };
}

/** The values of a field of which every event that is found has one; null when it may have any. */
function valuesOf(tree: QueryTree, field: string): string[] | null {
  switch (tree.kind) {
    case 'equals':
      return tree.field === field && typeof tree.value === 'string' && isAscii(tree.value) ? [tree.value] : null;
    case 'and': {
      const parts = tree.parts.map((part) => valuesOf(part, field)).filter((values) => values !== null);
      return parts.length === 0 ? null : parts.reduce((a, b) => a.filter((value) => b.includes(value)));
    }
    case 'or': {
      const parts = tree.parts.map((part) => valuesOf(part, field));
      return parts.includes(null) ? null : [...new Set(parts.flatMap((values) => values ?? []))];
    }
    case 'all':
    case 'not':
    case 'words':
    case 'word-pattern':
    case 'pattern':
    case 'exists':
    case 'range':
      return null;
  }
}

function isAscii(text: string): boolean {
  return !/[\u0080-\uffff]/.test(text);
}

function requirementOf(tree: QueryTree): Requirement {
  switch (tree.kind) {
    case 'and':
      return requireAll(tree.parts.map(requirementOf));
    case 'or':
      return requireAny(tree.parts.map(requirementOf));
    case 'words':
      return isAscii(tree.text)
        ? requireAll(tokenize(tree.text).map(({ text }) => literal(textFields(tree.field), text)))
        : null;
    case 'equals':
      if (virtualField(tree.field) !== undefined) return requirementOf(withoutVirtual(tree));
      return typeof tree.value === 'string' && isTextual(tree.field) ? literal([tree.field], tree.value) : null;
    case 'pattern':
      return requireAll(literalRuns(tree.pattern).map((run) => literal([tree.field], run)));
    case 'all':
    case 'not':
    case 'word-pattern':
    case 'exists':
    case 'range':
      return null;
  }
}

function textFields(field: string): readonly string[] {
  return field === 'message' ? messageFields : [field];
}

/** Addresses are compared as numbers, and formats are looked at before. */
function isTextual(field: string): boolean {
  return defaultQueryFields.typeOf(field) !== 'ip' && field !== 'parse.format';
}

function literal(fields: readonly string[], text: string): Requirement {
  const found = isAscii(text) ? literalOf(text) : undefined;
  return found === undefined ? null : [{ fields, text: found }];
}

/** The texts between the wildcards of a pattern. */
function literalRuns(pattern: string): string[] {
  const runs = [''];
  for (let at = 0; at < pattern.length; at++) {
    const sign = pattern.charAt(at);
    if (sign === '*' || sign === '?') runs.push('');
    else {
      if (sign === '\\' && at + 1 < pattern.length) at++;
      runs[runs.length - 1] += pattern.charAt(at);
    }
  }
  return runs;
}
