/** FortiGate and its kin: `type`, `subtype` and the last six digits of `logid` say what happened. */

import type { EventClass } from '../../classes/event-class.ts';
import type { EventDraft } from '../../event-draft.ts';
import { labelOf, reviseEvent } from '../label-of.ts';
import { macAddress } from '../mac-address.ts';
import { transportName } from '../transport-name.ts';

interface Meaning {
  readonly category: string;
  readonly outcome: 'success' | 'failure';
  readonly classes: readonly EventClass[];
}

const signIn: Meaning = { category: 'authentication', outcome: 'success', classes: ['authentication-use'] };
const refusedSignIn: Meaning = {
  category: 'authentication',
  outcome: 'failure',
  classes: ['authentication-use', 'access-denied'],
};
const administratorsSignIn: Meaning = {
  category: 'authentication',
  outcome: 'success',
  classes: ['authentication-use', 'administrator-action'],
};
const change: Meaning = {
  category: 'configuration',
  outcome: 'success',
  classes: ['administrator-action', 'policy-change'],
};
const logChange: Meaning = {
  category: 'configuration',
  outcome: 'success',
  classes: ['administrator-action', 'log-control'],
};

/** Message numbers of "FortiOS Log Message Reference". */
const byNumber = new Map<string, Meaning>([
  ...numbers('032001 032003 032005 032006', administratorsSignIn),
  ...numbers('032002 032021 032022', refusedSignIn),
  ...numbers('039424 039425 039947 039948 039949 043008 043014 043015 043025 043026 043033 038404', signIn),
  ...numbers('039426 039951 043009 043010 043011 043018 043020 038411', refusedSignIn),
  ...numbers(
    '044544 044545 044546 044547 044548 044549 032102 032101 044555 041000 041001 041002 032095 032120',
    change,
  ),
  ...numbers('032138 032139 032140 032200 032201 032202 020099', {
    category: 'host',
    outcome: 'success',
    classes: ['administrator-action'],
  }),
  ...numbers('032103 032546 032548 020004 020007 032009 032010 032011', logChange),
  ...numbers('032104 032105 020126 022931', {
    category: 'configuration',
    outcome: 'success',
    classes: ['time-change'],
  }),
]);

function numbers(list: string, meaning: Meaning): Array<[string, Meaning]> {
  return list.split(' ').map((number) => [number, meaning]);
}

const categories: Readonly<Record<string, string>> = {
  traffic: 'network',
  utm: 'intrusion_detection',
  anomaly: 'intrusion_detection',
  event: 'host',
};
const refusals = new Set(
  'deny denied block blocked dropped drop reset reset_client reset_server clear_session'.split(' '),
);
const changedPaths: ReadonlyArray<readonly [RegExp, EventClass]> = [
  [/^(?:system\.admin|user\.)/, 'account-change'],
  [/^log\./, 'log-control'],
  [/^system\.ntp/, 'time-change'],
];

export function readFortinet(draft: EventDraft): void {
  draft.parsedAs('fortinet');
  const type = labelOf(draft, 'type');
  const id = labelOf(draft, 'logid') || labelOf(draft, 'log_id');
  draft.keyword('event.code', id);
  const written = draft.get('event.action');
  const action = typeof written === 'string' ? written.toLowerCase().replaceAll('-', '_') : '';
  takeAddresses(draft);
  takeTransport(draft);
  if (takeLease(draft)) return;
  const meaning = byNumber.get(id.slice(-6));
  const area = type === 'event' ? labelOf(draft, 'subtype') : type;
  reviseEvent(
    draft,
    `fortinet_${area}${action === '' ? '' : `_${action}`} ${meaning?.category ?? categories[type] ?? 'network'}`,
  );
  if (meaning === undefined) {
    placeByWords(draft, action, type);
    return;
  }
  draft.classify(...meaning.classes);
  draft.revise('event.outcome', meaning.outcome);
  takeChanged(draft);
}

/** The same events in another form, which has fields for the rest. */
export function classifyFortinet(draft: EventDraft, number: string): void {
  const meaning = byNumber.get(number.slice(-6));
  if (meaning === undefined) return;
  draft.classify(...meaning.classes);
  draft.revise('event.outcome', meaning.outcome);
}

/** Of numbers that are not listed, and of traffic, the action and the status say how it went. */
function placeByWords(draft: EventDraft, action: string, type: string): void {
  if (refusals.has(action)) {
    draft.revise('event.outcome', 'failure');
    draft.classify('access-denied');
  } else if (type === 'traffic' || action === 'pass' || action === 'passthrough' || action === 'accept')
    draft.revise('event.outcome', 'success');
  if (type !== 'event') return;
  const isSignIn =
    action === 'login' ||
    action === 'logout' ||
    action === 'ssl_login_fail' ||
    action === 'authentication' ||
    action.startsWith('tunnel_') ||
    action.startsWith('auth');
  if (!isSignIn) return;
  const failed = action.endsWith('fail') || draft.get('event.outcome') === 'failure';
  if (failed) draft.revise('event.outcome', 'failure');
  draft.classify('authentication-use', ...(failed ? (['access-denied'] as const) : []));
}

function takeTransport(draft: EventDraft): void {
  const written = draft.get('network.transport');
  if (typeof written === 'string') draft.revise('network.transport', transportName(written));
}

const inBrackets = /\(([0-9A-Fa-f.:]{2,45})\)$/;

/** `ui="https(192.0.2.10)"`, `remip=203.0.113.5`: where the origin has no key of its own. */
function takeAddresses(draft: EventDraft): void {
  draft.endpoint('source', labelOf(draft, 'remip'));
  draft.endpoint('source', inBrackets.exec(labelOf(draft, 'ui'))?.[1]);
  draft.keyword('observer.ingress.interface.name', labelOf(draft, 'srcintf'));
  draft.keyword('observer.egress.interface.name', labelOf(draft, 'dstintf'));
  draft.long('source.bytes', labelOf(draft, 'sentbyte'));
  draft.long('destination.bytes', labelOf(draft, 'rcvdbyte'));
  draft.keyword('rule.id', labelOf(draft, 'policyid'));
  draft.keyword('rule.name', labelOf(draft, 'policyname') || labelOf(draft, 'attack'));
}

/** `dhcp_msg="Ack" mac="00:1A:…" ip=192.0.2.21 lease=604800`: the lease of a FortiGate's own DHCP server. */
function takeLease(draft: EventDraft): boolean {
  const message = labelOf(draft, 'dhcp_msg').toLowerCase();
  const mac = labelOf(draft, 'mac');
  if (mac !== '') draft.keyword('source.mac', macAddress(mac));
  if (message === '') return false;
  reviseEvent(draft, `dhcp_${message} network success`);
  draft.long('dhcp.lease_seconds', labelOf(draft, 'lease'));
  draft.keyword('dhcp.client_hostname', labelOf(draft, 'hostname'));
  return true;
}

/** What was configured: `cfgpath="system.admin" cfgobj="ito" cfgattr="…"`. */
function takeChanged(draft: EventDraft): void {
  const path = labelOf(draft, 'cfgpath');
  if (path === '') return;
  draft.keyword(
    'process.command_line',
    [path, labelOf(draft, 'cfgobj'), labelOf(draft, 'cfgattr')].filter((part) => part !== '').join(' '),
  );
  for (const [pattern, name] of changedPaths) if (pattern.test(path)) draft.classify(name);
  if (path === 'system.admin' || path === 'user.local') draft.keyword('user.target.name', labelOf(draft, 'cfgobj'));
}
