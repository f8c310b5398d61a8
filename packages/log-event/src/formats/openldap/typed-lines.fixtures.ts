import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = ['" method=128', 'dn="cn=admin"', ' conn=9 op=9 ', ' err=0 ', 'RESULT tag=97 err=0 text='];

export const typedLines: readonly TypedLine[] = [
  {
    what: 'name of a bind',
    write: (name) => `Nov 22 10:00:00 ldap slapd[7]: conn=1 op=0 BIND dn="${name}" method=128`,
    plain: 'uid=bob,dc=example,dc=jp',
    syntax,
    holds: ['user.name', 'pci.class'],
  },
];
