import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [
  "' ",
  '/198.51.100.66:1 ',
  '[root] Peer Connection Initiated with [AF_INET]198.51.100.66:1',
  "for username 'root",
  ' [AF_INET]',
];

export const typedLines: readonly TypedLine[] = [
  {
    what: 'name of a sign-in',
    write: (typed) =>
      `Nov 22 10:00:00 vpn openvpn[7]: 192.0.2.7:4001 TLS: Username/Password authentication succeeded for username '${typed}'`,
    plain: 'bob',
    syntax,
    holds: ['user.name', 'pci.class'],
  },
];
