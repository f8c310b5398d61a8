/**
 * What the modules of Linux-PAM and others say besides sessions and failures: refusals, locked and expired accounts, changed
 * passwords. A name in them was typed, and may hold any text: it is found between what stands before and behind it.
 */

export type PamPart = 'user' | 'id' | 'target' | 'source' | 'tty' | 'reason';

export interface PamMessage {
  pattern: RegExp;
  /** '' where the message is no act. */
  action: string;
  category: string;
  outcome?: 'success' | 'failure';
  /** What the groups of the pattern are, in order. */
  parts: readonly PamPart[];
}

const name = '(.{0,256})';
const failed = 'authentication_failed authentication failure';
const denied = 'access_denied authentication failure';
const granted = 'access_granted authentication success';

export const pamMessages: readonly PamMessage[] = [
  // pam_unix
  row('^check pass; (user unknown)$', 'password_check authentication failure', 'reason'),
  row(`^auth (could not identify password) for \\[${name}\\]$`, failed, 'reason user'),
  row(`^(could not identify user) \\(from [a-z]{1,16}\\(${name}\\)\\)$`, failed, 'reason user'),
  row(`^(bad username) \\[${name}\\]$`, failed, 'reason user'),
  row(
    `^account ${name} has expired \\((account expired|failed to change password)\\)$`,
    'account_expired iam failure',
    'user reason',
  ),
  row(`^expired password for user ${name} \\((.{1,64})\\)$`, 'password_expired iam failure', 'user reason'),
  row(`^(?:account|password for user) ${name} (has expired.{0,64})$`, 'account_expired iam failure', 'user reason'),
  row(`^password for user ${name} (will expire in \\d{1,5} days?)$`, '', 'user reason'),
  row(`^password changed for ${name}$`, 'password_changed iam success', 'target'),
  row('^password - \\((?:old|new)\\) (token not obtained)$', 'password_changed iam failure', 'reason'),
  row('^(new (?:shadow )?password not acceptable.{0,64})$', 'password_changed iam failure', 'reason'),
  row(
    `^user \\[${name}\\] (has blank password; authenticated without it)$`,
    'authentication authentication success',
    'user reason',
  ),
  row(`^user "${name}" (does not exist in .{1,256})$`, failed, 'user reason'),
  // what su and others say of a call that failed: `pam_authenticate: Authentication failure`
  row(
    '^(Authentication failure|Permission denied|User not known to the underlying authentication module|Authentication service cannot retrieve authentication info|User account has expired)$',
    failed,
    'reason',
  ),
  // pam_sss, pam_winbind
  row(`^received for user ${name}: (\\d{1,3} \\(.{1,128}\\))$`, failed, 'user reason'),
  row(`^Access denied for user ${name}: (\\d{1,3} \\(.{1,128}\\))$`, denied, 'user reason'),
  row(
    `^Password change failed for user ${name}: (\\d{1,3} \\(.{1,128}\\))$`,
    'password_changed iam failure',
    'target reason',
  ),
  row(`^user '${name}' granted access$`, granted, 'user'),
  row(`^user '${name}' OK$`, granted, 'user'),
  row(`^user '${name}' (denied access \\(.{1,256}\\))$`, denied, 'user reason'),
  row(`^user '${name}' (.{1,64}(?:expired|locked|disabled).{0,64})$`, denied, 'user reason'),
  row(`^request \\S{1,64} (failed: .{1,1024})$`, failed, 'reason'),
  // pam_faillock, pam_tally, pam_tally2
  row(
    `^user ${name} \\((\\d{1,10})\\) (tally \\d{1,10}, deny \\d{1,10})$`,
    'account_locked authentication failure',
    'user id reason',
  ),
  row(
    `^user ${name} \\((\\d{1,10})\\) (has time limit .{1,64})$`,
    'account_locked authentication failure',
    'user id reason',
  ),
  row(
    `^Consecutive login failures for user ${name} account (?:temporarily |permanently )?locked$`,
    'account_locked authentication failure',
    'user',
  ),
  row(`^(User unknown)(?:: ${name})?$`, failed, 'reason user'),
  // pam_google_authenticator
  row(`^Accepted google_authenticator for ${name}$`, 'authentication authentication success', 'user'),
  row(`^(Invalid verification code) for ${name}$`, failed, 'reason user'),
  row(`^(Failed to (?:read|open|acquire) ".{1,1024}") for "${name}"$`, failed, 'reason user'),
  row('^(Too many concurrent login attempts .{0,1024})$', failed, 'reason'),
  row('^(Trying to reuse a previously used time-based code.{0,128})$', failed, 'reason'),
  row('^(Did not receive verification code from user)$', failed, 'reason'),
  row('^(Dummy password supplied by PAM\\..{0,256})$', failed, 'reason'),
  // pam_listfile, pam_wheel, pam_access, pam_securetty, pam_succeed_if, pam_limits, pam_lastlog, pam_shells, pam_nologin
  row(`^Refused user ${name} for service \\S{1,64}$`, denied, 'user'),
  row(`^Access denied to '${name}' for '([^']{0,256})'$`, denied, 'user target'),
  row(`^Access granted to '${name}' for '([^']{0,256})'$`, granted, 'user target'),
  row(`^access denied for user [\`']${name}' from [\`'](\\S{0,255})'$`, denied, 'user source'),
  row("^(access denied: tty '([^']{0,64})' is not secure.{0,8})$", denied, 'reason tty'),
  row(`^requirement "(.{0,512}?)" not met by user "${name}"$`, denied, 'reason user'),
  row(`^requirement "(.{0,512}?)" was met by user "${name}"$`, granted, 'reason user'),
  row(`^(Too many (?:system )?logins \\(max \\d{1,6}\\)) for ${name}$`, denied, 'reason user'),
  row(`^user ${name} (inactive for \\d{1,6} days - denied)$`, denied, 'user reason'),
  row("^(User has an invalid shell '.{0,512}')$", denied, 'reason'),
  row(`^(?:Login )?access (?:refused|denied) for user \\[?${name}\\]?$`, denied, 'user'),
  row(
    `^(?:denied|not allowed) (?:access )?to (\\S{1,256})@(\\S{1,255}) as ${name}(?:: .{1,128})?$`,
    denied,
    'user source target',
  ),
  // pam_krb5, pam_ldap
  row(`^user ${name} authenticated as \\S{1,512}$`, 'authentication authentication success', 'user'),
  row(`^authentication succeeds for '${name}' \\(\\S{1,512}\\)$`, 'authentication authentication success', 'user'),
  row(`^authentication fails for '${name}' \\(\\S{1,512}\\): (.{1,256})$`, failed, 'user reason'),
  row('^error trying to bind as user "(?:uid|cn)=([^,"]{1,256}),.{1,1024}" \\((.{1,128})\\)$', failed, 'user reason'),
  row(`^(?:Authentication failure|Access denied); user=${name}$`, failed, 'user'),
  // pam_pwquality, pam_cracklib, pam_pwhistory
  row('^(?:bad|weak) (?:authentication token|password):? ?(.{0,256})$', 'password_changed iam failure', 'reason'),
  row('^pam_get_authtok_verify returned error: (.{1,256})$', 'password_changed iam failure', 'reason'),
  // whatever else refuses
  row('^((?:[Aa]ccess|[Pp]ermission|[Ll]ogin) (?:denied|refused).{0,512})$', denied, 'reason'),
  row('^([Aa]uthentication (?:failed|failure|denied|error).{0,512})$', failed, 'reason'),
  // pam_systemd, pam_loginuid
  row('^(Failed to (?:create|release) session: .{1,256})$', 'session_refused session failure', 'reason'),
];

/** `event` is action, category and outcome; '' where the message is no act. */
function row(pattern: string, event: string, parts: string): PamMessage {
  const [action = '', category = '', outcome] = event.split(' ');
  return {
    pattern: new RegExp(pattern, 's'),
    action,
    category,
    ...(outcome === 'success' || outcome === 'failure' ? { outcome } : {}),
    parts: parts.split(' ') as PamPart[],
  };
}
