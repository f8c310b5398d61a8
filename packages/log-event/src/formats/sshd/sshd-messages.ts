/**
 * OpenSSH's server messages (auth*.c, monitor.c, session.c, sshd.c, packet.c, kex.c, serverloop.c of 3.x to 10.x) that are
 * neither an attempt to sign in nor a disconnection with a reason.
 *
 * What a client types (its user name, its version, a reason, a subsystem) may hold any text, also a message of this very
 * format. So a pattern with a typed part is anchored on the other side: an address before it is found from the left, one
 * behind it from the right. Addresses hold no blanks, and only with a port behind it may one follow a user's name directly.
 */

export type SshdPart = 'user' | 'address' | 'port' | 'reason' | 'root';

export interface SshdMessage {
  pattern: RegExp;
  action: string;
  category: string;
  outcome?: 'success' | 'failure';
  /** What the groups of the pattern are, in order; `root` is no group. */
  parts: readonly SshdPart[];
}

const user = '(.{0,1024})';
const address = '(\\S{1,255})';
const peer = `${address} port (\\d{1,5})`;
/** Up to version 7.2 messages had no port, and no user beside an address. */
const olderPeer = `${address}(?: port (\\d{1,5}))?`;
/** `invalid user bob `, `authenticating user bob `, `user bob `. */
const preamble = `(?:(?:\\S{1,32} )?user ${user} )?`;
const ofAny = '(?:(?:invalid|illegal) user )?';

