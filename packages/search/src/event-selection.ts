import { compileQuery, type QueryTree, type SearchFilter } from '@akashi/query';

/** What a caller may read. Absent `logGroups` means every log group of the tenant; an empty list means none. */
export interface SearchScope {
  /** Names of log groups; `*` stands for any characters. */
  logGroups?: readonly string[];
}

export type TimeField = '@timestamp' | 'received_at';

/** Which events a call is about. Times are epoch milliseconds, `from` included, `to` not. */
export interface EventSelection {
  tree: QueryTree;
  scope: SearchScope;
  from?: number;
  to?: number;
  timeField?: TimeField;
  /** A choice inside the scope, in the same form as the scope's own list. */
  logGroups?: readonly string[];
  signal?: AbortSignal;
}

/** Every condition but the query itself: scope, chosen log groups and time. */
export function selectionFilters(selection: Omit<EventSelection, 'tree'>): SearchFilter[] {
  const { scope, from, to, timeField, logGroups } = selection;
  const filters = scopeFilters(scope);
  if (logGroups !== undefined) filters.push(logGroupFilter(logGroups));
  const bounds = { ...(from === undefined ? {} : { gte: from }), ...(to === undefined ? {} : { lt: to }) };
  if (Object.keys(bounds).length > 0) {
    filters.push({ range: { [timeField ?? '@timestamp']: { ...bounds, format: 'epoch_millis' } } });
  }
  return filters;
}

export function selectionQuery(selection: EventSelection): SearchFilter {
  return allOf([...selectionFilters(selection), compileQuery(selection.tree)]);
}

export function scopeFilters(scope: SearchScope): SearchFilter[] {
  return scope.logGroups === undefined ? [] : [logGroupFilter(scope.logGroups)];
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
