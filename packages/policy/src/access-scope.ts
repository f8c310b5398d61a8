import {
  isAskable,
  joinParts,
  matches,
  nothing,
  virtualField,
  withoutVirtual,
  type FlatDocument,
  type LeafNode,
  type QueryTree,
} from '@akashi/query';
import { isOwnLogGroup, matchesLogGroup, matchesName, ownEvidenceGroups, ownLogGroupPrefix } from './name-pattern.ts';

/** One grant as it is in force: the events that all its conditions name, without the hidden fields. */
export interface ScopePart {
  /** Names of log groups, `*` standing for any characters. */
  readonly logGroups: readonly string[];
  /** Empty: every stream. */
  readonly logStreams: readonly string[];
  /** Ids of sources; empty: every source. */
  readonly sources: readonly string[];
  readonly rowFilter: QueryTree | null;
  readonly hiddenFields: readonly string[];
  /** Another part that must show the event, and the field, too: see `intersectScopes`. */
  readonly within?: ScopePart | undefined;
}

declare const scopeBrand: unique symbol;

/** What one caller may see. Made by `createAccessScope` alone, so that no reading call can be given a home-made one. */
export interface AccessScope {
  readonly [scopeBrand]: true;
  readonly parts: readonly ScopePart[];
}

/** Where an event is and when it was: a caller who sees it at all sees these. */
export const unhidableFields = new Set([
  '@timestamp',
  'received_at',
  'log.group',
  'log.stream',
  'akashi.tenant',
  'akashi.segment',
  'akashi.position',
  'akashi.source',
  'akashi.transport',
]);

/** The text of a record may hold any field's value: a grant that hides a field hides the text, and all that points into it. */
export const textFields = [
  'message',
  'record',
  'search_text',
  'original_time',
  'message_offset',
  'message_length',
  'masked',
] as const;

export function createAccessScope(parts: readonly ScopePart[]): AccessScope {
  return { parts } as unknown as AccessScope;
}

/** Whether part of an event is kept from those who see it through this part. */
export function hides(part: ScopePart, field: string): boolean {
  return hidesAlone(part, field) || (part.within !== undefined && hides(part.within, field));
}

/** Whether the part keeps anything of the events that it shows. */
export function hidesAnything(part: ScopePart): boolean {
  return part.hiddenFields.length > 0 || (part.within !== undefined && hidesAnything(part.within));
}

function hidesAlone(part: ScopePart, field: string): boolean {
  if (part.hiddenFields.length === 0 || unhidableFields.has(field)) return false;
  return (
    (textFields as readonly string[]).includes(field) ||
    part.hiddenFields.some((hidden) => hidden === field || hidesLabel(hidden, field))
  );
}

/** A hidden label hides what is nested in it: `{"a":{"b":1}}` is the label `a.b`. */
function hidesLabel(hidden: string, field: string): boolean {
  const isLabel = hidden === 'labels' || hidden.startsWith('labels.');
  return isLabel && field.startsWith(`${hidden}.`);
}

function patternNode(field: string, pattern: string): QueryTree {
  if (pattern === '*') return { kind: 'exists', field };
  if (!pattern.includes('*')) return { kind: 'equals', field, value: pattern };
  return { kind: 'pattern', field, pattern: pattern.replace(/[\\?]/g, (character) => `\\${character}`) };
}

function anyOf(parts: readonly QueryTree[]): QueryTree {
  return joinParts('or', parts);
}

const notOwnGroup: QueryTree = {
  kind: 'not',
  part: { kind: 'pattern', field: 'log.group', pattern: `${ownLogGroupPrefix}*` },
};

function logGroupNode(pattern: string): QueryTree {
  const node = patternNode('log.group', pattern);
  return !pattern.includes('*') || isOwnLogGroup(pattern) ? node : joinParts('and', [node, notOwnGroup]);
}

/** The events of one part, as a query tree. */
export function partFilter(part: ScopePart): QueryTree {
  const conditions: QueryTree[] = [anyOf(part.logGroups.map(logGroupNode))];
  if (part.logStreams.length > 0)
    conditions.push(anyOf(part.logStreams.map((name) => patternNode('log.stream', name))));
  if (part.sources.length > 0) conditions.push(anyOf(part.sources.map((id) => patternNode('akashi.source', id))));
  if (part.rowFilter !== null) conditions.push(part.rowFilter);
  if (part.within !== undefined) conditions.push(partFilter(part.within));
  return joinParts('and', conditions);
}

/** Every event that the caller may know of. */
export function scopeFilter(scope: AccessScope): QueryTree {
  return anyOf(scope.parts.map(partFilter));
}

/** The events in which the caller sees this field. `{kind: 'all'}` inside the scope when nothing hides it. */
export function fieldFilter(scope: AccessScope, field: string): QueryTree {
  const open = scope.parts.filter((part) => !hides(part, field));
  return open.length === scope.parts.length ? { kind: 'all' } : anyOf(open.map(partFilter));
}

/**
 * The query as the caller may ask it: only events of the scope, and each condition true only where its field is seen.
 * Means exactly what the query means for the events as `visibleDocument` shows them, so that probing a hidden field
 * with queries, NOT included, tells nothing.
 */
