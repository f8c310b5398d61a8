/** Check Point's log exporter by syslog: `[action:"Drop"; src:"203.0.113.9"; dst:"192.0.2.30"; service:"22"; …]`. */

import type { EventClass } from '../../classes/event-class.ts';
import type { EventDraft } from '../../event-draft.ts';
import { labelOf } from '../label-of.ts';
import { fillNamed } from '../message-rows.ts';

const names: Readonly<Record<string, string>> = {
  src: 'source',
  dst: 'destination',
  s_port: 'source.port',
  service: 'destination.port',
  proto: 'label:protocol',
  ifdir: 'network.direction',
  ifname: 'interface.name',
  inzone: 'observer.ingress.zone',
  outzone: 'observer.egress.zone',
  rule_name: 'rule.name',
  rule_uid: 'rule.id',
  user: 'user.name',
  src_user_name: 'user.name',
  administrator: 'user.name',
  client_ip: 'source',
  origin: 'label:origin',
  xlatesrc: 'source.nat.ip',
  xlatedst: 'destination.nat.ip',
  protection_name: 'rule.name',
  resource: 'url.original',
  operation: 'label:operation',
  reason: 'event.reason',
  auth_status: 'label:auth_status',
  objectname: 'label:objectname',
};

const pair = /([a-z_A-Z0-9]{1,64}):"((?:[^"\\]|\\.){0,4096})"; ?/y;
const start = /^\[([a-zA-Z]\w{1,63}):"/;
const mostPairs = 128;

interface Meaning {
  readonly event: string;
  readonly classes: readonly EventClass[];
}

const byAction: ReadonlyMap<string, Meaning> = new Map([
  ...actions('Drop Reject Block Prevent Quarantine', {
    event: 'checkpoint_denied network failure',
    classes: ['access-denied'],
  }),
  ...actions('Accept Allow Encrypt Decrypt Bypass', { event: 'checkpoint_permitted network success', classes: [] }),
  ...actions('Detect Inspect', { event: 'checkpoint_detected intrusion_detection', classes: [] }),
]);

function actions(words: string, meaning: Meaning): Array<[string, Meaning]> {
  return words.split(' ').map((word) => [word, meaning]);
}

export function readCheckPoint(draft: EventDraft, message: string): boolean {
  if (!start.test(message)) return false;
  draft.parsedAs('check-point');
  // These pairs stand where RFC 5424 has structured data, which they are not.
  if (draft.flaw === 'malformed') draft.flaw = undefined;
  pair.lastIndex = 1;
  let action = '';
  for (let count = 0; count < mostPairs; count++) {
    const match = pair.exec(message);
    if (match === null) break;
    const [, key = '', written = ''] = match;
    const value = written.replace(/\\(["\\\]])/g, '$1');
    if (key === 'action') action = value;
    if (value !== '' && value !== 'N/A') fillNamed(draft, names[key] ?? `label:${key}`, value);
  }
  placeEvent(draft, action);
  return true;
}

function placeEvent(draft: EventDraft, action: string): void {
  const meaning = byAction.get(action);
  if (meaning !== undefined) {
    const [name = '', category = '', outcome] = meaning.event.split(' ');
    draft.event(name, category, outcome === 'success' || outcome === 'failure' ? outcome : undefined);
    draft.classify(...meaning.classes);
    return;
  }
  const operation = labelOf(draft, 'operation');
  const failed = /fail/i.test(`${action} ${operation} ${labelOf(draft, 'auth_status')} ${labelOf(draft, 'status')}`);
  if (/^(?:Failed )?Log ?(?:In|Out)$/i.test(action) || /^(?:Failed )?Log ?(?:In|Out)$/i.test(operation)) {
    draft.event('checkpoint_login', 'authentication', failed ? 'failure' : 'success');
    draft.classify('authentication-use', ...(failed ? (['access-denied'] as const) : []));
  } else if (operation !== '') {
    draft.event('checkpoint_configured', 'configuration', failed ? 'failure' : 'success');
    draft.classify('administrator-action', 'policy-change');
  } else draft.event('checkpoint_event', 'network');
}
