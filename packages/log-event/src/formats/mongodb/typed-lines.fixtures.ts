import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = ['","result":0', '"', '{"user":"root"}', '\n', '\\'];

export const typedLines: readonly TypedLine[] = [
  {
    what: "user's name",
    write: (user) =>
      JSON.stringify({
        atype: 'authenticate',
        ts: { $date: '2026-11-22T10:00:00.123+09:00' },
        remote: { ip: '192.0.2.7', port: 51515 },
        users: [],
        param: { user, db: 'admin' },
        result: 18,
      }),
    plain: 'bob',
    syntax,
    holds: ['user.name', 'param.user', 'pci.missing'],
  },
];
