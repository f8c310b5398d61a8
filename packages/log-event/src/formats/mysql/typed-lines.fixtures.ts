import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [
  "'@'198.51.100.66' (using password: NO)",
  "'",
  ',0',
  ',1,2,CONNECT,db,,0',
  ',QUERY,',
  "\\'",
  'Access denied for user ',
  '[Note] ',
  '<',
];

export const typedLines: readonly TypedLine[] = [
  {
    what: "user's name in the error log",
    write: (typed) =>
      `2026-11-22T01:00:00.861934Z 25 [Note] [MY-010926] [Server] Access denied for user '${typed}'@'192.0.2.7' (using password: YES)`,
    plain: 'bob',
    syntax,
    holds: ['user.name'],
  },
  {
    what: "user's name in server_audit",
    write: (typed) => `20261122 10:00:00,db01,${typed},192.0.2.7,8,0,FAILED_CONNECT,,,1045`,
    plain: 'bob',
    syntax,
    holds: ['user.name'],
  },
  {
    what: 'statement in server_audit',
    write: (typed) =>
      `20261122 10:00:00,db01,alice,192.0.2.7,8,9,QUERY,shop,'select ${typed.replace(/[\\']/g, '\\$&')}',0`,
    plain: 'x',
    syntax,
    holds: ['database.statement', 'database.object', 'user.name', 'source.ip'],
  },
];
