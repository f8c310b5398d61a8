/** Suricata's EVE: `{"timestamp":…,"flow_id":…,"event_type":"alert","src_ip":…,"alert":{"action":"blocked",…}}`. */

import type { EventDraft } from '../../event-draft.ts';
import type { JsonObject } from '../json/read-json.ts';
import { fillNamed } from '../message-rows.ts';

const eventTypes = /^[a-z][a-z0-9_-]{1,24}$/;

/** What members of `event_type`'s own object mean; the other members of it stay labels. */
const inside: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  alert: { signature_id: 'rule.id', signature: 'rule.name', category: 'rule.category', severity: 'event.severity' },
  dns: { rrname: 'dns.question.name', rrtype: 'dns.question.type', rcode: 'dns.response_code' },
  http: {
    hostname: 'url.domain',
    url: 'url.original',
    http_method: 'http.request.method',
    status: 'http.response.status_code',
    http_user_agent: 'user_agent.original',
    http_refer: 'http.request.referrer',
  },
  flow: { bytes_toserver: 'source.bytes', bytes_toclient: 'destination.bytes' },
  tls: { sni: 'url.domain' },
  krb5: { cname: 'user.name', sname: 'service.name' },
  fileinfo: { filename: 'file.path' },
};

const outside: Readonly<Record<string, string>> = {
  src_ip: 'source',
  src_port: 'source.port',
  dest_ip: 'destination',
  dest_port: 'destination.port',
  proto: 'network.transport',
  app_proto: 'network.application',
  in_iface: 'observer.ingress.interface.name',
  flow_id: 'event.id',
};

export function readSuricata(draft: EventDraft, object: JsonObject): JsonObject | undefined {
  const type = object['event_type'];
  if (typeof type !== 'string' || typeof object['timestamp'] !== 'string' || !eventTypes.test(type)) return undefined;
  if (object['src_ip'] === undefined && object['flow_id'] === undefined && type !== 'stats') return undefined;
  draft.parsedAs('suricata');
  placeEvent(draft, type, object['alert']);
  const rest: JsonObject = {};
  for (const [key, value] of Object.entries(object)) {
    if (key === 'event_type') continue;
    const name = outside[key];
    if (name !== undefined) take(draft, name, value);
    else rest[key] = withoutKnown(draft, inside[key], value);
  }
  return rest;
}

function withoutKnown(draft: EventDraft, names: Readonly<Record<string, string>> | undefined, value: unknown): unknown {
  if (names === undefined || typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).filter(([key, each]) => {
      const name = names[key];
      return name === undefined || !take(draft, name, each);
    }),
  );
}

function take(draft: EventDraft, name: string, value: unknown): boolean {
  if (typeof value !== 'string' && typeof value !== 'number') return false;
  fillNamed(draft, name, String(value));
  return true;
}

function placeEvent(draft: EventDraft, type: string, alert: unknown): void {
  const action = typeof alert === 'object' && alert !== null && 'action' in alert ? alert.action : undefined;
  const isBlocked = type === 'drop' || action === 'blocked';
  const category = type === 'alert' || type === 'anomaly' || type === 'drop' ? 'intrusion_detection' : 'network';
  draft.event(`suricata_${type}`, category, isBlocked ? 'failure' : action === 'allowed' ? 'success' : undefined);
  if (isBlocked) draft.classify('access-denied');
}
