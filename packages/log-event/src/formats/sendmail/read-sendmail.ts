/** sendmail: messages as pairs behind the queue's id, sign-ins, and refusals by its rules. */

import type { EventDraft } from '../../event-draft.ts';
import { classifyReply } from '../mail-status.ts';
import { messageRow as row, messageTable, readByTable } from '../message-rows.ts';

const id = '(?:([0-9A-Za-z]{10,24}|NOQUEUE): )?';
/** The name is the client's own; its address stands in brackets behind it. */
const relay = 'relay=(?:(\\S{1,255}) )?\\[([0-9A-Fa-f.:]{2,45}|IPv6:[0-9A-Fa-f.:]{2,45})\\]';

const table = messageTable([
  row(
    `^${id}AUTH=server, ${relay}(?: \\(may be forged\\))?, authid=(.{0,512}), mech=(\\S{1,32}), bits=`,
    'sendmail_login authentication success',
    'email.local_id source.address source user.name label:sasl_method',
  ),
  row(
    `^${id}AUTH failure \\((\\S{1,32})\\): (.{1,256}?), (?:user=(.{0,512}), )?${relay}`,
    'sendmail_login authentication failure',
    'email.local_id label:sasl_method event.reason user.name source.address source',
  ),
  row(
    `^${id}ruleset=(\\S{1,64}), (?:arg1=(.{0,512}), )?(?:arg2=.{0,512}, )?${relay}(?: \\(may be forged\\))?, reject=(.{1,512})$`,
    'sendmail_rejected email failure',
    'email.local_id rule.name label:argument source.address source event.reason',
  ),
  row(
    `^${id}from=<?(.{0,512}?)>?, size=(\\d{1,15}), class=-?\\d{1,6}, (?:pri=\\d{1,12}, )?nrcpts=(\\d{1,9}), (?:msgid=<?(\\S{0,512}?)>?, )?(?:bodytype=\\S{1,16}, )?(?:proto=(\\w{1,16}), )?(?:daemon=\\S{1,32}, )?${relay}`,
    'sendmail_received email',
    'email.local_id email.from.address label:size label:recipients email.message_id network.protocol source.address source',
  ),
  row(
    `^${id}from=<?(.{0,512}?)>?, size=(\\d{1,15}), class=`,
    'sendmail_received email',
    'email.local_id email.from.address label:size',
  ),
  row(
    `^${id}to=<?(.{0,512}?)>?, (?:ctladdr=.{0,256}?, )?delay=.{0,512}, stat=Sent(?: \\((.{0,256})\\))?`,
    'sendmail_delivered email success',
    'email.local_id email.to.address label:reply',
  ),
  row(
    `^${id}to=<?(.{0,512}?)>?, (?:ctladdr=.{0,256}?, )?delay=.{0,512}, stat=(.{1,256})$`,
    'sendmail_delivered email failure',
    'email.local_id email.to.address event.reason',
  ),
  row(
    `^${id}(?:(\\S{1,255}) )?\\[([0-9A-Fa-f.:]{2,45})\\](?: \\(may be forged\\))? (did not issue .{1,128})$`,
    'sendmail_probe network failure',
    'email.local_id source.address source event.reason',
  ),
  row(
    `^${id}(lost input channel|timeout waiting for input|collect: premature EOM|collect: I/O error|rejecting commands) from (?:(\\S{1,255}) )?\\[([0-9A-Fa-f.:]{2,45})\\]`,
    'sendmail_connection_lost network failure',
    'email.local_id event.reason source.address source',
  ),
  row(
    `^${id}STARTTLS=(?:server|client), relay=.{0,255}\\[([0-9A-Fa-f.:]{2,45})\\]`,
    'sendmail_tls network',
    'email.local_id source',
  ),
  row(
    '^(?:starting daemon|restarting|gethostbyaddr|alias database|unable to qualify|My unqualified|stopping daemon|\\S{1,64}: \\d{1,9} (?:aliases|messages))',
    'sendmail_process process',
  ),
  row('^\\S{1,255}: \\d{1,9} aliases, longest ', 'sendmail_process process'),
]);

export function readSendmail(draft: EventDraft, message: string): boolean {
  draft.parsedAs('sendmail');
  if (!readByTable(draft, message.trimEnd(), table)) draft.partly('sendmail', 'unknown-message');
  const reason = draft.get('event.reason');
  if (draft.get('event.action') === 'sendmail_rejected' && typeof reason === 'string') classifyReply(draft, reason);
  return true;
}