export function withinScope(scope: AccessScope, tree: QueryTree): QueryTree {
  return joinParts('and', [scopeFilter(scope), seen(scope, tree)]);
}

function seen(scope: AccessScope, tree: QueryTree): QueryTree {
  if (tree.kind === 'all') return tree;
  if (tree.kind === 'not') return { kind: 'not', part: seen(scope, tree.part) };
  if (tree.kind === 'and' || tree.kind === 'or')
    return joinParts(
      tree.kind,
      tree.parts.map((part) => seen(scope, part)),
    );
  return seenLeaf(scope, tree);
}

function seenLeaf(scope: AccessScope, leaf: LeafNode): QueryTree {
  if (virtualField(leaf.field) !== undefined) return seen(scope, withoutVirtual(leaf));
  if (!isAskable(leaf.field)) return nothing;
  const visible = fieldFilter(scope, leaf.field);
  return visible.kind === 'all' ? leaf : joinParts('and', [leaf, visible]);
}

/** The event as the caller sees it: without the fields that every part it is seen through hides; null outside the scope. */
export function visibleDocument(scope: AccessScope, document: FlatDocument): FlatDocument | null {
  const through = scope.parts.filter((part) => matches(partFilter(part), document));
  if (through.length === 0) return null;
  if (!through.every(hidesAnything)) return document;
  const isSeen = (field: string): boolean => through.some((part) => !hides(part, field));
  const entries = Object.entries(document).filter(([field]) => field === 'labels' || isSeen(field));
  const shown: Record<string, unknown> = Object.fromEntries(entries);
  const { labels } = shown;
  if (typeof labels === 'object' && labels !== null)
    shown['labels'] = Object.fromEntries(Object.entries(labels).filter(([key]) => isSeen(`labels.${key}`)));
  return shown;
}

/** Whether the part shows anything of the log group of this name. */
export function reachesLogGroup(part: ScopePart, name: string): boolean {
  return (
    part.logGroups.some((pattern) => matchesLogGroup(pattern, name)) &&
    (part.within === undefined || reachesLogGroup(part.within, name))
  );
}

/** How much of a log group the caller may see: `part` when a stream, source or row condition, or a hidden field, narrows it. */
export function reachOfLogGroup(scope: AccessScope, name: string): 'none' | 'part' | 'all' {
  const reaching = scope.parts.filter((part) => reachesLogGroup(part, name));
  if (reaching.length === 0) return 'none';
  return reaching.some(isWholeGroup) ? 'all' : 'part';
}

export interface StreamPlace {
  readonly logGroup: string;
  readonly logStream: string;
  readonly sourceId: string;
}

/** The same for one stream of one source. */
export function reachOfStream(scope: AccessScope, place: StreamPlace): 'none' | 'part' | 'all' {
  const reaching = scope.parts.filter((part) => reachesStream(part, place));
  if (reaching.length === 0) return 'none';
  return reaching.some(isWholeStream) ? 'all' : 'part';
}

/** The same for a stream by its name, whatever sources write to it. */
export function reachOfNamedStream(
  scope: AccessScope,
  place: Pick<StreamPlace, 'logGroup' | 'logStream'>,
): 'none' | 'part' | 'all' {
  const reaching = scope.parts.filter((part) => reachesNamedStream(part, place));
  if (reaching.length === 0) return 'none';
  return reaching.some((part) => isWholeStream(part) && isOfAnySource(part)) ? 'all' : 'part';
}

/** Whether nothing that the organisation has, or may have tomorrow, is kept from the caller. */
export function seesEverything(scope: AccessScope): boolean {
  return (
    scope.parts.some((part) => isWholeGroup(part) && names(part, '*')) &&
    ownEvidenceGroups.every((group) => reachOfLogGroup(scope, group) === 'all')
  );
}

function names(part: ScopePart, pattern: string): boolean {
  return part.logGroups.includes(pattern) && (part.within === undefined || names(part.within, pattern));
}

function isOfAnySource(part: ScopePart): boolean {
  return part.sources.length === 0 && (part.within === undefined || isOfAnySource(part.within));
}

function reachesNamedStream(part: ScopePart, place: Pick<StreamPlace, 'logGroup' | 'logStream'>): boolean {
  return (
    part.logGroups.some((pattern) => matchesLogGroup(pattern, place.logGroup)) &&
    (part.logStreams.length === 0 || part.logStreams.some((pattern) => matchesName(pattern, place.logStream))) &&
    (part.within === undefined || reachesNamedStream(part.within, place))
  );
}

function reachesStream(part: ScopePart, place: StreamPlace): boolean {
  return (
    reachesNamedStream(part, place) &&
    (part.sources.length === 0 || part.sources.some((pattern) => matchesName(pattern, place.sourceId))) &&
    (part.within === undefined || reachesStream(part.within, place))
  );
}

function isWholeStream(part: ScopePart): boolean {
  return part.rowFilter === null && !hidesAnything(part) && (part.within === undefined || isWholeStream(part.within));
}

function isWholeGroup(part: ScopePart): boolean {
  return (
    part.logStreams.length === 0 &&
    part.sources.length === 0 &&
    isWholeStream(part) &&
    (part.within === undefined || isWholeGroup(part.within))
  );
}
