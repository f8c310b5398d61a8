/**
 * The packet log of Windows' firewall (`pfirewall.log`), in the order that its `#Fields` line always has:
 * `2026-11-22 10:00:00 DROP TCP 192.0.2.7 192.168.0.5 51515 445 52 S 1 0 8192 - - - RECEIVE 1234`.
 */

import type { EventDraft } from '../../event-draft.ts';
import type { WallTime } from '../../time/wall-time.ts';

export const windowsFirewallFormat = 'windows-firewall';

const line =
  / (DROP|ALLOW|OPEN|CLOSE|OPEN-INBOUND|INFO-EVENTS-LOST) (\S{1,16}) (\S{1,64}) (\S{1,64}) (\d{1,5}|-) (\d{1,5}|-) (\d{1,10}|-) (\S{1,16}) (?:\S{1,16} ){5}(\S{1,64})(?: (SEND|RECEIVE|FORWARD|UNKNOWN|-))?(?: (\d{1,10}|-))?\s*$/y;

const actions: Readonly<Record<string, string>> = {
  DROP: 'packet_dropped',
  ALLOW: 'connection_allowed',
  OPEN: 'connection_opened',
  'OPEN-INBOUND': 'connection_opened',
  CLOSE: 'connection_closed',
  'INFO-EVENTS-LOST': 'firewall_log_lost',
};

const directions: Readonly<Record<string, string>> = { SEND: 'outbound', RECEIVE: 'inbound' };

/** A line that begins with a time. False when it is none of the firewall's. */
export function readWindowsFirewallLine(draft: EventDraft, wall: WallTime): boolean {
  line.lastIndex = wall.end;
  const match = line.exec(draft.text);
  if (match === null) return false;
  const [, action = '', protocol = '', source, destination, from, to, size, flags = '', , path = '', pid] = match;
  draft.parsedAs(windowsFirewallFormat);
  draft.setWall(wall, 0);
  draft.event(
    actions[action] ?? 'connection_allowed',
    'network',
    action === 'DROP' || action === 'INFO-EVENTS-LOST' ? 'failure' : 'success',
  );
  draft.keyword('network.transport', protocol === '-' ? '' : protocol.toLowerCase());
  draft.endpoint('source', source, from);
  draft.endpoint('destination', destination, to);
  draft.long('network.bytes', size === '-' ? '' : size);
  draft.keyword('network.direction', directions[path]);
  draft.long('process.pid', pid === '-' ? '' : pid);
  if (flags !== '-') draft.label('tcpflags', flags);
  draft.set('process.name', 'mpssvc');
  return true;
}
