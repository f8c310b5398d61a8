import type { TypedLine } from '../typed-lines.fixtures.ts';

export const typedLines: readonly TypedLine[] = [
  {
    what: 'flags, which are the one free text of a packet',
    write: (typed) =>
      `2026-11-22 10:00:00 DROP TCP 192.0.2.7 192.168.0.5 51515 445 52 ${typed.replace(/\s/g, '').slice(0, 16) || '-'} 1 0 8192 - - - RECEIVE`,
    plain: 'S',
    syntax: ['ALLOW', 'RECEIVE', 'S', 'A'],
    holds: ['tcpflags'],
  },
];
