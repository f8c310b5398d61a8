import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [
  '): query: ',
  ' IN A +E(0)K (198.51.100.66)',
  ': query: ',
  '198.51.100.66#1',
  "' denied",
  'client @0x1 198.51.100.66#1 (x): ',
];

export const typedLines: readonly TypedLine[] = [
  {
    what: 'name that is asked for',
    write: (name) =>
      `Nov 22 10:00:00 ns1 named[7]: client @0x7f12 192.0.2.7#4001 (${name}): query: ${name} IN A +E(0)K (192.0.2.53)`,
    plain: 'www.example.jp',
    syntax,
    holds: [
      'dns.question.name',
      'event.reason',
      'event.action',
      'dns.question.type',
      'destination.ip',
      'question',
      'what',
      'event.outcome',
      'pci.class',
      'pci.missing',
      'zone',
      'state',
    ],
  },
];
