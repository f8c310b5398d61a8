import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [',000000000099', ',', '"', '10,11/22/26', ',,'];

export const typedLines: readonly TypedLine[] = [
  {
    what: "client's name for itself, which cannot hold a comma",
    write: (typed) => `10,11/22/26,10:00:00,Assign,192.168.0.1,${typed.replace(/[,"\n]/g, '')},000000000001,,12345,0`,
    plain: 'pc001',
    syntax,
    holds: ['dhcp.client_hostname'],
  },
];
