/** Messages of OpenSSH's server (`sshd`, `sshd-session`, `sshd-auth`): authentication for PCI DSS 10.2.1.4 and 10.2.2. */

import type { EventDraft } from '../../event-draft.ts';
import { readPamMessage } from '../pam/read-pam.ts';

type Outcome = 'success' | 'failure' | 'unknown';

interface SshdMessage {
  pattern: RegExp;
  action: string;
  category: string;
  outcome?: Outcome;
  /** What the groups of the pattern are, in order. */
  groups: ReadonlyArray<'user' | 'address' | 'port' | 'reason' | 'skip'>;
}

/** A bare number is the port of an address before it, which a greedy user name would otherwise swallow. */
const address = '(?!\\d{1,5}(?:$|:))([0-9A-Fa-f:.]{2,45}|[\\w.-]{1,255}|UNKNOWN)';
const port = '(?: port (\\d{1,5}))?';
const byUser = '(?:(?:invalid|authenticating|illegal) user (.{0,256}) |user (.{0,256}) )?';

/** By first letter of the message, most frequent first. Patterns are anchored and repeat nothing inside a repeat. */
const messages: Readonly<Record<string, readonly SshdMessage[]>> = {
  I: [
    row(
      `^(?:Invalid|Illegal) user (.{0,256}) from ${address}${port}$`,
      'ssh_invalid_user authentication failure',
      'user address port',
    ),
  ],
  i: [
    row(
      '^input_userauth_request: (?:invalid|illegal) user (.{0,256})$',
      'ssh_invalid_user authentication failure',
      'user',
    ),
  ],
  R: [
    row(
      `^Received disconnect from ${address}${port}:? ?\\d*: ?(.*)$`,
      'ssh_disconnected session',
      'address port reason',
    ),
    row('^Received signal (\\d+); terminating', 'ssh_server_stopped process success', 'skip'),
    row('^Received SIGHUP; restarting', 'ssh_server_restarted process success', ''),
    row(
      `^Read error from remote host ${address}${port}: (.*)$`,
      'ssh_connection_lost network failure',
      'address port reason',
    ),
  ],
  C: [
    row(
      `^Connection (?:closed|reset) by ${byUser}${address}${port}$`,
      'ssh_connection_closed network',
      'user user address port',
    ),
    row(`^Connection from ${address} port (\\d{1,5})(?: on .*)?$`, 'ssh_connection network', 'address port'),
    row(
      `^Close session: user (\\S+) from ${address}${port}`,
      'ssh_session_closed session success',
      'user address port',
    ),
    row('^Corrupted MAC on input', 'ssh_protocol_error network failure', ''),
  ],
  D: [
    row(`^Disconnected from ${byUser}${address}${port}$`, 'ssh_disconnected session', 'user user address port'),
    row(
      `^Disconnected from [^ ]{1,64} user (.{0,256}) ${address}${port}$`,
      'ssh_disconnected session',
      'user address port',
    ),
    row(
      `^Disconnecting ${byUser}${address}${port}: (.*)$`,
      'ssh_disconnecting session failure',
      'user user address port reason',
    ),
    row(`^Disconnecting ${byUser}${address}${port}$`, 'ssh_disconnecting session failure', 'user user address port'),
    row(
      '^Disconnecting: (Too many authentication failures) for (?:invalid user )?(.*)$',
      'ssh_max_attempts authentication failure',
      'reason user',
    ),
    row('^Disconnecting: (.*)$', 'ssh_disconnecting session failure', 'reason'),
    row(
      `^Did not receive identification string from ${address}${port}$`,
      'ssh_no_identification network failure',
      'address port',
    ),
  ],
  U: [
    row(
      `^User (.{0,256}) from ${address} (not allowed because .*)$`,
      'ssh_login_denied authentication failure',
      'user address reason',
    ),
    row('^User (.{0,256}) (not allowed because .*)$', 'ssh_login_denied authentication failure', 'user reason'),
    row('^User child is on pid (\\d+)', 'ssh_child_started process', 'skip'),
    row(
      `^Unable to negotiate with ${address}${port}: (.*)$`,
      'ssh_negotiation_failed network failure',
      'address port reason',
    ),
  ],
  B: [
    row(
      `^Bad protocol version identification .{0,512} from ${address}${port}$`,
      'ssh_bad_protocol network failure',
      'address port',
    ),
    row('^Bad packet length (\\d+)', 'ssh_protocol_error network failure', 'skip'),
  ],
  b: [
    row(
      `^banner exchange: Connection from ${address} port (\\d{1,5}): (.*)$`,
      'ssh_bad_protocol network failure',
      'address port reason',
    ),
  ],
  m: [
    row(
      `^maximum authentication attempts exceeded for (?:invalid user )?(.{0,256}) from ${address}${port}(?: ssh\\d)?$`,
      'ssh_max_attempts authentication failure',
      'user address port',
    ),
  ],
  P: [
    row(
      `^PAM: (.{0,128}) for (?:illegal user |invalid user )?(.{0,256}) from ${address}$`,
      'ssh_login authentication failure',
      'reason user address',
    ),
    row('^PAM service\\(sshd\\) (ignoring max retries; .*)$', 'ssh_max_attempts authentication failure', 'reason'),
  ],
  r: [
    row(
      `^reverse mapping checking getaddrinfo for \\S{1,255} \\[${address}\\] failed`,
      'ssh_reverse_lookup network failure',
      'address',
    ),
    row(`^refused connect from \\S{1,512} \\(${address}\\)`, 'ssh_connection_refused network failure', 'address'),
  ],
  A: [
    row(`^Address ${address} maps to `, 'ssh_reverse_lookup network failure', 'address'),
    row('^(Authentication refused: .*)$', 'ssh_login_denied authentication failure', 'reason'),
  ],
  S: [
    row('^Server listening on \\S+ port \\d+', 'ssh_server_listening process success', ''),
    row(
      `^Starting session: .{1,512} for (\\S+) from ${address}${port}`,
      'ssh_session_opened session success',
      'user address port',
    ),
  ],
  T: [
    row(
      `^Timeout before authentication for (?:connection from )?${address}${port}`,
      'ssh_login_timeout authentication failure',
      'address port',
    ),
    row('^Transferred: sent \\d+', 'ssh_transferred session', ''),
  ],
  s: [
    row('^subsystem request for (\\S+) by user (\\S+)', 'ssh_subsystem session', 'skip user'),
    row(
      `^ssh_dispatch_run_fatal: Connection from ${byUser}${address}${port}: (.*)$`,
      'ssh_connection_lost network failure',
      'user user address port reason',
    ),
  ],
  M: [
    row(
      `^Magic value check failed .{0,128} from ${address}${port}`,
      'ssh_bad_protocol network failure',
      'address port',
    ),
  ],
  W: [row('^Write failed: (.*)$', 'ssh_connection_lost network failure', 'reason')],
};

