import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [' 8014 84 reachable', ' offset 1.5', ' s', 'assoc 9', ' PPM', '0.0.0.0 c615 05 clock_sync'];

export const typedLines: readonly TypedLine[] = [
  {
    what: 'detail of an event of a peer',
    write: (detail) => `22 Nov 10:00:00 ntpd[7]: 192.0.2.1 801c 8c bad_auth x${detail}`,
    plain: 'text',
    syntax,
    holds: ['event.reason', 'ntp.offset_seconds', 'ntp.frequency_ppm'],
    keeps: ['ntp.peer', 'ntp.status_word', 'ntp.event', 'event.action', 'event.outcome'],
  },
];
