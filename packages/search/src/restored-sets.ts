import type { SearchFilter } from '@akashi/query';
import type { PlacementSettings } from './placement.ts';

/**
 * Documents that were made again from the archive for a while, in a stream of their own. A set holds every event of its log groups
 * that was received in its period, whether it is online or not.
 */
export interface RestoredSet {
  readonly id: string;
  /** Names, without patterns. */
  readonly logGroups: readonly string[];
  /** Receive time in epoch milliseconds, included. */
  readonly from: number;
  /** Not included. */
  readonly to: number;
}

/** A set with its place. */
export interface PlacedSet extends RestoredSet {
  readonly stream: string;
  /** Its one backing index: the stream is never rolled over. */
  readonly index: string;
}

const idForm = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** `<prefix>-restored-<tenant id>-<set id>`. The id becomes a part of names: anything but a UUID could name other streams. */
export function restoredStream(
  { prefix }: Pick<PlacementSettings, 'prefix'>,
  tenantId: string,
  id: string,
): { readonly stream: string; readonly index: string } {
  if (!idForm.test(id)) throw new RangeError('not the id of a restored set');
  const stream = `${prefix}-restored-${tenantId}-${id}`;
  return { stream, index: `.ds-${stream}-000001` };
}

/** The set of a stream; undefined for a stream of another kind. */
export function restoredSetOf(
  { prefix }: Pick<PlacementSettings, 'prefix'>,
  stream: string,
): { readonly tenantId: string; readonly id: string } | undefined {
  const begin = `${prefix}-restored-`;
  const [tenantId, id] = [stream.slice(begin.length, begin.length + 36), stream.slice(begin.length + 37)];
  return stream.startsWith(begin) && idForm.test(tenantId) && idForm.test(id) ? { tenantId, id } : undefined;
}

/** Whether an index is one of the tenant's restored sets. */
export function isRestoredIndex(tenantId: string, index: unknown): boolean {
  return (
    typeof index === 'string' && new RegExp(`^\\.ds-[a-z0-9-]+-restored-${tenantId}-[0-9a-f-]{36}-000001$`).test(index)
  );
}

/**
 * Finds each event once, although sets overlap with what is online and with each other: what a set covers counts there and
 * nowhere else, and what several sets cover counts in the first of them.
 */
export function eachOnce(sets: readonly PlacedSet[]): SearchFilter {
  const covered = sets.map(coverage);
  const inSets = { terms: { _index: sets.map(({ index }) => index) } };
  const inSet = covered.map((own, at) => ({
    bool: { filter: [{ terms: { _index: [sets[at]?.index] } }, own], must_not: covered.slice(0, at) },
  }));
  return { bool: { should: [{ bool: { must_not: [inSets, ...covered] } }, ...inSet], minimum_should_match: 1 } };
}

function coverage({ logGroups, from, to }: RestoredSet): SearchFilter {
  const received = { range: { received_at: { gte: from, lt: to, format: 'epoch_millis' } } };
  return { bool: { filter: [{ terms: { 'log.group': [...logGroups] } }, received] } };
}
