/**
 * `logname= uid=0 euid=0 tty=ssh ruser= rhost=192.0.2.1  user=root`: what pam_unix and its relatives say of an attempt,
 * always in this order. `ruser` and `user` may be typed, with any text in them.
 */

import type { EventDraft } from '../../event-draft.ts';
import { changesUser, takesRemoteUser } from './services.ts';

const head = /^(?:logname=(\S*) )?(?:uid=(-?\d*) )?(?:euid=(-?\d*) )?(?:tty=(\S*) )?(?:ruser=|(?=rhost=|user=))/;
const hosts = /(?:^| )rhost=(\S*)(?: {1,2}user=|\s*$)/g;
const maxReadings = 32;

interface Reading {
  actor: string;
  host: string;
  user: string;
}

export function readFailure(draft: EventDraft, pairs: string, service: string): void {
  const match = head.exec(pairs);
  const [all = '', login = '', uid = '', euid = '', tty] = match ?? [];
  const { actor, host, user } = readRest(pairs.slice(all.length), service);
  if (changesUser(service)) {
    const who = actor === '' ? login : actor;
    draft.keyword('user.name', who === '' ? user : who);
    if (who !== '') draft.keyword('user.target.name', user);
  } else draft.keyword('user.name', user === '' ? actor : user);
  draft.endpoint('source', host);
  draft.keyword('process.tty.name', tty);
  // Whose the program was that asked, not whom it asked for.
  draft.label('uid', uid);
  draft.label('euid', euid);
}

function readRest(rest: string, service: string): Reading {
  const readings: Reading[] = [];
  hosts.lastIndex = 0;
  for (let match = hosts.exec(rest); match !== null && readings.length < maxReadings; match = hosts.exec(rest)) {
    readings.push({ actor: rest.slice(0, match.index), host: match[1] ?? '', user: rest.slice(hosts.lastIndex) });
    // The next one may begin within what this one took for its user.
    hosts.lastIndex = match.index + 1;
  }
  return choose(readings, service) ?? withoutHost(rest);
}

/**
 * Of several: the one whose two names agree, as those of servers that set both. Where the first name is the caller's own,
 * or is never said as in sshd, what was typed comes last; elsewhere it is the first name that was typed.
 */
function choose(readings: readonly Reading[], service: string): Reading | undefined {
  const [first] = readings;
  if (readings.length < 2) return first;
  const agreeing = readings.filter(({ actor, user }) => actor.trim() !== '' && actor.trim() === user.trim());
  if (agreeing.length === 1) return agreeing[0];
  const isTypedLast = changesUser(service) || (first?.actor === '' && !takesRemoteUser(service));
  return isTypedLast ? first : readings.at(-1);
}

/** `ruser=alice`, `ruser=alice user=root`. */
function withoutHost(rest: string): Reading {
  const at = rest.startsWith('user=') ? 0 : rest.lastIndexOf(' user=');
  if (at < 0) return { actor: rest.trim(), host: '', user: '' };
  return { actor: rest.slice(0, at).trim(), host: '', user: rest.slice(rest.indexOf('=', at) + 1) };
}
