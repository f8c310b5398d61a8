/** Programs and devices of networks: which of them writes a message in a syslog envelope. */

import type { ClassTable } from '../classes/class-table.ts';
import type { EventDraft } from '../event-draft.ts';
import { isDigitAt } from '../time/read-time.ts';
import type { WallTime } from '../time/wall-time.ts';
import { readBareCef } from './cef/read-cef.ts';
import { ciscoAsaClasses } from './cisco-asa/classes.ts';
import { readCiscoAsa } from './cisco-asa/read-cisco-asa.ts';
import { ciscoIosClasses } from './cisco-ios/classes.ts';
import { readCiscoIos } from './cisco-ios/read-cisco-ios.ts';
import { readDhcpd } from './dhcpd/read-dhcpd.ts';
import { readDnsmasq } from './dnsmasq/read-dnsmasq.ts';
import { readKea, readKeaFile } from './kea/read-kea.ts';
import { netfilterClasses } from './netfilter/classes.ts';
import { postfixClasses } from './postfix/classes.ts';
import { readPostfix } from './postfix/read-postfix.ts';
import { dovecotClasses } from './dovecot/classes.ts';
import { dovecotPrograms, readDovecot } from './dovecot/read-dovecot.ts';
import { eximClasses } from './exim/classes.ts';
import { readExim, readEximFile } from './exim/read-exim.ts';
import { sendmailClasses } from './sendmail/classes.ts';
import { readSendmail } from './sendmail/read-sendmail.ts';
import { namedClasses } from './named/classes.ts';
import { readNamed, readNamedFile } from './named/read-named.ts';
import { freeradiusClasses } from './freeradius/classes.ts';
import { readFreeradius } from './freeradius/read-freeradius.ts';
import { readSquid, readSquidFile } from './squid/read-squid.ts';
import { readHaproxy } from './haproxy/read-haproxy.ts';
import { juniperClasses } from './juniper/classes.ts';
import { readJuniper, startsJuniper } from './juniper/read-juniper.ts';
import { paloAltoClasses } from './palo-alto/classes.ts';
import { readPaloAlto, startsPaloAlto } from './palo-alto/read-palo-alto.ts';
import { readSnort, readSnortFile } from './snort/read-snort.ts';
import { readSuricata } from './suricata/read-suricata.ts';
import { readW3cLine } from './w3c/read-w3c.ts';
import { readZeekFile, readZeekJson } from './zeek/read-zeek.ts';
import type { ObjectReader } from './read-json-record.ts';
import { ftpClasses } from './ftp/classes.ts';
import { ftpPrograms, readFtp } from './ftp/read-ftp.ts';
import { openldapClasses } from './openldap/classes.ts';
import { readOpenldap } from './openldap/read-openldap.ts';
import { pfClasses } from './pf/classes.ts';
import { screenosClasses } from './screenos/classes.ts';
import { mikrotikClasses } from './mikrotik/classes.ts';
import { yamahaClasses } from './yamaha/classes.ts';
import { openvpnClasses } from './openvpn/classes.ts';
import { mailboxClasses } from './mailbox/classes.ts';
import { inetdClasses } from './inetd/classes.ts';
import { bigIpClasses } from './big-ip/classes.ts';
import { ciscoIseClasses } from './cisco-ise/classes.ts';
import { asteriskClasses } from './asterisk/classes.ts';
import { readAsterisk } from './asterisk/read-asterisk.ts';
import { readCheckPoint } from './check-point/read-check-point.ts';
import { huaweiClasses } from './huawei/classes.ts';
import { readHuawei } from './huawei/read-huawei.ts';
import { readBigIp } from './big-ip/read-big-ip.ts';
import { readCiscoIse } from './cisco-ise/read-cisco-ise.ts';
import { inetdPrograms, readInetd } from './inetd/read-inetd.ts';
import { mailboxPrograms, readMailbox } from './mailbox/read-mailbox.ts';
import { readMikrotik } from './mikrotik/read-mikrotik.ts';
import { readOpenvpn, readStrongswan } from './openvpn/read-openvpn.ts';
import { readFilterlog, readPf } from './pf/read-pf.ts';
import { readScreenos } from './screenos/read-screenos.ts';
import { readYamaha } from './yamaha/read-yamaha.ts';
import type { ContentReader } from './program-readers.ts';

/** Readers by the program's name. */
export const networkPrograms: ReadonlyArray<readonly [string, ContentReader]> = [
  ...named('dhcpd dhcpd6 dhclient udhcpd udhcpc dhcrelay', readDhcpd),
  ...named('dnsmasq dnsmasq-dhcp', readDnsmasq),
  ...named('kea-dhcp4 kea-dhcp6 kea-legal-log', readKea),
  ...named(dovecotPrograms, readDovecot),
  ...named('exim exim4', readExim),
  ...named('sendmail sm-mta sm-msp-queue', readSendmail),
  ...named('postfix', readPostfix),
  ...named('named named-sdb unbound', readNamed),
  ...named('squid squid-1 (squid-1)', readSquid),
  ...named('haproxy', readHaproxy),
  ...named('filterlog', readFilterlog),
  ...named('pf', readPf),
  ...named('asterisk', readAsterisk),
  ...named('PP TUNNEL', readYamaha),
  ...named('openvpn', readOpenvpn),
  ...named('charon charon-systemd ipsec', readStrongswan),
  ...named(mailboxPrograms, readMailbox),
  ...named(inetdPrograms, readInetd),
  ...named('slapd', readOpenldap),
  ...named(ftpPrograms, readFtp),
  ...named('snort suricata barnyard2', readSnort),
  ...named('radiusd freeradius', readFreeradius),
];

