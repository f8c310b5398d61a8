/** Messages of OpenSSH's server (`sshd`, `sshd-session`, `sshd-auth`): authentication for PCI DSS 10.2.1.4 and 10.2.2. */

import type { EventDraft } from '../../event-draft.ts';
import { readPamMessage } from '../pam/read-pam.ts';
import { readDisconnecting } from './read-disconnecting.ts';
import { readLogin } from './read-login.ts';
import { sshText } from './ssh-text.ts';
import { sshdMessages, type SshdMessage } from './sshd-messages.ts';

const pamFailures = /^PAM \d+ more authentication failure/;
const levelPrefix = /^(error|fatal|debug\d|warning): /;
const preauth = ' [preauth]';
/** A name was tried, and the connection ended before anybody had signed in under it (10.2.1.4). */
const givenUp =
  /^(?:Connection (?:closed|reset) by|Connection from|Disconnected from|Disconnecting) (?:invalid|illegal|authenticating) user /;

export function readSshd(draft: EventDraft, whole: string): boolean {
  const bare = whole.endsWith(preauth) ? whole.slice(0, -preauth.length) : whole;
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
  if ((first === 'C' || first === 'D') && givenUp.test(message)) {
    draft.classify('authentication-use', 'access-denied');
    draft.set('event.outcome', 'failure');
  }
  if (first === 'D' && readDisconnecting(draft, message)) return true;
  for (const entry of sshdMessages[first] ?? []) {
    const match = entry.pattern.exec(message);
    if (match !== null) {
      fill(draft, entry, match);
      return true;
    }
  }
  // An address somewhere in an unknown message may be what a client typed.
  draft.partly('sshd', 'unknown-message');
  return true;
}

function fill(draft: EventDraft, entry: SshdMessage, match: RegExpExecArray): void {
  draft.event(entry.action, entry.category, entry.outcome);
  const { parts } = entry;
  for (let i = 0; i < parts.length; i++) {
    const value = match[i + 1];
    const part = parts[i];
    if (part === 'root') draft.set('user.name', 'root');
    else if (value === undefined) continue;
    else if (part === 'user') draft.keyword('user.name', sshText(value));
    else if (part === 'address') draft.endpoint('source', value);
    else if (part === 'port') draft.long('source.port', value);
    else draft.keyword('event.reason', value);
  }
}
