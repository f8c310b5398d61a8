import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [
  'user=root',
  ',db=x',
  ',client=198.51.100.66',
  'FATAL:  ',
  'LOG:  ',
  'connection authorized: user=root',
  '@shop',
  '[1]',
  '"',
  ' ERROR:  ',
];

export const typedLines: readonly TypedLine[] = [
  {
    what: "user's name in a refusal",
    write: (typed) =>
      `2026-11-22 10:00:00.123 JST [147] 192.0.2.7 [unknown]@[unknown] FATAL:  password authentication failed for user "${typed}"`,
    plain: 'bob',
    syntax,
    holds: ['user.name', 'pci.missing', 'pci.class'],
  },
  {
    what: "user's name in the prefix",
    write: (typed) =>
      `2026-11-22 10:00:00 JST [147]: [3-1] user=${typed},db=shop,app=psql,client=192.0.2.7 FATAL:  the database system is starting up`,
    plain: 'bob',
    syntax,
    holds: [
      'user.name',
      'database.name',
      'application_name',
      'source.ip',
      'log.level',
      'event.action',
      'event.outcome',
      'error.message',
      'event.reason',
      'event.category',
      'pci.class',
      'pci.missing',
      'database.statement',
      'database.object',
      'method',
    ],
  },
  {
    what: 'statement in csvlog',
    write: (typed) =>
      `2026-11-22 10:00:00.123 JST,"alice","shop",1234,"192.0.2.7:51515",6561b3c0.4d2,3,"SELECT",2026-11-22 10:00:00 JST,3/15,0,ERROR,42501,"permission denied for table cards",,,,,,"select '${typed.replaceAll('"', '""')}'",1,,"psql","client backend",,0`,
    plain: 'x',
    syntax: [...syntax, '","', '\n'],
    holds: ['database.statement'],
  },
];
