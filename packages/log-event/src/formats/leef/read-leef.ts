/**
 * IBM's Log Event Extended Format: `LEEF:1.0|vendor|product|version|event id|key=value…` with tabs between pairs, and
 * `LEEF:2.0|…|event id|^|key=value^…` with a separator of the sender's choice.
 */

import type { EventDraft } from '../../event-draft.ts';
import { readBarHeader, startsBarHeader } from '../bar-header.ts';
import { classifyBarEvent } from '../bar-vendors.ts';
import { findBlankPairs, findSeparatedPairs, type FoundPairs } from '../blank-pairs.ts';
import { takePairs } from '../take-pairs.ts';
import { leefMeanings } from './leef-keys.ts';

/** False when the text from `start` is not LEEF with all of its header. */
export function readLeef(draft: EventDraft, start: number): boolean {
  const { text, messageEnd } = draft;
  if (text.charCodeAt(start) !== 76 || !startsBarHeader(text, start)) return false;
  const header = readBarHeader(text, start + 'LEEF:'.length, { end: messageEnd, count: 5 });
  if (header === undefined) return false;
  const [formatVersion = '', vendor = '', product = '', version = '', eventId] = header.values;
  draft.parsedAs('leef');
  draft.keyword('event.code', eventId);
  draft.label('device_vendor', vendor);
  draft.label('device_product', product);
  draft.label('device_version', version);
  const separator = formatVersion.startsWith('1') ? undefined : readSeparator(text, header.next);
  const range = { start: separator?.next ?? header.next, end: messageEnd };
  takePairs(draft, findPairs(text, range, separator?.text), leefMeanings);
  classifyBarEvent(draft, { vendor, id: eventId ?? '', name: eventId ?? '' });
  return true;
}

const separatorForm = /(?:0?x([0-9a-f]{1,4})|([^|]))?\|/iy;
/** A tab as it is sent, and as rsyslog writes it in its stead. */
const tabs = ['\t', '#011'];

/** The sender's own one: a character or its number, which may also be left out between the bars. */
function readSeparator(text: string, start: number): { text: string; next: number } | undefined {
  separatorForm.lastIndex = start;
  const match = separatorForm.exec(text);
  if (match === null) return undefined;
  const [all, number, character = ''] = match;
  const separator = number === undefined ? character : String.fromCharCode(Number.parseInt(number, 16));
  return { text: separator, next: start + all.length };
}

function findPairs(text: string, { start, end }: { start: number; end: number }, chosen = ''): FoundPairs {
  const separator = [chosen, ...tabs].find((each) => each !== '' && includes(text, each, { at: start, end }));
  // One pair needs no separator; several without one have had their tabs made into blanks on the way.
  return separator === undefined
    ? findBlankPairs(text, start, end)
    : findSeparatedPairs(text, start, { end, separator });
}

function includes(text: string, part: string, { at, end }: { at: number; end: number }): boolean {
  const found = text.indexOf(part, at);
  return found >= 0 && found < end;
}
