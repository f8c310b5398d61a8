import { createSerializer, parseAsArrayOf, parseAsBoolean, parseAsString } from 'nuqs/server';

/** What a link offers to restore; the dialog opens with it, and nothing is begun by an address. */
export const restoreParsers = {
  restore: parseAsBoolean.withDefault(false),
  groups: parseAsArrayOf(parseAsString).withDefault([]),
  from: parseAsString,
  to: parseAsString,
};

export interface RestoreWanted {
  readonly logGroups: readonly string[];
  /** RFC 3339 by receive time, or null while nothing is chosen. */
  readonly from: string | null;
  readonly to: string | null;
}

const serialize = createSerializer({ tab: parseAsString, ...restoreParsers });

/** The page of restores with the dialog open, filled in. */
export function restoreAddress({ logGroups, from, to }: RestoreWanted): string {
  return serialize('/retention', { tab: 'restores', restore: true, groups: [...logGroups], from, to });
}
