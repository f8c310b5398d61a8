/**
 * What network devices put around a BSD syslog header: a sequence number, a name and a module before the time, a device's
 * own time behind a relay's, and a mnemonic such as `%SYS-5-CONFIG_I` before the message.
 */

import type { EventDraft } from '../../event-draft.ts';
import { isDigitAt } from '../../time/read-time.ts';
import type { WallTime } from '../../time/wall-time.ts';
import { isZoneName, zoneNameMinutes } from '../../time/zone-names.ts';
import { readHeaderTime, skipBlanks, skipClockMark } from './header-time.ts';
import { setHost } from './read-rfc5424.ts';

const fileLine =
  /^(?:\d{1,10}: (?:[A-Za-z0-9._-]{1,64}: )?[.*]?[A-Z][a-z]{2} [ \d]\d? |(?:\d{1,10}: )?(?:\d{1,3}[ywdh]\d{1,3}[wdhm]|\d\d:\d\d:\d\d): %)/;

/** Whether the line is Cisco's with a sequence number or the time since its start but no priority, as in a file. */
export function startsCiscoSequence(text: string): boolean {
  return fileLine.test(text.slice(0, 100));
}

/** The place of the time, after all that may stand before it; `start` where neither stands there. */
export function skipDevicePrefix(draft: EventDraft, start: number): number {
  const colon = skipColon(draft.text, start);
  const at = skipSequence(draft, colon);
  return skipUptime(draft.text, skipName(draft, skipModule(draft, at)));
}

/** `: 2026 Nov 22 …` of NX-OS, `:Nov 22 …` of the ASA. */
function skipColon(text: string, start: number): number {
  if (text.charCodeAt(start) !== 58) return start;
  const at = skipBlanks(text, start + 1);
  return isTimeAt(text, at) ? at : start;
}

/** `000123: `, and a second one where the device numbers its messages and the service numbers them again. */
function skipSequence(draft: EventDraft, start: number): number {
  const after = numberEnd(draft.text, start);
  if (after === start) return start;
  draft.long('event.sequence', draft.text.slice(start, after - 2));
  return numberEnd(draft.text, after);
}

/** The place after up to ten digits, a colon and a blank; `start` when they do not stand there. */
function numberEnd(text: string, start: number): number {
  let at = start;
  while (at < start + 10 && isDigitAt(text, at)) at++;
  return at > start && text.charCodeAt(at) === 58 && text.charCodeAt(at + 1) === 32 ? at + 2 : start;
}

const moduleName = /(?:([A-Za-z0-9._-]{1,64}) )?[A-Z0-9]{1,4}(?:\/[A-Z0-9]{1,8}){2,3}:/y;

/** `RP/0/RSP0/CPU0:` of IOS XR, after the host's name if that is sent. */
function skipModule(draft: EventDraft, start: number): number {
  moduleName.lastIndex = start;
  const match = moduleName.exec(draft.text);
  if (match === null || !isTimeAt(draft.text, moduleName.lastIndex)) return start;
  if (match[1] !== undefined) setHost(draft, match[1]);
  return start + match[0].length;
}

const originName = /([A-Za-z0-9._-]{1,64}): /y;

/** The host that `logging origin-id` puts before the time. A program's tag stands before other text, or before a time of its own that no colon ends. */
function skipName(draft: EventDraft, start: number): number {
  const { text } = draft;
  originName.lastIndex = start;
  const match = originName.exec(text);
  if (match === null) return start;
  const at = start + match[0].length;
  const wall = readHeaderTime(text, skipClockMark(text, at));
  if (wall === undefined) return start;
  skipZoneWord(text, wall, true);
  if (text.charCodeAt(wall.end) !== 58) return start;
  setHost(draft, match[1] ?? '');
  return at;
}

const zoneWord = / ([A-Za-z][A-Za-z0-9+-]{0,7})(?=: )/y;

/**
 * A device's `clock timezone` may have any name, which says where only to those who chose it. Where no other mark shows
 * that a device wrote the line, only a word that is a zone's name is one.
 */
export function skipZoneWord(text: string, wall: WallTime, isDevices: boolean): void {
  if (text.charCodeAt(wall.end) !== 32 || wall.offsetMinutes !== undefined || wall.hasUnknownZone) return;
  zoneWord.lastIndex = wall.end;
  const name = zoneWord.exec(text)?.[1]?.toUpperCase();
  if (name === undefined || !(isDevices || isZoneName(name))) return;
  wall.end = zoneWord.lastIndex;
  wall.offsetMinutes = zoneNameMinutes(name);
  wall.hasUnknownZone = wall.offsetMinutes === undefined;
}

const mnemonicHost =
  /([A-Za-z0-9._:-]{1,255}): (?=%[A-Za-z0-9_]+(?:-[A-Za-z0-9_]+)*-[0-7]-[A-Za-z0-9_]+ ?:|\d{1,10}: [.*]?[A-Z][a-z]{2} [ \d])/y;

/** `fw1: %ASA-6-302013: …`: a name with a colon before a mnemonic is the device's, not a program's. */
export function skipMnemonicHost(draft: EventDraft, start: number): number {
  mnemonicHost.lastIndex = start;
  const match = mnemonicHost.exec(draft.text);
  if (match === null) return start;
  setHost(draft, match[1] ?? '');
  return start + match[0].length;
}

const uptime = /(?:\d{1,3}[ywdh]\d{1,3}[wdhm]|\d\d:\d\d:\d\d): (?=%)/y;

/** `5w3d: `: a device without a clock says how long it runs. */
function skipUptime(text: string, start: number): number {
  uptime.lastIndex = start;
  return uptime.test(text) ? uptime.lastIndex : start;
}

function isTimeAt(text: string, at: number): boolean {
  return readHeaderTime(text, skipClockMark(text, at)) !== undefined;
}

const relayed = /(?:(\d{1,10}): )?([.*]?)(?:\d{4} )?[A-Z][a-z]{2} [ \d]\d (?:\d{4} )?\d\d:\d\d:\d\d[^%]{0,16}: (?=%)/y;

/** Sequence number and time of the device in a line that a relay gave a header of its own. */
export function skipRelayedPrefix(draft: EventDraft, start: number): number {
  const { text } = draft;
  const isMonth = text.charCodeAt(start + 3) === 32;
  if (!isMonth && !isDigitAt(text, start) && skipClockMark(text, start) === start) return start;
  relayed.lastIndex = start;
  const match = relayed.exec(text);
  if (match === null) return start;
  draft.long('event.sequence', match[1]);
  // The time is the relay's, whose clock this does not doubt.
  if (match[2] !== '') draft.set('ntp.state', 'unsynchronized');
  return start + match[0].length;
}

const mnemonic = /^%(?:([A-Za-z0-9_]+(?:-[A-Za-z0-9_]+)*-[0-7]-[A-Za-z0-9_]+) ?:|((?:ASA|PIX|FTD|FWSM)-[0-7]-\d{6}) )/;

/** Whether a line begins with its message, without any header. */
export function startsMnemonic(text: string): boolean {
  return mnemonic.test(text.slice(0, 120));
}

/** `%FACILITY-SEVERITY-MNEMONIC:` at the start of a message; false when there is none. */
export function takeMnemonic(draft: EventDraft, at: number): boolean {
  if (draft.text.charCodeAt(at) !== 37) return false;
  const match = mnemonic.exec(draft.text.slice(at, at + 120));
  if (match !== null) draft.keyword('event.code', match[1] ?? match[2]);
  return match !== null;
}
