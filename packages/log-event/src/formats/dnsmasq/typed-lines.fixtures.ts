import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [' from 198.51.100.66', ' to 198.51.100.66', ' is ', 'query[A] ', 'DHCPACK(br0) ', 'reply '];

export const typedLines: readonly TypedLine[] = [
  {
    what: 'name that is asked for',
    write: (name) => `Nov 22 10:00:00 gw dnsmasq[7]: query[A] ${name} from 192.0.2.7`,
    plain: 'www.example.jp',
    syntax,
    holds: ['dns.question.name'],
  },
];
