import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = ['","', '00099', '許可', '入室', 'door'];

export const typedLines: readonly TypedLine[] = [
  {
    what: "a visitor's name",
    write: (typed) => `2026/06/29 08:50:12,00050,"${typed.replaceAll('"', '""')}",サーバ室,入室,拒否`,
    plain: '山田 太郎',
    syntax,
    // A name that is a word of the entry system itself is taken for that word: badge, time and format stay.
    holds: [
      'user.name',
      'entry.door',
      'entry.direction',
      'event.action',
      'event.outcome',
      'event.reason',
      'column_1',
      'column_2',
      'pci.class',
      'pci.missing',
      'user.id',
    ],
  },
];
