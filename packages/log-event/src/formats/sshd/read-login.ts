/**
 * `Failed password for invalid user bob from 192.0.2.7 port 50022 ssh2: extra`, OpenSSH's line for each attempt. The user is
 * typed, and so may be parts of what follows the address: a certificate's key id, the user of rhosts. What is said there
 * is bound to the method, and that tells which of several addresses is the server's word.
 */

import type { EventDraft } from '../../event-draft.ts';
import { sshText } from './ssh-text.ts';

const start = /^(Accepted|Failed|Postponed|Partial) (\S{1,64}) for (invalid user |illegal user )?/;
const outcomes: Readonly<Record<string, 'success' | 'failure'>> = { Accepted: 'success', Failed: 'failure' };
const peers = / from (\S{1,255}) port (\d{1,5})(?: ssh\d)?(?=: |$)/g;
const olderPeer = /^(.{0,1024}) from (\S{1,255})$/s;
/** The server cuts a user's name here, before it escapes what is not printable. */
const maxUserBytes = 100;
const maxPeers = 32;

interface Peer {
  user: string;
  address: string;
  port: string;
  extra: string | undefined;
}

/** False when the message is no attempt to sign in. */
export function readLogin(draft: EventDraft, message: string): boolean {
  const match = start.exec(message);
  if (match === null) return false;
  const [all, verb = '', method = '', invalid] = match;
  const rest = message.slice(all.length);
  const found = findPeers(rest);
  const older = found.length === 0 ? olderPeer.exec(rest) : null;
  if (found.length === 0 && older === null) return false;
  draft.event('ssh_login', 'authentication', outcomes[verb] ?? 'unknown');
  draft.keyword('ssh.method', method);
  const peer = older === null ? serversWord(found, method, invalid !== undefined) : olderForm(older);
  if (peer === undefined) {
    draft.partly('sshd', 'malformed');
    return true;
  }
  draft.keyword('user.name', sshText(peer.user));
  draft.endpoint('source', peer.address, peer.port);
  if (invalid !== undefined) draft.keyword('event.reason', 'invalid user');
  const key = peer.extra === undefined ? null : fingerprint.exec(peer.extra);
  if (key !== null) draft.keyword('ssh.key_fingerprint', key[1]);
  return true;
}

function findPeers(rest: string): Peer[] {
  const found: Peer[] = [];
  peers.lastIndex = 0;
  for (let match = peers.exec(rest); match !== null && found.length < maxPeers; match = peers.exec(rest)) {
    const end = peers.lastIndex;
    const extra = end < rest.length ? rest.slice(end + 2) : undefined;
    found.push({ user: rest.slice(0, match.index), address: match[1] ?? '', port: match[2] ?? '', extra });
  }
  return found;
}

function olderForm(match: RegExpExecArray): Peer {
  return { user: match[1] ?? '', address: match[2] ?? '', port: '', extra: undefined };
}

const fingerprint = /^\S{1,64} (SHA\d{1,3}:\S{1,128}|MD5:\S{1,64}|[0-9a-f]{2}(?::[0-9a-f]{2}){15})/;
const plainKey = /^\S{1,64} (?:SHA\d{1,3}:\S{1,128}|MD5:\S{1,64}|[0-9a-f]{2}(?::[0-9a-f]{2}){15})$/;
const certificate = /^\S{1,64}-CERT (?:\S{1,160} )?ID .* \(serial \d{1,20}\) CA \S{1,64} \S{1,160}$/s;
const hostUser = /(?:^|, )client user ".*", client host "[^"\s]{0,255}"$/s;
const rhostsUser = /^ruser .*$/s;

/** The one of several that the method allows; undefined when the line may be read in more than one way. */
function serversWord(found: readonly Peer[], method: string, isTyped: boolean): Peer | undefined {
  if (found.length === 1) return found[0];
  const fitting = found.filter(({ extra }) => fits(method, extra));
  if (fitting.length === 1) return fitting[0];
  const left = fitting.length > 0 ? fitting : found;
  // An account that exists was not named by the client: what follows its address was.
  if (!isTyped) return left[0];
  const short = left.filter(({ user }) => typedLength(user) <= maxUserBytes);
  return short.length === 1 ? short[0] : undefined;
}

/** Bytes, each escape (`\\`, `\n`, `\346`) for one. */
function typedLength(written: string): number {
  return written.replace(/\\(?:[0-3][0-7]{2}|.)/gs, 'x').length;
}

function fits(method: string, extra: string | undefined): boolean {
  if (extra === undefined) return true;
  if (method.startsWith('publickey')) return plainKey.test(extra) || certificate.test(extra);
  if (method.startsWith('hostbased')) return hostUser.test(extra) || plainKey.test(extra);
  if (method.startsWith('gssapi')) return !extra.includes(' ');
  return method.startsWith('rhosts') && rhostsUser.test(extra);
}
