/**
 * Palo Alto Networks' firewalls: `1,2026/11/22 20:00:01,0072…,TRAFFIC,end,…`, one line of CSV by syslog. The type says which
 * column is what.
 */

import type { EventDraft } from '../../event-draft.ts';
import { isIpAddress } from '../../ip-address.ts';
import { readIsoTime } from '../../time/read-time.ts';
import { readCsvRow } from '../../csv-row.ts';
import { fillNamed } from '../message-rows.ts';
import { paloAltoColumns } from './palo-alto-columns.ts';
import { readSystemEvent } from './read-system-event.ts';

const look =
  /(?:\d{0,3}|[\w.-]{1,64}),\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d,[^,]{0,32},(TRAFFIC|THREAT|SYSTEM|CONFIG|GLOBALPROTECT|AUTHENTICATION|USERID|HIP-?MATCH|DECRYPTION),([^,]{0,32}),/y;
const firstColumn = 7;
const mostCells = 128;

/** Whether a comma stands among the first characters, and a date behind it. */
export function startsPaloAlto(text: string, at: number): boolean {
  for (let i = at; i < at + 4; i++) if (text.charCodeAt(i) === 44) return text.charCodeAt(i + 5) === 47;
  return false;
}

export function readPaloAlto(draft: EventDraft, start: number): boolean {
  const { text, messageEnd } = draft;
  look.lastIndex = start;
  const match = look.exec(text);
  if (match === null) return false;
  const type = match[1] === 'HIPMATCH' ? 'HIP-MATCH' : (match[1] ?? '');
  const cells = readCsvRow(text.slice(0, messageEnd), start, { most: mostCells });
  draft.parsedAs('palo-alto');
  if (draft.messageStart === 0) draft.messageStart = start;
  takeTime(draft, start, cells);
  draft.keyword('event.code', match[2] === '' || match[2] === '0' ? type : `${type} ${match[2]}`);
  draft.label('serial', cells[2] ?? '');
  paloAltoColumns.get(type)?.forEach((name, index) => {
    const value = cells[firstColumn + index]?.trim() ?? '';
    if (name !== '-' && !isNothing(value)) fillNamed(draft, name, value);
  });
  placeEvent(draft, type, match[2] ?? '');
  return true;
}

/** What is not translated, and an address of the other family, are zeros. */
function isNothing(value: string): boolean {
  return value === '' || value === '0' || value === '0.0.0.0' || value === '::';
}

/** The time that the event happened, else the one that the log was written; a relay's envelope comes first, as everywhere. */
function takeTime(draft: EventDraft, start: number, cells: readonly string[]): void {
  if (draft.hasTime) return;
  const at = draft.text.indexOf(cells[6] ?? '', start + 40);
  const generated = at > 0 && (cells[6] ?? '').length >= 19 ? readIsoTime(draft.text, at) : undefined;
  if (generated !== undefined) draft.setWall(generated, at);
  else {
    const received = draft.text.indexOf(',', start) + 1;
    const wall = readIsoTime(draft.text, received);
    if (wall !== undefined) draft.setWall(wall, received);
  }
}

function labelOf(draft: EventDraft, key: string): string {
  return draft.labelValues[draft.labelKeys.indexOf(key)] ?? '';
}

const refusals =
  /^(?:deny|drop|drop-icmp|drop-all|drop-packet|reset|reset-client|reset-server|reset-both|block|block-ip|block-url|block-continue|blocked|sinkhole|random-drop)/;

function placeEvent(draft: EventDraft, type: string, subtype: string): void {
  if (type === 'TRAFFIC' || type === 'THREAT' || type === 'DECRYPTION') placeFlow(draft, type, subtype);
  else if (type === 'CONFIG') placeChange(draft);
  else if (type === 'GLOBALPROTECT') placeGlobalProtect(draft);
  else if (type === 'AUTHENTICATION') placeAuthentication(draft);
  else if (type === 'SYSTEM') readSystemEvent(draft, labelOf(draft, 'event_id'), labelOf(draft, 'description'));
  else if (type === 'USERID') draft.event(`panos_userid_${subtype}`, 'authentication', 'success');
  else draft.event('panos_hip_match', 'host');
}

function placeFlow(draft: EventDraft, type: string, subtype: string): void {
  const action = labelOf(draft, 'action');
  const isRefused = refusals.test(action);
  const words =
    type === 'TRAFFIC' ? 'panos_traffic' : type === 'THREAT' ? `panos_threat_${subtype}` : 'panos_decryption';
  const what = isRefused ? `${words}_denied` : words;
  draft.event(
    what,
    type === 'THREAT' && subtype !== 'url' ? 'intrusion_detection' : 'network',
    isRefused ? 'failure' : 'success',
  );
  if (isRefused) draft.classify('access-denied');
}

const logCommands = /\b(?:log-settings|syslog|logging)\b/;

function placeChange(draft: EventDraft): void {
  const result = labelOf(draft, 'result').toLowerCase();
  const failed = result === 'failed' || result === 'unauthorized';
  draft.event('panos_configured', 'configuration', failed ? 'failure' : 'success');
  draft.classify('administrator-action');
  const path = labelOf(draft, 'path');
  if (failed) draft.classify('access-denied');
  else draft.classify('policy-change');
  if (/\b(?:mgt-config|users|local-user-database)\b/.test(path)) draft.classify('account-change');
  if (logCommands.test(path)) draft.classify('log-control');
  const command = labelOf(draft, 'command');
  if (command !== '') draft.keyword('process.command_line', path === '' ? command : `${command} ${path}`);
}

function placeGlobalProtect(draft: EventDraft): void {
  const status = labelOf(draft, 'status').toLowerCase();
  const outcome = status === 'success' ? 'success' : status === 'failure' ? 'failure' : undefined;
  const event = labelOf(draft, 'event_id');
  draft.event(`globalprotect_${event.replaceAll('-', '_')}`, 'authentication', outcome);
  if (!/auth|login|logout|connect|portal|gateway/.test(event)) return;
  draft.classify('authentication-use');
  if (outcome === 'failure') draft.classify('access-denied');
}

function placeAuthentication(draft: EventDraft): void {
  const said = `${labelOf(draft, 'event_id')} ${labelOf(draft, 'description')}`.toLowerCase();
  const failed =
    said.includes('fail') || said.includes('invalid') || said.includes('denied') || said.includes('reject');
  draft.event('panos_authentication', 'authentication', failed ? 'failure' : 'success');
  draft.classify('authentication-use');
  if (failed) draft.classify('access-denied');
  const user = labelOf(draft, 'normalized_user');
  if (user !== '' && !isIpAddress(user)) draft.keyword('user.name', user);
}
