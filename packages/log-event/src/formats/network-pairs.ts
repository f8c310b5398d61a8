/**
 * Firewalls that write their events as pairs (`date=… devid="FG100" logid="0100032002" … user="root"`): what a pair's key
 * means for one vendor only, and what its numbers and words say of the event. The pairs themselves are read as anybody's.
 */

import type { EventDraft } from '../event-draft.ts';
import { readFortinet } from './fortinet/read-fortinet.ts';
import { readSonicwall } from './sonicwall/read-sonicwall.ts';
import { readSophos } from './sophos/read-sophos.ts';

/** The vendor by keys that no other sender has together; nothing changes for pairs of others. */
export function refineNetworkPairs(draft: EventDraft): void {
  const { labelKeys } = draft;
  if (isFortinet(labelKeys)) readFortinet(draft);
  else if (labelKeys.includes('sn') && labelKeys.includes('m') && labelKeys.includes('pri')) readSonicwall(draft);
  else if (labelKeys.includes('log_component') && labelKeys.includes('log_subtype')) readSophos(draft);
}

/** `log_id` and `device_id` before FortiOS 5; Sophos has them, too, but parts its types otherwise. */
function isFortinet(keys: readonly string[]): boolean {
  if (keys.includes('logid')) return keys.includes('devid');
  return keys.includes('log_id') && keys.includes('device_id') && keys.includes('subtype');
}
