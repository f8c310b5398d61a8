import { foldWidth } from './fold-width.ts';
import { parseIpNetwork } from './ip-address.ts';

const hardwareAddress = /^(?:[0-9a-f*]{2}:){2,}[0-9a-f*]{1,2}$/i;
const dateWithTime = /^\d{4}-\d{2}-\d{2}T\d{1,2}(?::|$)/i;
const zoneIndex = /%[\w.-]+$/;

/** Whether text with colons is a notation of its own: a hardware address, an IPv6 address or network, a time. */
export function isColonNotation(text: string): boolean {
  const folded = foldWidth(text).replace(/[,.;]+$/, '');
  if (!folded.includes(':')) return false;
  if (hardwareAddress.test(folded) || dateWithTime.test(folded)) return true;
  return parseIpNetwork(folded.replace(zoneIndex, '')) !== undefined;
}
