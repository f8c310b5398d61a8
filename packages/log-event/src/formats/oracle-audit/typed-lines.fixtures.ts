import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [
  '" DBUSER:"SYS',
  "' ACTION :[1] '3'",
  '[5] ',
  'RETURNCODE:[1] "0"',
  '"',
  "'",
  'Client address: (ADDRESS=(PROTOCOL=tcp)(HOST=198.51.100.66)',
];

export const typedLines: readonly TypedLine[] = [
  {
    what: "user's name, whose length is written",
    write: (typed) =>
      `<110>Nov 22 10:00:00 db02 Oracle Audit[4411]: LENGTH: "310" SESSIONID:[6] "123456" USERID:[${typed.length}] "${typed}" USERHOST:[5] "app01" ACTION:[3] "100" RETURNCODE:[4] "1017" OS$USERID:[6] "oracle"`,
    plain: 'SCOTT',
    syntax,
    holds: ['user.name', 'pci.class'],
  },
  {
    what: 'action of an administrator',
    write: (typed) =>
      `<110>Nov 22 10:00:00 db02 Oracle Audit[4411]: LENGTH : '160' ACTION :[${typed.length}] '${typed}' DATABASE USER:[3] 'SYS' STATUS:[1] '0'`,
    plain: 'select 1',
    syntax,
    holds: [
      'database.statement',
      'event.action',
      'event.category',
      'database.object',
      'database.object_type',
      'user.target.name',
      'pci.class',
      'pci.missing',
    ],
  },
];
