/**
 * Alerts of Snort, and Suricata's `fast.log`: `[1:2000001:1] SCAN … [Classification: …] [Priority: 2] {TCP} 203.0.113.9:4001 ->
 * 192.0.2.30:22`, through syslog or with their own time. The text of the alert is its rule's.
 */

import type { EventDraft } from '../../event-draft.ts';
import { readClock, readDigits } from '../../time/read-time.ts';
import { isCalendarDay, type WallTime } from '../../time/wall-time.ts';
import { readNetworkEndpoint } from '../network-endpoint.ts';

const alert =
  /^(?:\[\*\*\] )?\[(\d{1,10}:\d{1,10}:\d{1,10})\] (.{1,512}?)(?: \[\*\*\])?(?: \[Classification: ?([^\]]{1,128})\])?(?: \[Priority: ?(\d{1,3})\])?:? (?:<(\S{1,32})> )?\{([\w-]{1,24})\} (\S{2,64}) -> (\S{2,64})\s*$/;
const dropped = /^ ?\[(w?Drop)\] /;

export function readSnort(draft: EventDraft, message: string): boolean {
  const drop = dropped.exec(message);
  const match = alert.exec(drop === null ? message : message.slice(drop[0].length));
  if (match === null) return false;
  const [, id, name, classification, priority, network, transport = '', from = '', to = ''] = match;
  draft.parsedAs('snort');
  const isBlocked = drop?.[1] === 'Drop';
  draft.event('snort_alert', 'intrusion_detection', isBlocked ? 'failure' : undefined);
  if (isBlocked) draft.classify('access-denied');
  draft.keyword('rule.id', id);
  draft.keyword('rule.name', name);
  draft.keyword('rule.category', classification);
  draft.long('event.severity', priority);
  draft.keyword('interface.name', network);
  draft.keyword('network.transport', transport.toLowerCase());
  takeEnd(draft, 'source', from);
  takeEnd(draft, 'destination', to);
  return true;
}

const ipv6WithPort = /^([0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){7}):(\d{1,5})$/;

/** Ports stand behind addresses of either family without brackets. */
function takeEnd(draft: EventDraft, side: 'source' | 'destination', written: string): void {
  const match = ipv6WithPort.exec(written);
  if (match === null) readNetworkEndpoint(draft, side, written);
  else draft.endpoint(side, match[1], match[2]);
}

/** `11/22-20:00:01.123456  [**] …` and `11/22/2026-20:00:01.123456  [**] …`. */
export function readSnortFile(draft: EventDraft): boolean {
  const { text } = draft;
  if (text.charCodeAt(2) !== 47 || !text.includes('[**]')) return false;
  const wall = readAlertTime(text);
  if (wall === undefined) return false;
  let at = wall.end;
  while (text.charCodeAt(at) === 32) at++;
  if (!readSnort(draft, text.slice(at).trimEnd())) return false;
  draft.setWall(wall, 0);
  draft.messageStart = at;
  return true;
}

function readAlertTime(text: string): WallTime | undefined {
  const month = readDigits(text, 0, 2);
  const day = readDigits(text, 3, 2);
  const dash = text.indexOf('-');
  if (dash !== 5 && dash !== 8 && dash !== 10) return undefined;
  const year = dash === 5 ? 0 : dash === 8 ? 2000 + readDigits(text, 6, 2) : readDigits(text, 6, 4);
  if (!isCalendarDay(year, month, day)) return undefined;
  const wall = readClock(text, dash + 1);
  if (wall === undefined) return undefined;
  wall.year = year;
  wall.month = month;
  wall.day = day;
  return wall;
}
