/** Postfix: who connects, who signs in (SASL), what is refused, and where each message goes. */

import type { EventDraft } from '../../event-draft.ts';
import { classifyReply } from '../mail-status.ts';
import { messageRow as row, messageTable, readByTable } from '../message-rows.ts';

/** `mail.example.jp[192.0.2.7]:4001`, `unknown[2001:db8::7]`: Postfix lets no name with a bracket through. */
const peer = '(?:[^\\s[\\]]{1,255})?\\[([0-9A-Fa-f.:]{2,45}|unknown)\\](?::(\\d{1,5}))?';
const id = '(?:([0-9A-Za-z]{4,24}|NOQUEUE): )?';
const peerParts = 'source source.port';
const mail = 'from=<(.{0,512}?)>,? to=<(.{0,512}?)>,? proto=(\\w{1,16})';

const table = messageTable([
  row(`^connect from ${peer}`, 'postfix_connect network', peerParts),
  row(`^disconnect from ${peer}(?: (.{1,256}))?$`, 'postfix_disconnect network', `${peerParts} label:commands`),
  row(
    `^(lost connection|timeout) after (\\S{1,32})(?: \\(.{0,64}\\))? from ${peer}`,
    'postfix_connection_lost network failure',
    `event.reason label:stage ${peerParts}`,
  ),
  row(
    `^warning: ${peer}: SASL (\\S{1,32}) authentication (?:failed|aborted):?(?: (.{0,256}?))?(?:, sasl_username=(.{0,512}))?$`,
    'postfix_login authentication failure',
    `${peerParts} label:sasl_method event.reason user.name`,
  ),
  row(
    `^${id}client=${peer}, sasl_method=(\\S{1,32}), sasl_username=(.{0,512}?)(?:, sasl_sender=.{0,512})?$`,
    'postfix_login authentication success',
    `email.local_id ${peerParts} label:sasl_method user.name`,
  ),
  row(`^${id}client=${peer}`, 'postfix_client network', `email.local_id ${peerParts}`),
  row(
    `^${id}(?:milter-)?reject(?:_warning)?: (\\S{1,32}) from ${peer}: (.{1,512}?); ${mail}(?: helo=<(.{0,512})>)?`,
    'postfix_reject email failure',
    `email.local_id label:stage ${peerParts} event.reason email.from.address email.to.address network.protocol label:helo`,
  ),
  row(
    `^${id}(?:milter-)?reject(?:_warning)?: (\\S{1,32}) from ${peer}: (.{1,512})$`,
    'postfix_reject email failure',
    `email.local_id label:stage ${peerParts} event.reason`,
  ),
  row(
    `^${id}(?:discard|hold|filter|warn|redirect|bcc|prepend|milter-(?:discard|hold)): (\\S{1,32}) (?:from ${peer}: )?(.{1,512})$`,
    'postfix_handled email',
    `email.local_id label:stage ${peerParts} event.reason`,
  ),
  row(`^${id}message-id=<?(.{0,512}?)>?$`, 'postfix_message email', 'email.local_id email.message_id'),
  row(
    `^${id}from=<(.{0,512})>, size=(\\d{1,15}), nrcpt=(\\d{1,9})`,
    'postfix_queued email',
    'email.local_id email.from.address label:size label:recipients',
  ),
  row(
    `^${id}from=<(.{0,512})>, status=(expired.{0,64})$`,
    'postfix_expired email failure',
    'email.local_id email.from.address event.reason',
  ),
  row(
    `^${id}uid=(\\d{1,10}) from=<(.{0,512})>$`,
    'postfix_submitted email',
    'email.local_id user.id email.from.address',
  ),
  row(
    `^${id}to=<(.{0,512}?)>, (?:orig_to=<.{0,512}?>, )?relay=(\\S{1,255}?)(?:\\[([^\\]\\s]{1,64})\\])?(?::(\\d{1,5}))?, .{0,256}?status=(?:sent|delivered) \\((.{0,512})\\)$`,
    'postfix_delivered email success',
    'email.local_id email.to.address label:relay destination destination.port label:reply',
  ),
  row(
    `^${id}to=<(.{0,512}?)>, (?:orig_to=<.{0,512}?>, )?relay=(\\S{1,255}?)(?:\\[([^\\]\\s]{1,64})\\])?(?::(\\d{1,5}))?, .{0,256}?status=(?:bounced|deferred|expired|undeliverable|SOFTBOUNCE) \\((.{0,512})\\)$`,
    'postfix_delivered email failure',
    'email.local_id email.to.address label:relay destination destination.port event.reason',
  ),
  row(`^${id}removed$`, 'postfix_removed email', 'email.local_id'),
  row(
    `^${id}(?:sender non-delivery notification|sender delivery status notification|postmaster non-delivery notification): (\\S{1,24})$`,
    'postfix_bounced email',
    'email.local_id label:notification',
  ),
  row(
    '^warning: hostname (\\S{1,255}) does not resolve to address ([0-9A-Fa-f.:]{2,45})(?:: (.{1,128}))?$',
    'postfix_reverse_lookup network failure',
    'source.address source event.reason',
  ),
  row(
    '^warning: ([0-9A-Fa-f.:]{2,45}): (?:hostname|address not listed for hostname) (\\S{1,255})',
    'postfix_reverse_lookup network failure',
    'source source.address',
  ),
  row(
    `^(?:Anonymous|Trusted|Untrusted|Verified) TLS connection established from ${peer}: (\\S{1,16})`,
    'postfix_tls network success',
    `${peerParts} label:tls`,
  ),
  row(
    `^(?:Anonymous|Trusted|Untrusted|Verified) TLS connection established to ${peer}: (\\S{1,16})`,
    'postfix_tls network success',
    'destination destination.port label:tls',
  ),
  row(`^SSL_accept error from ${peer}: (.{1,128})$`, 'postfix_tls network failure', `${peerParts} event.reason`),
  row(`^warning: non-SMTP command from ${peer}: `, 'postfix_bad_command network failure', peerParts),
  row(
    `^(?:improper command pipelining|too many errors) after (\\S{1,32}) (?:\\(.{0,64}\\) )?from ${peer}`,
    'postfix_bad_command network failure',
    `label:stage ${peerParts}`,
  ),
  row(
    `^warning: Connection (rate|concurrency) limit exceeded: \\d{1,9} from ${peer}`,
    'postfix_limit network failure',
    `event.reason ${peerParts}`,
  ),
  row(
    `^CONNECT from ${peer} to \\[([^\\]\\s]{1,45})\\]:(\\d{1,5})$`,
    'postfix_connect network',
    `${peerParts} destination destination.port`,
  ),
  row(
    `^(?:PASS (?:NEW|OLD)|WHITELISTED|ALLOWLISTED|WHITELIST VETO) ${peer}`,
    'postfix_screened network success',
    peerParts,
  ),
  row(`^(?:BLACKLISTED|DENYLISTED) ${peer}`, 'postfix_screened network failure', peerParts),
  row(`^(DNSBL rank \\d{1,6}) for ${peer}`, 'postfix_screened network failure', `event.reason ${peerParts}`),
  row(
    `^(PREGREET|HANGUP|COMMAND (?:PIPELINING|TIME LIMIT|COUNT LIMIT|LENGTH LIMIT)|BARE NEWLINE|NON-SMTP COMMAND)(?: \\d{1,9})?(?: after \\S{1,16})? from ${peer}`,
    'postfix_screened network failure',
    `event.reason ${peerParts}`,
  ),
  row(`^DISCONNECT ${peer}`, 'postfix_disconnect network', peerParts),
  row('^(?:statistics|cache): ', 'postfix_statistics process'),
  row('^(?:daemon started|reload)\\b', 'postfix_started process success'),
  row('^terminating on signal', 'postfix_stopped process success'),
  row('^(?:warning|error|fatal|panic): (.{1,512})', 'postfix_problem process failure', 'event.reason'),
]);

export function readPostfix(draft: EventDraft, message: string): boolean {
  draft.parsedAs('postfix');
  if (!readByTable(draft, message.trimEnd(), table)) {
    draft.partly('postfix', 'unknown-message');
    return true;
  }
  const reason = draft.get('event.reason');
  if (draft.get('event.action') === 'postfix_reject' && typeof reason === 'string') classifyReply(draft, reason);
  return true;
}
