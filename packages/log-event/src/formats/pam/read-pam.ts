/**
 * Messages of PAM modules: `pam_unix(sshd:session): session opened for user root by (uid=0)`, and the older form
 * where the module stands in the syslog tag, `sshd(pam_unix)[19939]: authentication failure; logname= uid=0 …`.
 */

import type { EventDraft } from '../../event-draft.ts';

const modulePrefix = /^(pam_[a-z0-9_]+)\(([^:()\s]{1,64}):([a-z-]{1,16})\): /;

/** Whether the message itself names a PAM module. */
export function startsPam(message: string): boolean {
  return message.startsWith('pam_');
}

/** Reads a message that names its module; false when it is none after all. */
export function readPam(draft: EventDraft, message: string): boolean {
  const match = modulePrefix.exec(message);
  if (match === null) return false;
  readPamMessage(draft, message.slice(match[0].length), match[2] ?? '');
  return true;
}

const session = /^session (opened|closed) for user ([^\s(]+)(?:\(uid=(\d+)\))?(?: by ([^\s(]*)\(uid=(\d+)\))?/;
const failures = /^(?:PAM )?(?:(\d+) more )?authentication failures?; /;
const passwordChanged = /^password changed for (\S+)/;
const tally = /^user (\S+) \((\d+)\) tally (\d+), deny (\d+)/;
const faillock = /^Consecutive login failures for user (\S+) account (\S+) locked/;
const requirement = /^requirement ".{0,200}?" (?:was met by|not met by) user "([^"]*)"/;
const expired = /^(?:account|password for user) (\S+) (?:has expired|will expire)/;

/** The message after the module. `service` is the program on whose behalf it speaks. */
export function readPamMessage(draft: EventDraft, message: string, service: string): void {
  draft.parsedAs('pam');
  draft.keyword('service.name', service);
  if (!readKnown(draft, message, service)) draft.partly('pam', 'unknown-message');
}

function readKnown(draft: EventDraft, message: string, service: string): boolean {
  const opened = session.exec(message);
  if (opened !== null) {
    readSession(draft, opened, service);
    return true;
  }
  const failed = failures.exec(message);
  if (failed !== null) {
    readFailure(draft, message.slice(failed[0].length), service);
    if (failed[1] !== undefined) draft.label('failure_count', failed[1]);
    return true;
  }
  if (message.startsWith('check pass; user unknown')) {
    draft.event('password_check', 'authentication', 'failure');
    draft.keyword('event.reason', 'user unknown');
    return true;
  }
  const changed = passwordChanged.exec(message);
  if (changed !== null) {
    draft.event('password_changed', 'iam', 'success');
    draft.keyword('user.target.name', changed[1]);
    return true;
  }
  const locked = tally.exec(message) ?? faillock.exec(message);
  if (locked !== null) {
    draft.event('account_locked', 'authentication', 'failure');
    draft.keyword('user.name', locked[1]);
    return true;
  }
  const other = requirement.exec(message) ?? expired.exec(message);
  if (other !== null) draft.keyword('user.name', other[1]);
  return other !== null;
}

/** In a session of su or sudo the acting user is the one named after `by`; elsewhere the session's own. */
function readSession(draft: EventDraft, match: RegExpExecArray, service: string): void {
  const [, what, user, uid, by, byId] = match;
  draft.event(what === 'opened' ? 'session_opened' : 'session_closed', 'session', 'success');
  const changesUser = service === 'su' || service === 'su-l' || service === 'sudo' || service === 'sudo-i';
  if (changesUser) {
    draft.keyword('user.name', by);
    draft.keyword('user.id', byId);
    draft.keyword('user.effective.name', user);
    draft.keyword('user.effective.id', uid);
    return;
  }
  draft.keyword('user.name', user);
  draft.keyword('user.id', uid);
}

/** `logname= uid=0 euid=0 tty=ssh ruser= rhost=192.0.2.1  user=root` */
function readFailure(draft: EventDraft, pairs: string, service: string): void {
  draft.event('authentication_failed', 'authentication', 'failure');
  const user = valueOf(pairs, ' user=');
  if (service === 'su' || service === 'sudo') {
    const actor = valueOf(pairs, ' ruser=') ?? valueOf(pairs, 'logname=');
    draft.keyword('user.name', actor ?? user);
    if (actor !== undefined) draft.keyword('user.target.name', user);
  } else draft.keyword('user.name', user);
  draft.endpoint('source', valueOf(pairs, ' rhost='));
  draft.keyword('process.tty.name', valueOf(pairs, ' tty='));
}

function valueOf(pairs: string, key: string): string | undefined {
  const at = pairs.indexOf(key);
  if (at < 0) return undefined;
  const from = at + key.length;
  const blank = pairs.indexOf(' ', from);
  const to = blank < 0 ? pairs.length : blank;
  return to > from ? pairs.slice(from, to) : undefined;
}