function named(programs: string, reader: ContentReader): Array<readonly [string, ContentReader]> {
  return programs.split(' ').map((program) => [program, reader] as const);
}

/** Class tables by the format's name. */
export const networkClasses: ReadonlyArray<readonly [string, ClassTable]> = [
  ['cisco-asa', ciscoAsaClasses],
  ['cisco-ios', ciscoIosClasses],
  ['pf', pfClasses],
  ['screenos', screenosClasses],
  ['mikrotik', mikrotikClasses],
  ['yamaha', yamahaClasses],
  ['openvpn', openvpnClasses],
  ['mailbox', mailboxClasses],
  ['inetd', inetdClasses],
  ['big-ip', bigIpClasses],
  ['cisco-ise', ciscoIseClasses],
  ['asterisk', asteriskClasses],
  ['huawei', huaweiClasses],
  ['dovecot', dovecotClasses],
  ['exim', eximClasses],
  ['freeradius', freeradiusClasses],
  ['ftp', ftpClasses],
  ['named', namedClasses],
  ['juniper', juniperClasses],
  ['netfilter', netfilterClasses],
  ['openldap', openldapClasses],
  ['palo-alto', paloAltoClasses],
  ['postfix', postfixClasses],
  ['sendmail', sendmailClasses],
];

/** Junos says its priority in the same form where it is told to (`explicit-priority`): `%INTERACT-6-UI_LOGIN_EVENT: …`. */
const junosPriority =
  /^%(?:INTERACT|CHANGE|CONFLICT|DAEMON|AUTH|AUTHORIZATION|FIREWALL|PFE|USER|KERN|EXTERNAL)-[0-7]-(?=[A-Z][A-Z0-9]{1,15}_)/;

/** `%ASA-6-605005: …`, `%SYS-5-CONFIG_I: …`: a message that names what it is. */
export function readMnemonicMessage(draft: EventDraft, message: string): boolean {
  const junos = junosPriority.exec(message);
  if (junos !== null && readJuniper(draft, message.slice(junos[0].length))) return true;
  return readCiscoAsa(draft, message) || readCiscoIos(draft, message);
}

/** `postfix/smtpd`, `postfix-out/smtp`: what stands before the slash is the program's family. */
export function programFamily(program: string): string | undefined {
  if (!program.startsWith('postfix')) return undefined;
  const slash = program.indexOf('/');
  return slash > 0 ? 'postfix' : undefined;
}

const hostBeforePaloAlto = / ([A-Za-z0-9_.:-]{1,255}) (?=\d{0,3},\d{4}\/)/y;

/** Lines that begin with an ISO time and that no envelope tells from others. */
export function readNetworkFile(draft: EventDraft, wall: WallTime): boolean {
  return (
    readKeaFile(draft, wall) ||
    readEximFile(draft, wall) ||
    readW3cLine(draft, wall) ||
    readRelayedPaloAlto(draft, wall)
  );
}

/** rsyslog's time and host before a line of CSV, which has no tag. */
function readRelayedPaloAlto(draft: EventDraft, wall: WallTime): boolean {
  hostBeforePaloAlto.lastIndex = wall.end;
  const match = hostBeforePaloAlto.exec(draft.text);
  if (match === null || !readPaloAlto(draft, hostBeforePaloAlto.lastIndex)) return false;
  draft.revise('host.name', match[1] ?? '');
  draft.wall = wall;
  draft.timeText = draft.text.slice(0, wall.end);
  return true;
}

/** Lines of files that begin with digits which are no ISO time. */
export function readNetworkDigits(draft: EventDraft): boolean {
  if (startsPaloAlto(draft.text, 0) && readPaloAlto(draft, 0)) return true;
  if (readBareCef(draft, 0)) return true;
  return readSquidFile(draft) || readNamedFile(draft) || readSnortFile(draft) || readZeekFile(draft);
}

/** Devices whose messages name themselves, whatever program the envelope says. */
export function readDeviceMessage(draft: EventDraft, message: string, at: number): boolean {
  if (message.charCodeAt(8) === 58 && message.charCodeAt(10) === 58) return readBigIp(draft, message);
  const code = message.charCodeAt(0);
  if (code >= 48 && code <= 57)
    return startsPaloAlto(draft.text, at) ? readPaloAlto(draft, at) : readBareCef(draft, at);
  if (code === 91 && (isDigitAt(message, 1) ? readSnort(draft, message) : readCheckPoint(draft, message))) return true;
  if (code === 37) return readHuawei(draft, message);
  if (code === 78 && message.startsWith('NetScreen ')) return readScreenos(draft, message);
  if (code === 67 && (message.startsWith('CISE_') || message.startsWith('CSCOacs_')))
    return readCiscoIse(draft, message);
  if (code === 99 && bindClient.test(message)) return readNamed(draft, message);
  if (startsJuniper(draft, message) && readJuniper(draft, message)) return true;
  return draft.get('process.name') === undefined && readUntagged(draft, message);
}

/** BIND's messages about a client, whatever the system calls its server. */
const bindClient = /^client (?:@0x[0-9a-f]{1,16} )?[0-9A-Fa-f.:]{2,45}#\d{1,5}[ :/]/;

/** Devices that name no program. */
function readUntagged(draft: EventDraft, message: string): boolean {
  return readMikrotik(draft, message) || readYamaha(draft, message);
}

/** JSON of network sensors. */
export const networkObjects: readonly ObjectReader[] = [readSuricata, readZeekJson];
