/** Firepower's events in an ASA's envelope: `%FTD-6-430003: EventPriority: Low, SrcIP: 192.0.2.7, …` (430001 to 430005). */

import type { EventDraft } from '../../event-draft.ts';
import { pairMeanings } from '../take-pairs.ts';
import { takeField } from '../json/read-json.ts';
import { keyMeaning } from '../../key-meaning.ts';

const kinds: Readonly<Record<string, readonly [string, string]>> = {
  '430001': ['ftd_intrusion', 'intrusion_detection'],
  '430002': ['ftd_connection_opened', 'network'],
  '430003': ['ftd_connection_closed', 'network'],
  '430004': ['ftd_file', 'file'],
  '430005': ['ftd_malware', 'malware'],
};

const meanings = pairMeanings(
  {
    SrcIP: 'source.ip',
    DstIP: 'destination.ip',
    SrcPort: 'source.port',
    DstPort: 'destination.port',
    Protocol: 'network.transport',
    IngressInterface: 'observer.ingress.interface.name',
    EgressInterface: 'observer.egress.interface.name',
    IngressZone: 'observer.ingress.zone',
    EgressZone: 'observer.egress.zone',
    User: 'user.name',
    AccessControlRuleName: 'rule.name',
    ApplicationProtocol: 'network.application',
    URL: 'url.original',
    UserAgent: 'user_agent.original',
    InitiatorBytes: 'source.bytes',
    ResponderBytes: 'destination.bytes',
    FileName: 'file.name',
    SID: 'rule.id',
    Message: 'event.reason',
    DNSQuery: 'dns.question.name',
  },
  { times: [], hasEscapes: false },
).byKey;

/** What a client typed (user agent, URL) comes last of these, and a key is found only behind a comma. */
const pair = /(?:^|, )([A-Z][A-Za-z_]{1,40}): /g;

const nobody = new Set(['No Authentication Required', 'Unknown', 'Not Found']);

export function readFirepower(draft: EventDraft, number: string, text: string): void {
  const [action, category] = kinds[number] ?? ['ftd_event', 'network'];
  draft.event(action, category);
  const found = [...text.matchAll(pair)];
  found.forEach((match, index) => {
    const [all, key = ''] = match;
    const value = text
      .slice(match.index + all.length, found[index + 1]?.index ?? text.length)
      .trim()
      .replace(/^"(.*)"$/, '$1');
    if (key === 'User' && nobody.has(value)) return;
    takeField(draft, meanings.get(key) ?? keyMeaning(key), value);
    if (key === 'AccessControlRuleAction' || key === 'InlineResult') takeVerdict(draft, value);
  });
}

function takeVerdict(draft: EventDraft, verdict: string): void {
  const isBlocked = /^(?:Block|Dropped|Would)/i.test(verdict);
  draft.set('event.outcome', isBlocked ? 'failure' : 'success');
  if (isBlocked) draft.classify('access-denied');
}
