import { createAccessScope, hides, type AccessScope, type ScopePart } from './access-scope.ts';
import { matchesLogGroup, matchesName } from './name-pattern.ts';

/** What both scopes show: an event that both know of, with the fields that both see. */
export function intersectScopes(one: AccessScope, other: AccessScope): AccessScope {
  return createAccessScope(one.parts.flatMap((part) => other.parts.map((limit) => nest(part, limit))));
}

function nest(part: ScopePart, limit: ScopePart): ScopePart {
  return { ...part, within: part.within === undefined ? limit : nest(part.within, limit) };
}

/**
 * Whether the inner scope shows no event and no field that the outer one does not show. Judged by what is written and not
 * by the events there are, so that it holds for those to come; where that cannot tell, it answers no.
 */
export function isWithinScope(inner: AccessScope, outer: AccessScope): boolean {
  return inner.parts.every((part) =>
    singleGroups(part).every((single) => outer.parts.some((around) => surrounds(around, single))),
  );
}

/** The same part for each of its log groups alone: each may lie within another part of the outer scope. */
function singleGroups(part: ScopePart): ScopePart[] {
  const within = part.within === undefined ? [undefined] : singleGroups(part.within);
  return part.logGroups.flatMap((group) => within.map((limit) => ({ ...part, logGroups: [group], within: limit })));
}

function surrounds(outer: ScopePart, inner: ScopePart): boolean {
  const limits = chain(inner);
  return (
    limits.some(({ logGroups }) => areWithin(logGroups, outer.logGroups, matchesLogGroup)) &&
    (outer.logStreams.length === 0 ||
      limits.some(({ logStreams }) => areWithin(logStreams, outer.logStreams, matchesName))) &&
    (outer.sources.length === 0 || limits.some(({ sources }) => areWithin(sources, outer.sources, matchesName))) &&
    (outer.rowFilter === null || limits.some(({ rowFilter }) => isSame(rowFilter, outer.rowFilter))) &&
    outer.hiddenFields.every((field) => keeps(inner, field)) &&
    (outer.within === undefined || surrounds(outer.within, inner))
  );
}

/** `labels` stands for every label, of which `hides` knows single ones. */
function keeps(part: ScopePart, field: string): boolean {
  return field === 'labels' ? chain(part).some(({ hiddenFields }) => hiddenFields.includes(field)) : hides(part, field);
}

function chain(part: ScopePart): ScopePart[] {
  return part.within === undefined ? [part] : [part, ...chain(part.within)];
}

/** A pattern as a name: what matches it with `*` for a plain character matches all that it stands for. */
function areWithin(
  inner: readonly string[],
  outer: readonly string[],
  isMatch: (pattern: string, name: string) => boolean,
): boolean {
  return inner.length > 0 && inner.every((name) => outer.some((pattern) => isMatch(pattern, name)));
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
