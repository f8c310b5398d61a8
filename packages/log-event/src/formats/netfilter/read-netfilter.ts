/**
 * Packets that Linux firewalls log (iptables, nftables, ufw, firewalld, Shorewall, routers built on them): the prefix of the
 * rule, then `IN=eth0 OUT= MAC=… SRC=192.0.2.4 DST=198.51.100.7 … PROTO=TCP SPT=1 DPT=22 … SYN URGP=0`.
 */

import { derivedField, type EventDraft } from '../../event-draft.ts';
import { macAddress } from '../mac-address.ts';
import { transportName } from '../transport-name.ts';

/** The log's own start of the kernel: seconds since its start. */
const uptime = /^\[ {0,12}\d{1,12}\.\d{1,9}\] ?/;
const maxPrefixChars = 160;

export function readNetfilter(draft: EventDraft, message: string): boolean {
  const at = packetStart(message);
  if (at < 0) return false;
  const prefix = message.slice(0, at).replace(uptime, '').trim();
  if (prefix.length > maxPrefixChars) return false;
  draft.parsedAs('netfilter');
  const verdict = verdictOf(prefix);
  if (verdict === undefined) draft.event('netfilter_packet', 'network');
  else if (verdict) draft.event('netfilter_permitted', 'network', 'success');
  else draft.event('netfilter_denied', 'network', 'failure');
  draft.keyword('rule.name', prefix.replace(/[:\s]+$/, ''));
  takePairs(draft, message.slice(at));
  return true;
}

/** The last `IN=`: a rule's prefix is the administrator's own text. */
function packetStart(message: string): number {
  const source = message.indexOf(' SRC=');
  if (source < 0) return -1;
  let at = message.lastIndexOf('IN=', source);
  while (at > 0 && isUpper(message.charCodeAt(at - 1))) at = message.lastIndexOf('IN=', at - 1);
  if (at < 0) return -1;
  const blank = message.indexOf(' ', at);
  return message.startsWith('OUT=', blank + 1) || message.startsWith('PHYSIN=', blank + 1) ? at : -1;
}

function isUpper(code: number): boolean {
  return code >= 65 && code <= 90;
}

const refusals = new Set('DROP DROPPED DENY DENIED REJECT REJECTED BLOCK BLOCKED INVALID BANNED BAN'.split(' '));
const grants = new Set('ACCEPT ACCEPTED ALLOW ALLOWED PASS PERMIT PERMITTED'.split(' '));
/** VyOS and EdgeOS end a rule's name with the first letter of what it does. */
const letter = /-([DRA])\](?:$| )/;

/** Whether the packet went through, as the rule's prefix says by convention; undefined where it does not say. */
function verdictOf(prefix: string): boolean | undefined {
  const words = prefix.toUpperCase().split(/[^A-Z]+/);
  if (words.some((word) => refusals.has(word))) return false;
  if (words.some((word) => grants.has(word))) return true;
  const last = letter.exec(prefix)?.[1];
  return last === undefined ? undefined : last === 'A';
}

const fieldOf = new Map(
  Object.entries({
    IN: 'observer.ingress.interface.name',
    OUT: 'observer.egress.interface.name',
    SRC: 'source.ip',
    DST: 'destination.ip',
    SPT: 'source.port',
    DPT: 'destination.port',
    UID: 'user.id',
  }).map(([key, name]) => [key, derivedField(name)]),
);
const skipped = new Set(['PREC', 'RES', 'URGP', 'TOS', 'WINDOW', 'ID']);

function takePairs(draft: EventDraft, packet: string): void {
  const flags: string[] = [];
  for (const word of packet.split(' ', 64)) {
    const equals = word.indexOf('=');
    if (equals < 0) {
      if (/^[A-Z]{2,3}$/.test(word)) flags.push(word);
      continue;
    }
    const key = word.slice(0, equals);
    const value = word.slice(equals + 1);
    if (value === '' || skipped.has(key)) continue;
    const field = fieldOf.get(key);
    if (field !== undefined) takeWritten(draft, field, value);
    else if (key === 'PROTO') draft.keyword('network.transport', transportName(value));
    else if (key === 'MAC') takeAddresses(draft, value);
    else draft.label(key, value);
  }
  draft.label('tcp_flags', flags.filter((flag) => flag !== 'DF' && flag !== 'CE' && flag !== 'MF').join(' '));
}

function takeWritten(draft: EventDraft, field: ReturnType<typeof derivedField>, value: string): void {
  draft.take(field, field?.type === 'long' ? Number(value) : value);
}

/** Destination, source and type of the Ethernet frame. */
function takeAddresses(draft: EventDraft, written: string): void {
  const bytes = written.split(':', 15);
  if (bytes.length < 12) {
    draft.label('MAC', written);
    return;
  }
  draft.keyword('destination.mac', macAddress(bytes.slice(0, 6).join(':')));
  draft.keyword('source.mac', macAddress(bytes.slice(6, 12).join(':')));
}
