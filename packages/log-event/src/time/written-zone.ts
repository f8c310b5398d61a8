/** Zones as a field beside the time names them: `-0500`, `UTC+2:00`, `(GMT+09:00)Osaka`, `JST`, `Asia/Tokyo`. */

import { zoneNameMinutes } from './zone-names.ts';

export type WrittenZone = { offsetMinutes: number } | { timeZone: string };

const mostMinutes = 15 * 60;
const offset = /^([+-])(\d{1,2})(?::?(\d{2}))?(?::?00)?$/;

/** Minutes east of UTC for `+9`, `-0500`, `+05:30`; undefined for what is no offset. */
export function offsetMinutes(text: string): number | undefined {
  const match = offset.exec(text);
  if (match === null) return undefined;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  if (minutes > mostMinutes || Number(match[3] ?? 0) > 59) return undefined;
  return match[1] === '-' ? -minutes : minutes;
}

const named = /^\(?(?:UTC|GMT) ?([+-]\d{1,2}(?::?\d{2})?)\)?(?:[^\d:].*)?$/s;
const bareHours = /^(?:\d|1[0-5])$/;
const fourDigits = /^\d{4}$/;
const seconds = /^[+-]?\d{4,5}$/;

/**
 * The zones of the runtime by their exact names. A name from a line is only looked up here: asking the runtime for any
 * spelling costs far more than reading the line.
 */
const knownZones = new Set([
  ...Intl.supportedValuesOf('timeZone'),
  ...'Asia/Calcutta Asia/Katmandu Asia/Rangoon Asia/Saigon Asia/Istanbul Europe/Kiev Japan Singapore Hongkong ROK PRC Turkey'.split(
    ' ',
  ),
  ...'US/Eastern US/Central US/Mountain US/Pacific US/Alaska US/Hawaii America/Buenos_Aires America/Indianapolis'.split(
    ' ',
  ),
]);
const utcNames = new Set(['UTC', 'GMT', 'Z', 'UCT', 'Etc/UTC', 'Etc/GMT', 'Etc/UCT', 'Universal', 'Zulu']);

/** Undefined for a text that does not say which zone it means. */
export function readWrittenZone(written: string): WrittenZone | undefined {
  const text = written.trim();
  if (text.length > 64) return undefined;
  if (utcNames.has(text)) return { offsetMinutes: 0 };
  if (knownZones.has(text)) return { timeZone: text };
  const minutes = minutesOf(text);
  return minutes === undefined ? undefined : { offsetMinutes: minutes };
}

function minutesOf(text: string): number | undefined {
  const prefixed = named.exec(text);
  if (prefixed !== null) return offsetMinutes(prefixed[1] ?? '');
  const direct = offsetMinutes(text);
  if (direct !== undefined) return direct;
  if (bareHours.test(text) || (fourDigits.test(text) && Number(text) <= 1500)) return offsetMinutes(`+${text}`);
  // `utc_offset=32400`: seconds.
  if (seconds.test(text) && Number(text) % 900 === 0 && Math.abs(Number(text)) <= mostMinutes * 60)
    return Number(text) / 60;
  return zoneNameMinutes(text.toUpperCase());
}
