/**
 * Addresses as network devices write them: `outside:203.0.113.9/443`, `192.0.2.7(3067)`, `inside/192.0.2.7(22)`,
 * `[2001:db8::1]:53`, with a service's name for its port.
 */

import type { EventDraft } from '../event-draft.ts';
import { isIpAddress } from '../ip-address.ts';

const names = {
  source: { port: 'source.port', interface: 'observer.ingress.interface.name' },
  destination: { port: 'destination.port', interface: 'observer.egress.interface.name' },
} as const;

const bracketPort = /^(.{1,128})\((\d{1,5})\)$/;
const word = /^[A-Za-z][\w-]{0,31}$/;

export function readNetworkEndpoint(draft: EventDraft, side: 'source' | 'destination', written: string): void {
  if (isIpAddress(written)) {
    draft.endpoint(side, written);
    return;
  }
  const { address, port, network } = takeApart(written);
  draft.endpoint(side, address);
  draft.keyword(names[side].interface, network);
  if (port === undefined) return;
  if (word.test(port)) draft.keyword('network.protocol', port.toLowerCase());
  else draft.long(names[side].port, port);
}

interface Parts {
  address: string;
  port: string | undefined;
  /** The interface or zone that the device names before the address. */
  network: string | undefined;
}

function takeApart(written: string): Parts {
  const inBrackets = bracketPort.exec(written);
  if (inBrackets !== null) return { ...takeNetwork(inBrackets[1] ?? ''), port: inBrackets[2] };
  const slash = written.lastIndexOf('/');
  const before = slash > 0 ? written.slice(0, slash) : '';
  const behind = written.slice(slash + 1);
  if (slash > 0 && isIpAddress(behind)) return { address: behind, port: undefined, network: before };
  if (slash > 0 && (word.test(behind) || /^\d{1,5}$/.test(behind))) return { ...takeNetwork(before), port: behind };
  return { ...takeNetwork(written), port: undefined };
}

/** `outside:2001:db8::1`: only what makes the rest an address is a name. */
function takeNetwork(written: string): { address: string; network: string | undefined } {
  if (isIpAddress(written)) return { address: written, network: undefined };
  const end = written.search(/[:/]/);
  if (end <= 0) return { address: written, network: undefined };
  const address = written.slice(end + 1);
  // `192.0.2.7:22` has its port there.
  return isIpAddress(written.slice(0, end))
    ? { address: written, network: undefined }
    : { address, network: written.slice(0, end) };
}
