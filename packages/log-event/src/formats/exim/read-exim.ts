/** Exim's main and reject logs: sign-ins, refusals, and the way of each message. */

import type { EventDraft } from '../../event-draft.ts';
import type { WallTime } from '../../time/wall-time.ts';
import { classifyReply } from '../mail-status.ts';
import { messageRow as row, messageTable, readByTable } from '../message-rows.ts';

/** Exim takes no HELO with a blank or a bracket in it. */
const host = '(?:H=)?(?:[^\\s()[\\]]{1,255} )?(?:\\([^\\s()]{0,255}\\) )?\\[([0-9A-Fa-f.:]{2,45})\\](?::(\\d{1,5}))?';
const id = '(?:([0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4}) )?';
const own = '(?: I=\\[[^\\]\\s]{1,64}\\](?::\\d{1,5})?)?(?: X=\\S{1,96})?(?: CV=\\w{1,8})?(?: SNI=\\S{1,255})?';

const table = messageTable([
  row(
    `^([\\w.-]{1,64}) authenticator failed for ${host}${own}(?: U=\\S{1,64})?: (535 .{0,256}?)(?: \\(set_id=(.{0,512})\\))?$`,
    'exim_login authentication failure',
    'label:sasl_method source source.port event.reason user.name',
  ),
  row(
    `^${id}<= (\\S{1,512}) ${host}${own}(?: U=\\S{1,64})? P=(\\S{1,16})(?: X=\\S{1,96})?(?: CV=\\w{1,8})?(?: SNI=\\S{1,255})? A=([\\w.-]{1,64}):(\\S{1,512}) (?:S=(\\d{1,15}))?`,
    'exim_login authentication success',
    'email.local_id email.from.address source source.port network.protocol label:sasl_method user.name label:size',
  ),
  row(
    `^${id}<= (\\S{1,512}) ${host}${own}(?: U=\\S{1,64})? P=(\\S{1,16})`,
    'exim_received email',
    'email.local_id email.from.address source source.port network.protocol',
  ),
  row(
    `^${id}<= (\\S{1,512}) (?:U=(\\S{1,64}) )?(?:R=\\S{1,24} )?P=(\\S{1,16})`,
    'exim_received email',
    'email.local_id email.from.address user.name network.protocol',
  ),
  row(`^${id}[=-]> (\\S{1,512})`, 'exim_delivered email success', 'email.local_id email.to.address'),
  row(
    `^${id}\\*\\* (\\S{1,512}).{0,256}?: (.{0,512})$`,
    'exim_delivered email failure',
    'email.local_id email.to.address event.reason',
  ),
  row(
    `^${id}== (\\S{1,512}) .{0,256}? defer \\(\\S{1,16}\\)(?:: (.{0,512}))?$`,
    'exim_deferred email failure',
    'email.local_id email.to.address event.reason',
  ),
  row(`^${id}Completed`, 'exim_completed email success', 'email.local_id'),
  row(
    `^${id}${host}${own}(?: F=<(.{0,512}?)>)?(?: A=[\\w.-]{1,64}:(\\S{1,512}))? (?:temporarily )?rejected (?:RCPT|EHLO or HELO|connection in|after DATA|MAIL|AUTH|VRFY|EXPN|ETRN|STARTTLS|QUIT|non-SMTP message)(?: <?(.{0,512}?)>?)?: (.{1,512})$`,
    'exim_rejected email failure',
    'email.local_id source source.port email.from.address user.name email.to.address event.reason',
  ),
  row(
    `^${id}${host}${own} (.{1,512})$`,
    'exim_notice network failure',
    'email.local_id source source.port event.reason',
  ),
  row(
    `^(?:SMTP|unexpected|no MAIL in|TLS error|rejected|Connection|refused) .{0,160}?(?:from|for) ${host}(.{0,256})$`,
    'exim_connection network failure',
    'source source.port event.reason',
  ),
  row(
    '^no (?:host name found for IP address|IP address found for host \\S{1,255} \\(during SMTP connection from) \\[?([0-9A-Fa-f.:]{2,45})',
    'exim_reverse_lookup network failure',
    'source',
  ),
  row('^(?:Start|End) queue run|^exim \\S{1,16} daemon (?:started|restarted)', 'exim_process process'),
]);

/** Of lines in Exim's own file, what stands behind the time: a message's id, a refusal, or an authenticator. */
const look =
  /^ (?:\[\d{1,10}\] )?(?:[0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4} (?:<=|=>|->|\*\*|==|Completed|H=|[a-z])|[\w.-]{1,64} authenticator failed for |H=)/;
const pid = /^\[(\d{1,10})\] /;

export function readEximFile(draft: EventDraft, wall: WallTime): boolean {
  if (!look.test(draft.text.slice(wall.end, wall.end + 160))) return false;
  draft.setWall(wall, 0);
  draft.keyword('process.name', 'exim');
  draft.messageStart = wall.end + 1;
  return readExim(draft, draft.text.slice(wall.end + 1));
}

const ownTime = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{3})?(?: [+-]\d{4})? /;

export function readExim(draft: EventDraft, message: string): boolean {
  draft.parsedAs('exim');
  const untimed = message.trimEnd().replace(ownTime, '');
  const process = pid.exec(untimed);
  if (process !== null) draft.long('process.pid', process[1]);
  if (!readByTable(draft, process === null ? untimed : untimed.slice(process[0].length), table))
    draft.partly('exim', 'unknown-message');
  const reason = draft.get('event.reason');
  if (draft.get('event.action') !== 'exim_rejected' || typeof reason !== 'string') return true;
  // Exim's own words for a refusal by its access lists have no code.
  if (
    /^(?:relay not permitted|Access denied|.{0,64}(?:not authenticated|authentication required|blacklisted))/i.test(
      reason,
    )
  )
    draft.classify('access-denied');
  else classifyReply(draft, reason);
  return true;
}
