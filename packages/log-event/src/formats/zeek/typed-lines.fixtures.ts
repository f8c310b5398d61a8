import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = ['","id.orig_h":"198.51.100.66', '"}', '"auth_success":true', '\\"', '{', '\t198.51.100.66'];

export const typedLines: readonly TypedLine[] = [
  {
    what: 'name that a client gives',
    write: (user) =>
      JSON.stringify({
        ts: 1795345201.5,
        uid: 'CAbCdEfGhIjKlMnOp1',
        'id.orig_h': '192.0.2.7',
        'id.resp_h': '192.0.2.30',
        user,
      }),
    plain: 'bob',
    syntax,
    holds: ['user.name'],
  },
];
