import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = ['|', ' src=198.51.100.66', '=', ' usrName=root', ' devTime=1', 'LEEF:1.0|', '^'];

export const typedLines: readonly TypedLine[] = [
  {
    what: 'user',
    write: (name) => `LEEF:1.0|V|P|1|100|usrName=${name}\tsrc=192.0.2.7\tdevTime=1795309200000`,
    plain: 'bob',
    syntax,
    holds: ['user.name'],
  },
];
