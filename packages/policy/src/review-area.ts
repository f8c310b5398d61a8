import type { QueryTree } from '@akashi/query';
import { createAccessScope, hidesAnything, type AccessScope, type ScopePart } from './access-scope.ts';
import { isWithinScope } from './combine-scopes.ts';
import { isOwnLogGroup } from './name-pattern.ts';

/** Which events an area of the daily review holds: those that every condition names. */
export interface AreaScope {
  /** Names of log groups, `*` standing for any characters; `akashi/…` only where a pattern begins so. */
  readonly logGroups: readonly string[];
  /** Empty: every stream. */
  readonly logStreams: readonly string[];
  /** Ids of sources; empty: every source. */
  readonly sources: readonly string[];
  /** Patterns of `host.name`; empty: every host, and events that name none. */
  readonly hosts: readonly string[];
}

/** The events of an area with all their fields, as a scope that reading calls can be given. */
export function scopeOfArea(area: AreaScope): AccessScope {
  const { logGroups, logStreams, sources } = area;
  if (logGroups.length === 0) return createAccessScope([]);
  return createAccessScope([{ logGroups, logStreams, sources, rowFilter: hostFilter(area.hosts), hiddenFields: [] }]);
}

function hostFilter(hosts: readonly string[]): QueryTree | null {
  const parts = hosts.map((host): QueryTree =>
    host.includes('*')
      ? { kind: 'pattern', field: 'host.name', pattern: host }
      : { kind: 'equals', field: 'host.name', value: host },
  );
  const [only] = parts;
  if (only === undefined) return null;
  return parts.length === 1 ? only : { kind: 'or', parts };
}

/**
 * Whether the caller sees every event that the area can hold, those to come included, with no field hidden. What was listed
 * of the area (a run of a report) may be shown to nobody else. It answers no where what is written cannot tell.
 */
export function seesWholeArea(scope: AccessScope, area: AreaScope): boolean {
  return seesWholeParts(scope, scopeOfArea(area).parts);
}

/** The same of what parts of a scope name, whatever narrows them: all of it, with no field hidden. */
export function seesWholeParts(scope: AccessScope, parts: readonly ScopePart[]): boolean {
  if (parts.length === 0 || parts.some(({ logGroups }) => logGroups.length === 0)) return false;
  return isWithinScope(createAccessScope(parts.map((part) => ({ ...part, hiddenFields: [] }))), scope);
}

/**
 * What the caller sees as a whole, of their log groups and not of the product's own: the parts of their scope that keep no row
 * and no field of what they name.
 */
export function wholeParts(scope: AccessScope): ScopePart[] {
  return scope.parts.flatMap((part) => {
    const logGroups = part.logGroups.filter((pattern) => !isOwnLogGroup(pattern));
    return logGroups.length > 0 && isWhole(part) ? [{ ...part, logGroups }] : [];
  });
}

function isWhole(part: ScopePart): boolean {
  return part.rowFilter === null && !hidesAnything(part) && (part.within === undefined || isWhole(part.within));
}
