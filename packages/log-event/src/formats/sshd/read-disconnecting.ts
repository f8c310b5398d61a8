/**
 * `Disconnecting invalid user bob 192.0.2.1 port 5: reason`. The user is typed, and one reason repeats what was typed:
 * `Change of username or service not allowed: (bob,ssh-connection) -> (alice,ssh-connection)`.
 */

import type { EventDraft } from '../../event-draft.ts';
import { sshText } from './ssh-text.ts';

const start = /^Disconnecting (?:(?:invalid|authenticating|illegal) )?user /;
const peers = / (\S{1,255}) port (\d{1,5})(?=: |$)/g;
const changed = 'Change of username or service not allowed: (';
const wholeChange = /,[^,()\s]{0,64}\) -> \(.*,[^,()\s]{0,64}\)$/s;
/** The server cuts the reason here. */
const maxReasonChars = 100;
const maxPeers = 32;

interface Reading {
  user: string;
  address: string;
  port: string;
  reason: string;
}

/** False when the message is no disconnection of a user. */
export function readDisconnecting(draft: EventDraft, message: string): boolean {
  const match = start.exec(message);
  if (match === null) return false;
  const readings = findReadings(message.slice(match[0].length));
  if (readings.length === 0) return false;
  draft.event('ssh_disconnecting', 'session', 'failure');
  const reading = serversWord(readings);
  if (reading === undefined) {
    draft.partly('sshd', 'malformed');
    return true;
  }
  draft.keyword('user.name', sshText(reading.user));
  draft.endpoint('source', reading.address, reading.port);
  draft.keyword('event.reason', reading.reason);
  return true;
}

function findReadings(rest: string): Reading[] {
  const found: Reading[] = [];
  peers.lastIndex = 0;
  for (let match = peers.exec(rest); match !== null && found.length < maxPeers; match = peers.exec(rest)) {
    const [, address = '', port = ''] = match;
    found.push({ user: rest.slice(0, match.index), address, port, reason: rest.slice(peers.lastIndex + 2) });
  }
  return found;
}

/** Only that one reason can hold an address, and then it names the user again. */
function serversWord(readings: readonly Reading[]): Reading | undefined {
  const last = readings.at(-1);
  const repeating = readings.filter(repeatsUser);
  if (repeating.length === 0) return last;
  const [first] = repeating;
  if (first === last || readings.length === 1) return last;
  // A cut reason may hold the start of another message, and a user's name the whole of this one.
  return repeating.length === 1 && last !== undefined && last.user.includes(changed) ? first : undefined;
}

function repeatsUser({ user, reason }: Reading): boolean {
  if (!reason.startsWith(changed)) return false;
  const said = reason.slice(changed.length);
  const isCut = reason.length >= maxReasonChars;
  if (isCut && said.length <= user.length) return user.startsWith(said);
  return said.startsWith(`${user},`) && (isCut || wholeChange.test(said.slice(user.length)));
}
