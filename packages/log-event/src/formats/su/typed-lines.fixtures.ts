import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [
  ' by root',
  ') root on pts/9',
  ' on /dev/ttyp9',
  ' to root',
  "' failed for root on pts/9",
  ':root',
  '-root',
];

function line(message: (typed: string) => string): TypedLine {
  const write = (typed: string): string => `Nov 22 10:00:00 web01 su[9]: ${message(typed)}`;
  return { what: message('NAME'), write, plain: 'bob', syntax, holds: ['user.effective.name'] };
}

export const typedLines: readonly TypedLine[] = [
  line((name) => `FAILED SU (to ${name}) alice on pts/0`),
  line((name) => `FAILED su for ${name} by alice`),
  line((name) => `BAD SU alice to ${name} on /dev/ttyp0`),
  line((name) => `- pts/0 alice:${name}`),
  line((name) => `'su ${name}' failed for alice on /dev/pts/0`),
  line((name) => `failed: ttyq4 changing from alice to ${name}`),
];
