/** SonicWall: `id=firewall sn=… fw=… pri=1 c=32 m=30 msg="…" usr="admin" src=192.0.2.7:4001:X0 dst=…`; `m` is the message's number. */

import type { EventClass } from '../../classes/event-class.ts';
import type { EventDraft } from '../../event-draft.ts';
import { labelOf, reviseEvent } from '../label-of.ts';

interface Meaning {
  readonly event: string;
  readonly classes: readonly EventClass[];
}

/** Numbers of "SonicOS Log Events Reference Guide". */
const meanings = new Map<string, Meaning>([
  ...rows('29 199 1080', 'sonicwall_login authentication success', 'authentication-use administrator-action'),
  ...rows('30 200 329 35 328', 'sonicwall_login authentication failure', 'authentication-use access-denied'),
  ...rows('31 237 236 238 1081', 'sonicwall_user_login authentication success', 'authentication-use'),
  ...rows(
    '32 33 34 235 253 1035 243',
    'sonicwall_user_login authentication failure',
    'authentication-use access-denied',
  ),
  ...rows('24 261 262 263 264 265 1008', 'sonicwall_logout session success', 'authentication-use'),
  ...rows('36 37 38 41 173 174 175 524 525 526 713 714 1235 1257', 'sonicwall_denied network failure', 'access-denied'),
  ...rows('14 16', 'sonicwall_site_denied network failure', 'access-denied'),
  ...rows(
    '22 23 25 27 81 82 83 165 177 178 179 180 267 606 608 609',
    'sonicwall_attack intrusion_detection failure',
    'access-denied',
  ),
  ...rows('98', 'sonicwall_connection_opened network success', ''),
  ...rows('537', 'sonicwall_connection_closed network', ''),
  ...rows('97', 'sonicwall_web_request network success', ''),
  ...rows('5 1075', 'sonicwall_log_cleared host success', 'administrator-action log-control'),
  ...rows(
    '440 441 442 443 444 445 446 1065 1382 1383',
    'sonicwall_configured configuration success',
    'administrator-action policy-change',
  ),
  ...rows('340 341 342 1380', 'sonicwall_account_changed iam success', 'administrator-action account-change'),
]);

function rows(list: string, event: string, classes: string): Array<[string, Meaning]> {
  const meaning: Meaning = { event, classes: classes === '' ? [] : (classes.split(' ') as EventClass[]) };
  return list.split(' ').map((number) => [number, meaning]);
}

export function readSonicwall(draft: EventDraft): void {
  draft.parsedAs('sonicwall');
  const number = labelOf(draft, 'm');
  draft.keyword('event.code', number);
  const transport = String(draft.get('network.transport') ?? '');
  if (transport.includes('/')) draft.revise('network.transport', transport.slice(0, transport.indexOf('/')));
  const meaning = meanings.get(number);
  reviseEvent(draft, meaning?.event ?? 'sonicwall_event network');
  if (meaning !== undefined) draft.classify(...meaning.classes);
}
