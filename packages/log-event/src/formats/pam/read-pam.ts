/**
 * Messages of PAM modules: `pam_unix(sshd:session): session opened for user root by (uid=0)`, and the older forms
 * `(pam_unix) …`, `pam_unix: …`, and with the module in the syslog tag, `sshd(pam_unix)[19939]: …`.
 */

import { isBuiltInAdministrator } from '../../classes/built-in-administrator.ts';
import type { EventDraft } from '../../event-draft.ts';
import { pamMessages, type PamMessage } from './pam-messages.ts';
import { readFailure } from './read-failure.ts';
import { changesUser, isUnattended } from './services.ts';

const modulePrefix = /^(?:pam_[a-z0-9_]+)\(([^:()\s]{1,64}):([a-z_-]{1,16})\): /;
const olderPrefix = /^(?:\(pam_[a-z0-9_]{1,32}\)|pam_[a-z0-9_]{1,32}(?:\[\d{1,10}\])?:) /;

/** Whether the message itself names a PAM module. */
export function startsPam(message: string): boolean {
  return message.startsWith('pam_') || message.startsWith('(pam_');
}

/** Reads a message that names its module; false when it is none after all. */
export function readPam(draft: EventDraft, message: string): boolean {
  const match = modulePrefix.exec(message);
  if (match !== null) {
    readPamMessage(draft, message.slice(match[0].length), match[1] ?? '');
    return true;
  }
  const older = olderPrefix.exec(message);
  if (older === null) return false;
  const program = draft.get('process.name');
  readPamMessage(draft, message.slice(older[0].length), typeof program === 'string' ? program : '');
  return true;
}

const name = '(.{1,256}?)';
const session = new RegExp(
  `^session (opened|closed) for user ${name}(?:\\(uid=(\\d{1,10})\\))?(?: by (.{0,256}?)\\(uid=(\\d{1,10})\\))?$`,
  's',
);
const results = /^(?:PAM )?(?:(\d+) more )?authentication (failures?|success); /;

/** The message after the module. `service` is the program on whose behalf it speaks. */
export function readPamMessage(draft: EventDraft, message: string, service: string): void {
  draft.parsedAs('pam');
  draft.keyword('service.name', service);
  if (!readKnown(draft, message, service)) draft.partly('pam', 'unknown-message');
}

function readKnown(draft: EventDraft, message: string, service: string): boolean {
  const first = message.charCodeAt(0);
  // Nearly all messages are of these two kinds.
  if (first === 115) {
    const opened = session.exec(message.trimEnd());
    if (opened !== null) {
      readSession(draft, opened, service);
      return true;
    }
  }
  const result = results.exec(message);
  if (result !== null) {
    const failed = result[2] !== 'success';
    draft.event(failed ? 'authentication_failed' : 'authentication', 'authentication', failed ? 'failure' : 'success');
    readFailure(draft, message.slice(result[0].length), service);
    if (result[1] !== undefined) draft.label('failure_count', result[1]);
    return true;
  }
  for (const entry of pamMessages) {
    const match = entry.pattern.exec(message);
    if (match === null) continue;
    fill(draft, entry, match);
    return true;
  }
  return false;
}

function fill(draft: EventDraft, { action, category, outcome, parts }: PamMessage, match: RegExpExecArray): void {
  if (action !== '') draft.event(action, category, outcome);
  for (let i = 0; i < parts.length; i++) {
    const value = match[i + 1];
    const part = parts[i];
    if (part === 'source') readOrigin(draft, value);
    else draft.keyword(partNames[part ?? 'reason'], value);
  }
}

const partNames = {
  user: 'user.name',
  id: 'user.id',
  target: 'user.target.name',
  tty: 'process.tty.name',
  reason: 'event.reason',
  source: 'source.address',
} as const;

/** pam_access names a terminal where the user did not come over the network. */
function readOrigin(draft: EventDraft, value: string | undefined): void {
  if (value !== undefined && /^(?:tty|pts\/|:\d|\/dev\/)/.test(value)) draft.keyword('process.tty.name', value);
  else draft.endpoint('source', value);
}

/** In a session of su or sudo the acting user is the one named after `by`; elsewhere the session's own. */
function readSession(draft: EventDraft, match: RegExpExecArray, service: string): void {
  const [, what, user, uid, by, byId] = match;
  draft.event(what === 'opened' ? 'session_opened' : 'session_closed', 'session', 'success');
  if (!isUnattended(service)) draft.classify('authentication-use');
  if (changesUser(service)) {
    if (what === 'opened' && !isAdministrators(by, byId)) draft.classify('privilege-elevation');
    draft.keyword('user.name', by);
    draft.keyword('user.id', byId);
    draft.keyword('user.effective.name', user);
    draft.keyword('user.effective.id', uid);
    return;
  }
  draft.keyword('user.name', user);
  draft.keyword('user.id', uid);
}

/** Older programs say their own effective id, which is root's, beside the name of who called them. */
function isAdministrators(by: string | undefined, id: string | undefined): boolean {
  return by === undefined || by === '' ? id === '0' : isBuiltInAdministrator(by);
}
