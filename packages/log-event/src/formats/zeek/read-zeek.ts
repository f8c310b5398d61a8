/** Zeek: its JSON (`{"ts":…,"uid":"C…","id.orig_h":…}`), and the first columns that all its tab-separated connection logs have. */

import type { EventDraft } from '../../event-draft.ts';
import { epochTextMicros } from '../../time/read-epoch.ts';
import type { JsonObject } from '../json/read-json.ts';
import { fillNamed } from '../message-rows.ts';

const names: Readonly<Record<string, string>> = {
  uid: 'event.id',
  'id.orig_h': 'source',
  'id.orig_p': 'source.port',
  'id.resp_h': 'destination',
  'id.resp_p': 'destination.port',
  proto: 'network.transport',
  service: 'network.application',
  orig_bytes: 'source.bytes',
  resp_bytes: 'destination.bytes',
  query: 'dns.question.name',
  qtype_name: 'dns.question.type',
  rcode_name: 'dns.response_code',
  user: 'user.name',
  username: 'user.name',
  host: 'url.domain',
  uri: 'url.original',
  method: 'http.request.method',
  status_code: 'http.response.status_code',
  note: 'rule.name',
  msg: 'event.reason',
};

export function readZeekJson(draft: EventDraft, object: JsonObject): JsonObject | undefined {
  if (typeof object['uid'] !== 'string' || typeof object['id.orig_h'] !== 'string') return undefined;
  draft.parsedAs('zeek');
  const path = object['_path'];
  placeEvent(draft, typeof path === 'string' ? path : 'event', object);
  const rest: JsonObject = {};
  for (const [key, value] of Object.entries(object)) {
    const name = names[key];
    if (name !== undefined && (typeof value === 'string' || typeof value === 'number'))
      fillNamed(draft, name, String(value));
    else rest[key] = value;
  }
  return rest;
}

function placeEvent(draft: EventDraft, path: string, object: JsonObject): void {
  const tried = object['auth_success'];
  if (typeof tried !== 'boolean') {
    draft.event(`zeek_${path.slice(0, 32)}`, 'network');
    return;
  }
  draft.event(`zeek_${path.slice(0, 32)}`, 'authentication', tried ? 'success' : 'failure');
  draft.classify('authentication-use', ...(tried ? [] : (['access-denied'] as const)));
}

const line =
  /^(\d{10}\.\d{1,6})\t(C[0-9A-Za-z]{10,20})\t([0-9A-Fa-f.:]{2,45})\t(\d{1,5})\t([0-9A-Fa-f.:]{2,45})\t(\d{1,5})(?:\t(tcp|udp|icmp)(?=\t|$))?/;

export function readZeekFile(draft: EventDraft): boolean {
  const { text } = draft;
  if (text.charCodeAt(10) !== 46 || text.charCodeAt(17) !== 9) return false;
  const match = line.exec(text);
  if (match === null) return false;
  const [, time = '', id, from, fromPort, to, toPort, transport] = match;
  draft.parsedAs('zeek');
  draft.epochUs = epochTextMicros(time);
  draft.timeText = time;
  draft.event('zeek_event', 'network');
  draft.keyword('event.id', id);
  draft.endpoint('source', from, fromPort);
  draft.endpoint('destination', to, toPort);
  draft.keyword('network.transport', transport);
  return true;
}
