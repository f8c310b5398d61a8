/**
 * Cisco's firewalls (ASA, PIX, FWSM, FTD): `%ASA-6-605005: Login permitted from …`. The number says what happened; a number
 * that has no row here is read by its first three digits, as Cisco groups them, and by the addresses of its text.
 */

import type { EventDraft } from '../../event-draft.ts';
import { isIpAddress } from '../../ip-address.ts';
import { classifyCommand } from '../cisco-ios/classify-command.ts';
import { readRows, type MessageRow } from '../message-rows.ts';
import { readNetworkEndpoint } from '../network-endpoint.ts';
import { readVpnSubject } from './read-vpn-subject.ts';
import { asaAdministration } from './asa-administration.ts';
import { asaConnections } from './asa-connections.ts';
import { asaDenials } from './asa-denials.ts';
import { asaSignIns } from './asa-sign-ins.ts';
import { readAccessList } from './read-access-list.ts';
import { readFirepower } from './read-firepower.ts';

const header = /^%(?:ASA|PIX|FWSM|FTD)-(?:[A-Za-z]{1,16}-)?([0-7])-(\d{6}) ?:? /;

const rows: ReadonlyMap<string, readonly MessageRow[]> = new Map(
  Object.entries<MessageRow | readonly MessageRow[]>({
    ...asaDenials,
    ...asaSignIns,
    ...asaAdministration,
    ...asaConnections,
  }).map(([number, row]): [string, readonly MessageRow[]] => [number, [row].flat()]),
);

/** The groups of Cisco's list: the first three digits, an action and a category. */
const areas: ReadonlyMap<string, readonly [string, string]> = new Map(
  (
    [
      ['101 102 103 104 105 210 311 709 727', 'asa_failover', 'host'],
      ['106', 'asa_access_list', 'network'],
      ['107 312 317 318 319 336 408 409 503 613', 'asa_routing', 'network'],
      ['108 303 304 405 406 407 410 413 415 421 508 607 608 617 620 703 726', 'asa_inspection', 'network'],
      ['109 113', 'asa_aaa', 'authentication'],
      ['110 201 202 204 209 302 305 314 419 500 609 710', 'asa_session', 'network'],
      ['111 112 208 308', 'asa_configuration', 'configuration'],
      [
        '199 211 214 216 306 307 315 321 323 341 414 444 505 506 604 605 606 610 612 614 615 701 711 741',
        'asa_system',
        'host',
      ],
      ['212', 'asa_snmp', 'network'],
      ['316 320 402 404 501 602 702 713 714 715 720 750 751 752', 'asa_vpn', 'network'],
      ['325 411 412', 'asa_interface', 'network'],
      ['322 400 401 420 434 733', 'asa_threat', 'intrusion_detection'],
      ['338', 'asa_dynamic_filter', 'network'],
      ['418 424', 'asa_packet', 'network'],
      ['502 504 611', 'asa_user', 'iam'],
      ['603 403 611', 'asa_tunnel', 'network'],
      ['716 721 722 734', 'asa_webvpn', 'network'],
      ['717 725 771', 'asa_certificate', 'network'],
      [
        '718 719 735 737 742 743 746 747 748 766 767 768 769 770 772 774 775 776 777 778 779 780',
        'asa_service',
        'host',
      ],
    ] as const
  ).flatMap(([digits, action, category]) =>
    digits.split(' ').map((digit): [string, readonly [string, string]] => [digit, [action, category]]),
  ),
);

export function readCiscoAsa(draft: EventDraft, message: string): boolean {
  const match = header.exec(message);
  if (match === null) return false;
  const [all, severity, number = ''] = match;
  draft.parsedAs('cisco-asa');
  draft.long('event.severity', severity);
  const text = message.slice(all.length).trimEnd();
  if (number.startsWith('4300')) readFirepower(draft, number, text);
  else if (number === '106100') readAccessList(draft, text);
  else readNumbered(draft, number, text);
  return true;
}

function readNumbered(draft: EventDraft, number: string, text: string): void {
  const known = rows.get(number);
  if (readRows(draft, text, known)) {
    finish(draft, number, text);
    return;
  }
  if (readVpnSubject(draft, number, text)) return;
  const area = areas.get(number.slice(0, 3));
  if (area === undefined) {
    draft.partly('cisco-asa', 'unknown-message');
    return;
  }
  draft.event(area[0], area[1]);
  if (known !== undefined) draft.partly('cisco-asa', 'unknown-message');
  // In texts with a name an address may be what somebody typed.
  if (known === undefined || !(number in asaSignIns)) readAddresses(draft, text);
}

/** What the words of a row's text decide beside its groups. */
function finish(draft: EventDraft, number: string, text: string): void {
  if (number === '111004' || number === '111005')
    draft.set('event.outcome', text.endsWith('FAILED') ? 'failure' : 'success');
  const command = draft.get('process.command_line');
  if (typeof command === 'string') classifyCommand(draft, command);
}

const fromTo =
  /(?:^|[ (])(?:from|src|for|client|server|peer) (?:host )?([^\s(),;]{3,128}) ?(?:\([^()]{0,64}\) ?)?(?:to|dst|dest|->) (?:host )?([^\s(),;]{3,128})/;

/** Addresses stand in the same form in all texts. */
function readAddresses(draft: EventDraft, text: string): void {
  const match = fromTo.exec(text);
  if (match === null) return;
  const [, from = '', to = ''] = match.map((part) => part.replace(/[.:]$/, ''));
  if (hasAddress(from)) readNetworkEndpoint(draft, 'source', from);
  if (hasAddress(to)) readNetworkEndpoint(draft, 'destination', to);
}

function hasAddress(written: string): boolean {
  return isIpAddress(written) || /[:/](?:\d{1,3}\.){3}\d{1,3}\b|^(?:\d{1,3}\.){3}\d{1,3}\//.test(written);
}