const login = new RegExp(
  `^(Accepted|Failed|Postponed|Partial) (\\S{1,64}) for (invalid user |illegal user )?(.*) from ${address}${port}(?: ssh\\d)?(?:: (.*))?$`,
);
const pamFailures = /^PAM \d+ more authentication failure/;
const levelPrefix = /^(error|fatal|debug\d|warning): /;
const anyPeer = /(?:from|with|by|host) ([0-9A-Fa-f:.]{2,45})(?: port (\d{1,5}))?\b/;
const publicKey = /^(\S+) (SHA256:\S+|MD5:\S+|[0-9a-f:]{47})/;

export function readSshd(draft: EventDraft, whole: string): boolean {
  const bare = whole.endsWith(' [preauth]') ? whole.slice(0, -10) : whole;
  // `error: `, `fatal: `, `debug1: `, `warning: `: their colon comes early, and most messages have none there.
  const colon = bare.indexOf(':');
  const level = colon > 0 && colon < 8 ? levelPrefix.exec(bare) : null;
  const message = level === null ? bare : bare.slice(level[0].length);
  draft.parsedAs('sshd');
  if (level !== null) draft.keyword('log.level', level[1]);
  if (message.startsWith('PAM ') && pamFailures.test(message)) {
    readPamMessage(draft, message, 'sshd');
    return true;
  }
  const first = message.charAt(0);
  if ((first === 'A' || first === 'F' || first === 'P') && readLogin(draft, message)) return true;
  for (const entry of messages[first] ?? []) {
    const match = entry.pattern.exec(message);
    if (match !== null) {
      fill(draft, entry, match);
      return true;
    }
  }
  const peer = anyPeer.exec(message);
  if (peer !== null) draft.endpoint('source', peer[1], peer[2]);
  draft.partly('sshd', 'unknown-message');
  return true;
}

const loginOutcomes: Readonly<Record<string, Outcome>> = { Accepted: 'success', Failed: 'failure' };

function readLogin(draft: EventDraft, message: string): boolean {
  const match = login.exec(message);
  if (match === null) return false;
  const [, verb = '', method, invalid, user, from, fromPort, key] = match;
  draft.event('ssh_login', 'authentication', loginOutcomes[verb] ?? 'unknown');
  draft.keyword('ssh.method', method);
  draft.keyword('user.name', user);
  draft.endpoint('source', from, fromPort);
  if (invalid !== undefined) draft.keyword('event.reason', 'invalid user');
  const fingerprint = key === undefined ? null : publicKey.exec(key);
  if (fingerprint !== null) draft.keyword('ssh.key_fingerprint', fingerprint[2]);
  return true;
}

function fill(draft: EventDraft, entry: SshdMessage, match: RegExpExecArray): void {
  draft.event(entry.action, entry.category, entry.outcome);
  entry.groups.forEach((what, index) => {
    const value = match[index + 1];
    if (value === undefined || what === 'skip') return;
    if (what === 'user') draft.keyword('user.name', value);
    else if (what === 'address') draft.endpoint('source', value);
    else if (what === 'port') draft.long('source.port', value);
    else draft.keyword('event.reason', value);
  });
}

/** `event` is action, category and, where the message decides it, outcome. */
function row(pattern: string, event: string, groups: string): SshdMessage {
  const [action = '', category = '', outcome] = event.split(' ');
  return {
    pattern: new RegExp(pattern, 's'),
    action,
    category,
    ...(outcome === 'success' || outcome === 'failure' ? { outcome } : {}),
    groups: groups === '' ? [] : (groups.split(' ') as SshdMessage['groups']),
  };
}
