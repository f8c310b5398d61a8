import type { StoredAlert } from '@akashi/database';
import { createAccessScope, hidesAnything, reachOfNamedStream, seesEverything, type AccessScope } from '@akashi/policy';

/**
 * What of a scope counts for alerts. That a rule matched tells something of every field of its condition: a part that hides any
 * field shows no alert.
 */
export function openScope({ parts }: AccessScope): AccessScope {
  return createAccessScope(parts.filter((part) => !hidesAnything(part)));
}

/**
 * Whether the caller may see the alert: `events` where that depends on each of its events. Of an alert with more events than are
 * kept it is known only where its places are seen whole.
 */
export function sightOfAlert(
  scope: AccessScope,
  { places, hasAllPlaces, events, count }: Pick<StoredAlert, 'places' | 'hasAllPlaces' | 'events' | 'count'>,
): 'all' | 'events' | 'none' {
  // What did not come, of a rule without a key, came from nowhere.
  if (!hasAllPlaces || places.length === 0) return seesEverything(scope) ? 'all' : 'none';
  const reaches = places.map((place) => reachOfNamedStream(scope, place));
  if (reaches.every((reach) => reach === 'all')) return 'all';
  if (reaches.includes('none') || events.length === 0) return 'none';
  return count === events.length ? 'events' : 'none';
}
