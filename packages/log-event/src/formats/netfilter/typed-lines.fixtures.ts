import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = ['IN=evil OUT=', ' SRC=198.51.100.66', ' DST=198.51.100.66', 'DROP', 'ACCEPT', '] ', ' SPT=1'];

export const typedLines: readonly TypedLine[] = [
  {
    what: 'prefix of a rule',
    write: (prefix) =>
      `Nov 22 10:00:00 gw kernel: [12.5] X${prefix} IN=eth0 OUT= MAC=00:1a:2b:3c:4d:5e:00:1a:2b:3c:4d:5f:08:00 SRC=192.0.2.7 DST=198.51.100.7 LEN=40 PROTO=TCP SPT=4001 DPT=22`,
    plain: 'DROP',
    syntax: syntax.filter((piece) => !piece.includes('SRC=')),
    holds: ['rule.name', 'event.action', 'event.outcome', 'pci.class', 'pci.missing'],
  },
];