/** By first letter of the message, most frequent first. */
export const sshdMessages: Readonly<Record<string, readonly SshdMessage[]>> = {
  A: [
    row(`^Access denied for user ${user} (by PAM account configuration)`, 'denied', 'user reason'),
    row(`^Account ${user} (has expired)`, 'denied', 'user reason'),
    row(
      `^Authentication tried for ${user} (with correct key but not from a permitted host) \\(host=\\S{0,255}, ip=([^\\s,)]{1,64})(?:, required=.{0,512})?\\)\\.?$`,
      'denied',
      'user reason address',
    ),
    row(
      `^Authentication tried for ${user} (with valid certificate but not from a permitted source (?:address|host)) \\(([^\\s()]{1,255})\\)\\.?$`,
      'denied',
      'user reason address',
    ),
    row('^(Authentication (?:refused: |key \\S+ \\S+ revoked).*)$', 'denied', 'reason'),
    row(`^Address ${address} maps to `, 'ssh_reverse_lookup network failure', 'address'),
    row(`^Authorized to ${user}, krb5 principal `, 'ssh_authorized authentication', 'user'),
    row('^Accepted (?:key|certificate ID) ', 'ssh_key_accepted authentication', ''),
  ],
  B: [
    row(
      `^Bad (?:remote )?protocol version identification .{0,1024} from ${olderPeer}$`,
      'ssh_bad_protocol network failure',
      'address port',
    ),
    row('^Bad packet length \\d+', 'ssh_protocol_error network failure', ''),
    row('^(Bind to port \\d+ on \\S+ failed.*)$', 'ssh_server_listening process failure', 'reason'),
  ],
  C: [
    row(`^Connection (?:closed|reset) by ${preamble}${peer}$`, 'ssh_connection_closed network', 'user address port'),
    row(`^Connection from ${peer}(?: on \\S+ port \\d+.*)?$`, 'ssh_connection network', 'address port'),
    row(`^Connection (?:closed|reset) by ${address}$`, 'ssh_connection_closed network', 'address'),
    row(
      `^Close session: user ${user} from ${olderPeer}(?: id \\d{1,9})?$`,
      'ssh_session_closed session success',
      'user address port',
    ),
    row(
      `^Connection from ${preamble}${peer} (timed out)$`,
      'ssh_connection_lost network failure',
      'user address port reason',
    ),
    row(
      `^Connection from ${preamble}${peer}: (.*)$`,
      'ssh_connection_lost network failure',
      'user address port reason',
    ),
    row('^(Corrupted (?:MAC on input|padlen|check bytes).*)$', 'ssh_protocol_error network failure', 'reason'),
    row(`^(Could not get shadow information) for ${user}$`, 'ssh_account_unreadable authentication', 'reason user'),
    row('^(Could not stat AuthorizedKeysCommand .*)$', 'ssh_key_refused authentication failure', 'reason'),
    row('^(Cannot bind any address)', 'ssh_server_listening process failure', 'reason'),
    row('^(Certificate (?:invalid|does not|lacks).*)$', 'ssh_key_refused authentication failure', 'reason'),
    row('^Changed root directory to ', 'ssh_root_directory session success', ''),
  ],
  D: [
    row(`^Disconnected from ${preamble}${peer}$`, 'ssh_disconnected session', 'user address port'),
    row(`^Disconnected from ${address}$`, 'ssh_disconnected session', 'address'),
    row(
      `^Disconnecting: (Too many authentication failures) for ${ofAny}${user} from ${peer}(?: ssh\\d)?$`,
      'ssh_max_attempts authentication failure',
      'reason user address port',
    ),
    row(
      `^Disconnecting: (Too many authentication failures) for ${ofAny}${user}$`,
      'ssh_max_attempts authentication failure',
      'reason user',
    ),
    row(`^Disconnecting ${peer}: (.*)$`, 'ssh_disconnecting session failure', 'address port reason'),
    row(`^Disconnecting ${peer}$`, 'ssh_disconnecting session failure', 'address port'),
    row('^Disconnecting: (.*)$', 'ssh_disconnecting session failure', 'reason'),
    row(
      `^Did not receive identification string from ${olderPeer}$`,
      'ssh_no_identification network failure',
      'address port',
    ),
  ],
  I: [
    row(
      `^(?:Invalid|Illegal) user ${user} from ${olderPeer}$`,
      'ssh_invalid_user authentication failure',
      'user address port',
    ),
  ],
  M: [
    row(`^Magic value check failed .{0,128} from ${olderPeer}`, 'ssh_bad_protocol network failure', 'address port'),
    row('^(Missing privilege separation directory.*)$', 'ssh_server_listening process failure', 'reason'),
  ],
  N: [
    row(
      `^Nasty PTR record ".{0,1024}" is set up for ${address}, ignoring$`,
      'ssh_reverse_lookup network failure',
      'address',
    ),
  ],
  P: [
    row(
      `^PAM: (.{1,128}?) for ${ofAny}${user} from ${address}(?: via \\S{1,255})?$`,
      'ssh_login authentication failure',
      'reason user address',
    ),
    row(`^PAM: password authentication accepted for ${user}$`, 'ssh_login authentication success', 'user'),
    row(
      `^PAM: (password authentication failed) for (?:an |the )?${ofAny}${user}: .{0,256}$`,
      'ssh_login authentication failure',
      'reason user',
    ),
    row('^PAM: (pam_(?:open|close)_session\\(\\): .*)$', 'ssh_session_refused session failure', 'reason'),
    row('^PAM: (pam_[a-z_]+\\(\\): .*)$', 'ssh_pam_error authentication failure', 'reason'),
    row('^PAM service\\(\\S{1,64}\\) (ignoring max retries; .*)$', 'ssh_max_attempts authentication failure', 'reason'),
    row(
      `^Protocol major versions differ(?: for ${olderPeer})?: (.*)$`,
      'ssh_bad_protocol network failure',
      'address port reason',
    ),
    row('^(Public key \\S+ \\S+ (?:blacklisted|revoked).*)$', 'ssh_key_refused authentication failure', 'reason'),
  ],
  R: [
    row(
      `^Received disconnect from ${olderPeer}: ?(?:\\d{1,10}: ?)?(.*)$`,
      'ssh_disconnected session',
      'address port reason',
    ),
    row(`^ROOT LOGIN REFUSED FROM ${olderPeer}$`, 'denied', 'address port root'),
    row('^Received signal \\d+; terminating', 'ssh_server_stopped process success', ''),
    row('^Received SIGHUP; restarting', 'ssh_server_restarted process success', ''),
    row(
      `^Read error from remote host ${olderPeer}: (.*)$`,
      'ssh_connection_lost network failure',
      'address port reason',
    ),
    row(`^(Read from socket failed: .*)$`, 'ssh_connection_lost network failure', 'reason'),
    row(
      `^Received request from ${peer} (to connect to .* the request was denied)`,
      'ssh_forward_denied network failure',
      'address port reason',
    ),
    row('^Received request (to connect to .* the request was denied)', 'ssh_forward_denied network failure', 'reason'),
  ],
  S: [
    row('^Server listening on \\S+ port \\d+', 'ssh_server_listening process success', ''),
    row(
      `^Starting session: .{1,1024} for ${user} from ${olderPeer}(?: id \\d{1,9})?$`,
      'ssh_session_opened session success',
      'user address port',
    ),
  ],
  T: [
    row(
      `^Timeout before authentication for (?:connection from )?([^\\s,]{1,255})(?: port (\\d{1,5}))?(?: to |$|\\.$)`,
      'ssh_login_timeout authentication failure',
      'address port',
    ),
    row(
      `^(Timeout, client not responding) from ${preamble}${peer}$`,
      'ssh_connection_lost network failure',
      'reason user address port',
    ),
    row('^(Timeout, (?:client|your session) not responding)', 'ssh_connection_lost network failure', 'reason'),
    row(
      `^(Too many authentication failures) for ${ofAny}${user}$`,
      'ssh_max_attempts authentication failure',
      'reason user',
    ),
    row('^Transferred: sent \\d+', 'ssh_transferred session', ''),
  ],
  U: [
    row('^(Unable to negotiate a key exchange method)', 'ssh_negotiation_failed network failure', 'reason'),
    row('^(Unsafe AuthorizedKeysCommand.*)$', 'ssh_key_refused authentication failure', 'reason'),
    row(`^User ${user} from ${address} (not allowed because .{1,512})$`, 'denied', 'user address reason'),
    row(`^User ${user} (not allowed because .{1,512})$`, 'denied', 'user reason'),
    row(`^User ${user} (password has expired .{1,64})$`, 'denied', 'user reason'),
    row(
      `^User ${user} (authorized (?:keys|principals) .{1,1024} is not a regular file)$`,
      'ssh_key_refused authentication failure',
      'user reason',
    ),
    row('^User child is on pid \\d+', 'ssh_child_started process', ''),
    row(
      `^Unable to negotiate with ${olderPeer}: (.*)$`,
      'ssh_negotiation_failed network failure',
      'address port reason',
    ),
  ],
  W: [row('^Write failed: (.*)$', 'ssh_connection_lost network failure', 'reason')],
  b: [
    row(`^banner exchange: Connection from ${peer}: (.*)$`, 'ssh_bad_protocol network failure', 'address port reason'),
    row('^(beginning MaxStartups throttling)', 'ssh_connection_throttled network failure', 'reason'),
  ],
  d: [
    row(
      '^drop connection #\\d+ from \\[([^\\s\\]]{1,255})\\]:(\\d{1,5})(?: on \\[[^\\s\\]]{1,255}\\]:\\d{1,5})?(?: rdomain \\S+)?[: ]*(.*)$',
      'ssh_connection_dropped network failure',
      'address port reason',
    ),
    row(
      `^drop connection #\\d+(?: from ${peer})?[: ]*(.*)$`,
      'ssh_connection_dropped network failure',
      'address port reason',
    ),
    row('^(dispatch_protocol_error: .*)$', 'ssh_protocol_error network failure', 'reason'),
  ],
  e: [row('^exited MaxStartups throttling', 'ssh_connection_throttled network', '')],
  i: [
    row(
      `^input_userauth_request: (?:invalid|illegal) user ${user}$`,
      'ssh_invalid_user authentication failure',
      'user',
    ),
  ],
  k: [
    row('^kex_exchange_identification: (.*)$', 'ssh_bad_protocol network failure', 'reason'),
    row('^(kex[_ ](?:protocol error|protocol_error|input_kexinit).*)$', 'ssh_protocol_error network failure', 'reason'),
  ],
  m: [
    row(
      `^maximum authentication attempts exceeded for ${ofAny}${user} from ${olderPeer}(?: ssh\\d)?$`,
      'ssh_max_attempts authentication failure',
      'user address port',
    ),
    row('^(m(?:m_|onitor_).*)$', 'ssh_monitor_error process failure', 'reason'),
  ],
  n: [row('^(no (?:matching|more) .*)$', 'ssh_negotiation_failed network failure', 'reason')],
  p: [
    row(`^probed from ${olderPeer} with .*$`, 'ssh_probe network failure', 'address port'),
    row('^(padding error: .*)$', 'ssh_protocol_error network failure', 'reason'),
  ],
  r: [
    row(
      '^reverse mapping checking getaddrinfo for \\S{1,700} \\[([^\\s\\]]{1,255})\\] failed',
      'ssh_reverse_lookup network failure',
      'address',
    ),
    row('^refused connect from .{1,512} \\((\\S{1,255})\\)$', 'ssh_connection_refused network failure', 'address'),
    row('^refused connect from (\\S{1,255})$', 'ssh_connection_refused network failure', 'address'),
    row(
      `^refused (?:local|streamlocal) port forward: originator ${peer}, (.*)$`,
      'ssh_forward_denied network failure',
      'address port reason',
    ),
  ],
  s: [
    row(
      `^subsystem request for .{0,1024} by user ${user} (failed, subsystem not found)$`,
      'ssh_subsystem session failure',
      'user reason',
    ),
    row(`^subsystem request for .{0,1024} by user ${user}$`, 'ssh_subsystem session', 'user'),
    row(
      `^ssh_dispatch_run_fatal: Connection from ${preamble}${peer}: (.*)$`,
      'ssh_connection_lost network failure',
      'user address port reason',
    ),
    row(
      `^session opened for local user ${user} from \\[([^\\s\\]]{1,255})\\]$`,
      'ssh_sftp_opened session success',
      'user address',
    ),
    row(
      `^session closed for local user ${user} from \\[([^\\s\\]]{1,255})\\]$`,
      'ssh_sftp_closed session success',
      'user address',
    ),
    row(`^scanned from ${olderPeer} with .*$`, 'ssh_probe network failure', 'address port'),
    row(
      '^srclimit_penalise: (?:ipv[46]: )?(?:new )?(\\S{1,255}?)(?:/\\d{1,3})? .{0,128} for penalty: (.*)$',
      'ssh_connection_penalised network failure',
      'address reason',
    ),
  ],
  u: [
    row('^userauth_(?:pubkey|hostbased): (.*)$', 'ssh_key_refused authentication failure', 'reason'),
    row('^userauth_hostbased (mismatch: .*)$', 'ssh_key_refused authentication failure', 'reason'),
  ],
};

/** `event` is action, category and, where the message decides it, outcome; `denied` is a refused sign-in. */
function row(pattern: string, event: string, parts: string): SshdMessage {
  const [action = '', category = '', outcome] = (
    event === 'denied' ? 'ssh_login_denied authentication failure' : event
  ).split(' ');
  return {
    pattern: new RegExp(pattern, 's'),
    action,
    category,
    ...(outcome === 'success' || outcome === 'failure' ? { outcome } : {}),
    parts: parts === '' ? [] : (parts.split(' ') as SshdPart[]),
  };
}
