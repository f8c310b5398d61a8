import {
  fieldFilter,
  ownLogGroupPrefix,
  hidesAnything,
  scopeFilter,
  visibleDocument,
  withinScope,
  type AccessScope,
} from '@akashi/policy';
import { compileQuery, type QueryTree, type SearchFilter } from '@akashi/query';
import type { StoredDocument } from './tenant-stream.ts';

export type TimeField = '@timestamp' | 'received_at';

/** Which events a call is about. Times are epoch milliseconds, `from` included, `to` not. */
export interface EventSelection {
  tree: QueryTree;
  scope: AccessScope;
  from?: number;
  to?: number;
  timeField?: TimeField;
  /** A choice inside the scope: names of log groups, `*` standing for any characters. */
  logGroups?: readonly string[];
  /** Leaves the product's own log groups (`akashi/…`) out. */
  withoutOwnLogs?: boolean;
  signal?: AbortSignal;
}

/** Chosen log groups and time: every condition but the scope and the query. */
export function placeFilters(selection: Omit<EventSelection, 'tree' | 'scope'>): SearchFilter[] {
  const { from, to, timeField, logGroups } = selection;
  const filters: SearchFilter[] = [];
  if (logGroups !== undefined) filters.push(logGroupFilter(logGroups));
  if (selection.withoutOwnLogs === true) filters.push({ bool: { must_not: [ownLogGroups] } });
  const bounds = { ...(from === undefined ? {} : { gte: from }), ...(to === undefined ? {} : { lt: to }) };
  if (Object.keys(bounds).length > 0) {
    filters.push({ range: { [timeField ?? '@timestamp']: { ...bounds, format: 'epoch_millis' } } });
  }
  return filters;
}

const ownLogGroups: SearchFilter = { prefix: { 'log.group': { value: ownLogGroupPrefix } } };

export function selectionQuery(selection: EventSelection): SearchFilter {
  return allOf([...placeFilters(selection), compileQuery(withinScope(selection.scope, selection.tree))]);
}

/** Every event that the caller may know of. */
export function compileScope(scope: AccessScope): SearchFilter {
  return compileQuery(scopeFilter(scope));
}

/** The events in which the caller sees the field: everywhere else it counts as absent. */
export function compileFieldScope(scope: AccessScope, field: string): SearchFilter {
  return compileQuery(fieldFilter(scope, field));
}

/**
 * Found documents as the caller sees them. Nothing leaves this package in another way.
 * The index has said that they are in the scope; only what is hidden inside them is left to decide.
 */
export function showDocuments(found: readonly StoredDocument[], scope: AccessScope): StoredDocument[] {
  if (!hidesSomething(scope)) return found.map(({ id, document, restored }) => shownAs(id, document, restored));
  return found.flatMap(({ id, document, restored }) => {
    const shown = visibleDocument(scope, document);
    return shown === null ? [] : [shownAs(id, shown, restored)];
  });
}

function shownAs(id: string, document: StoredDocument['document'], restored: true | undefined): StoredDocument {
  return { id, document, ...(restored === undefined ? {} : { restored }) };
}

export function hidesSomething(scope: AccessScope): boolean {
  return scope.parts.some(hidesAnything);
}

export function allOf(filters: readonly SearchFilter[]): SearchFilter {
  return { bool: { filter: filters } };
}

/** One clause for all plain names, and one for each pattern. */
function logGroupFilter(patterns: readonly string[]): SearchFilter {
  if (patterns.includes('*')) return { match_all: {} };
  const names = patterns.filter((pattern) => !pattern.includes('*'));
  const wildcards = patterns.filter((pattern) => pattern.includes('*'));
  const should: SearchFilter[] = wildcards.map((pattern) => ({
    wildcard: { 'log.group': { value: pattern.replace(/[\\?]/g, (character) => `\\${character}`) } },
  }));
  if (names.length > 0) should.push({ terms: { 'log.group': names } });
  return should.length === 0 ? { match_none: {} } : { bool: { should, minimum_should_match: 1 } };
}
