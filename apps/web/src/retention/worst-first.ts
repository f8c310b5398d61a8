import type { LogGroupKeeping } from '../api-client/retention.ts';

const places: Readonly<Record<LogGroupKeeping['verdict']['state'], number>> = {
  broken: 0,
  unknown: 1,
  young: 2,
  holds: 2,
  empty: 3,
  'out-of-scope': 4,
};

/** What needs a person comes first, then all that is in PCI scope by name, and last what is not. */
export function worstFirst<Group extends Pick<LogGroupKeeping, 'logGroup' | 'verdict'>>(
  groups: readonly Group[],
): Group[] {
  return groups.toSorted(
    (one, other) =>
      places[one.verdict.state] - places[other.verdict.state] ||
      (one.logGroup < other.logGroup ? -1 : one.logGroup > other.logGroup ? 1 : 0),
  );
}
