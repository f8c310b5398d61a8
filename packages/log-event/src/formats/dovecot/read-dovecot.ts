/** Dovecot's sign-ins by IMAP, POP3, submission and ManageSieve, and the sessions that follow. */

import type { EventDraft } from '../../event-draft.ts';
import { messageRow as row, messageTable, readByTable } from '../message-rows.ts';

/** The name that was typed stands between `<` and the last `>, ` with the method or the address behind it. */
const client =
  'user=<(.{0,512})>,(?: method=([\\w-]{1,32}),)?(?: cert_username=\\S{1,128},)? rip=([0-9A-Fa-f.:]{2,45}),(?: lip=([0-9A-Fa-f.:]{2,45}),?)?(?: lport=\\d{1,5},?)?(?: mpid=(\\d{1,10}))?';
const parts = 'user.name label:sasl_method source destination process.pid';
const login = '^(?:(imap|pop3|submission|managesieve|sieve|lmtp)-login: )?(?:Info: )?';

/** What ended a try, where a name and a mechanism were given: an older server gives no reason for it. */
const aborted = `${login}Aborted login: ${client.replace('(?: method=([\\w-]{1,32}),)?', ' method=([\\w-]{1,32}),')}`;

const table = messageTable([
  row(aborted, 'dovecot_login authentication failure', `network.protocol ${parts}`),
  row(`${login}(?:Logged in|Login): ${client}`, 'dovecot_login authentication success', `network.protocol ${parts}`),
  row(
    `${login}(?:Login aborted|Aborted login|Disconnected)(?:: [A-Z][^(:]{1,128})? ?\\(((?:auth failed|tried to use|client didn't finish|disconnected while auth|user disabled|password expired|account expired|proxy dest auth failed)[^)]{0,128})\\)(?: ?\\([a-z_]{1,32}\\))?(?:: [^:]{1,96})?: ${client}`,
    'dovecot_login authentication failure',
    `network.protocol event.reason ${parts}`,
  ),
  row(
    `${login}(?:Login aborted|Aborted login|Disconnected)(?:: ([A-Z][^(:]{1,128}?))? ?(?:\\([^)]{0,128}\\))?(?: ?\\([a-z_]{1,32}\\))?(?:: [^:]{1,96})?: ${client}`,
    'dovecot_disconnected session',
    `network.protocol event.reason ${parts}`,
  ),
  row(
    `${login}Maximum number of connections from user\\+IP exceeded[^:]{0,128}: ${client}`,
    'dovecot_login authentication failure',
    `network.protocol ${parts} event.reason=limit`,
  ),
  row(
    '^auth(?:-worker)?(?:\\((?:\\d{1,10}|default)\\))?: (?:Info: )?(?:conn unix:[^:]{1,256}: )?(?:auth-worker<\\d{1,10}>: )?([\\w-]{1,32})\\((.{0,512}),([0-9A-Fa-f.:]{2,45})(?:,<[^>]{0,64}>)?\\): (?:\\([^)]{1,32}\\) )?((?:unknown user|Password mismatch|pam_authenticate\\(\\) failed|pam_acct_mgmt\\(\\) failed|invalid credentials|Authentication failed|password mismatch|User (?:disabled|not found)|passdb).{0,256})$',
    'dovecot_auth authentication failure',
    'label:database user.name source event.reason',
  ),
  row('^lmtp\\((\\d{1,10})\\): (?:Info: )?(.{1,512})$', 'dovecot_session session', 'process.pid event.reason'),
  row(
    '^(imap|pop3|lmtp|submission|managesieve|IMAP|POP3)\\((.{0,512})\\)(?:<\\d{1,10}>)?(?:<[^>]{1,64}>)?: (?:Info: )?(?:Logged out|Disconnected(?:: Logged out)?)(?:: ([^:]{1,128}?))?(?: (in=\\d.{0,512}))?$',
    'dovecot_logout session success',
    'network.protocol user.name event.reason label:traffic',
  ),
  row(
    '^(imap|pop3|lmtp|submission|managesieve|IMAP|POP3)\\((.{0,512})\\)(?:<\\d{1,10}>)?(?:<[^>]{1,64}>)?: (?:Info: )?(.{1,512})$',
    'dovecot_session session',
    'network.protocol user.name event.reason',
  ),
  row('^master: (?:Info: )?Dovecot v(\\S{1,32}) starting up', 'dovecot_started process success', 'label:version'),
  row(
    '^master: (?:Warning: )?(Killed with signal \\d{1,2}.{0,128})',
    'dovecot_stopped process success',
    'event.reason',
  ),
  row('^Dovecot v(\\S{1,32}) starting up', 'dovecot_started process success', 'label:version'),
  row(
    '^(?:auth|auth-worker|config|log|master|anvil|stats|ssl-params|replicator|doveadm|lda|lmtp|imap-login|pop3-login)(?:\\(.{0,512}\\))?(?:<[^>]{1,64}>){0,2}: (?:Error|Fatal|Panic|Warning): (.{1,512})$',
    'dovecot_problem process failure',
    'event.reason',
  ),
]);

/** Programs that an older Dovecot names itself by in syslog, instead of `dovecot`. */
export const dovecotPrograms = 'dovecot imap-login pop3-login managesieve-login submission-login';

export function readDovecot(draft: EventDraft, message: string): boolean {
  draft.parsedAs('dovecot');
  if (!readByTable(draft, message.trimEnd(), table)) {
    draft.partly('dovecot', 'unknown-message');
    return true;
  }
  const program = draft.get('process.name');
  if (typeof program === 'string' && program.endsWith('-login'))
    draft.set('network.protocol', program.slice(0, -'-login'.length));
  return true;
}
