/**
 * ntpd's messages, from its own file or through syslog: protocol events with their status word, start and stop, steps
 * and slews, peers and interfaces. They are the evidence for PCI DSS 10.6 (is this host in sync, with whom, since
 * when, and who changed the clock).
 */

import type { EventDraft } from '../../event-draft.ts';
import { decodePeerStatus, decodeSystemStatus, peerEventName, systemEventName } from './status-word.ts';
import { readNtpdText } from './read-ntpd-text.ts';

/** `0.0.0.0 c615 05 clock_sync`: address, status word, event code (0x80 set for a peer's), name, detail. */
const protocolEvent = /^([0-9A-Za-z:.%_()[\]-]{1,64}) ([0-9a-f]{4}) ([0-9a-f]{2}) ([a-z_]+)(?: (.*))?$/s;

const failures = new Set([
  'no_sys_peer',
  'unreachable',
  'no_reply',
  'rate_exceeded',
  'access_denied',
  'bad_auth',
  'panic_stop',
  'interleave_error',
  'leapsecond_values_stale',
]);
const successes = new Set(['clock_sync', 'sys_peer', 'reachable', 'freq_set', 'clock_step']);
/** Events after which ntpd has no time to offer, or has it again. */
const states: Readonly<Record<string, string>> = {
  clock_sync: 'synchronized',
  sys_peer: 'synchronized',
  no_sys_peer: 'unsynchronized',
  restart: 'unsynchronized',
  panic_stop: 'unsynchronized',
  clock_step: 'stepped',
};
/** A change of the clock or of how it runs, for the daily review (10.6.3). */
const changes = new Set(['clock_step', 'freq_set', 'freq_mode', 'leap_event', 'panic_stop']);

export function readNtpd(draft: EventDraft, message: string): boolean {
  draft.parsedAs('ntpd');
  const first = message.charCodeAt(0);
  const match =
    (first >= 48 && first <= 57) || message.includes(':') || message.startsWith('SHM')
      ? protocolEvent.exec(message)
      : null;
  if (match !== null) readProtocolEvent(draft, match);
  else if (!readNtpdText(draft, message)) draft.partly('ntpd', 'unknown-message');
  return true;
}

function readProtocolEvent(draft: EventDraft, match: RegExpExecArray): void {
  const [, peer = '', wordText = '', codeText = '', written = '', detail = ''] = match;
  const word = Number.parseInt(wordText, 16);
  const code = Number.parseInt(codeText, 16);
  const ofPeer = (code & 0x80) !== 0;
  const name = written === '' ? eventName(code) : written;
  draft.set('ntp.status_word', wordText);
  draft.set('ntp.event_code', code & 15);
  draft.set('ntp.event', name);
  if (ofPeer) readPeer(draft, word, peer);
  else readSystem(draft, word, name);
  const outcome = failures.has(name) ? 'failure' : successes.has(name) ? 'success' : 'unknown';
  draft.event(`ntp_${ofPeer && name === 'restart' ? 'peer_restart' : name}`, categoryOf(name, ofPeer), outcome);
  if (detail !== '') readDetail(draft, name, detail);
}

function eventName(code: number): string {
  return (code & 0x80) !== 0 ? peerEventName(code) : systemEventName(code);
}

function readSystem(draft: EventDraft, word: number, name: string): void {
  const status = decodeSystemStatus(word);
  draft.set('ntp.status_kind', 'system');
  draft.set('ntp.leap', status.leap);
  draft.set('ntp.clock_source', status.clockSource);
  draft.set('ntp.event_count', status.eventCount);
  draft.set('ntp.state', states[name] ?? (status.leap === 'unsynchronized' ? 'unsynchronized' : 'synchronized'));
}

function readPeer(draft: EventDraft, word: number, peer: string): void {
  const status = decodePeerStatus(word);
  draft.set('ntp.status_kind', 'peer');
  draft.set('ntp.peer', peer);
  draft.set('ntp.selection', status.selection);
  draft.set('ntp.event_count', status.eventCount);
  if (status.flags.length > 0) draft.set('ntp.peer_flags', status.flags);
  if (status.selection === 'sys_peer' || status.selection === 'pps_peer') draft.set('ntp.state', 'synchronized');
}

function categoryOf(name: string, ofPeer: boolean): string {
  if (changes.has(name)) return 'configuration';
  if (ofPeer) return 'network';
  return name === 'restart' ? 'process' : 'host';
}

const signedNumber = /([+-]?\d{1,12}\.?\d{0,12})/;

/** `+0.512345 s`, `kernel 25.435 PPM`, `assoc 12345`, and whatever else an event carries. */
function readDetail(draft: EventDraft, name: string, detail: string): void {
  const number = signedNumber.exec(detail)?.[1];
  if (number !== undefined && detail.endsWith(' s')) draft.double('ntp.offset_seconds', number);
  else if (number !== undefined && detail.endsWith('PPM')) draft.double('ntp.frequency_ppm', number);
  else if (number !== undefined && detail.startsWith('assoc ')) draft.long('ntp.association', number);
  else if (name !== 'clock_sync') draft.keyword('event.reason', detail);
}
