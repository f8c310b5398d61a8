import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [
  ' srcip=198.51.100.66',
  '" srcip=198.51.100.66 x="',
  ' user="root"',
  ', action=y',
  "' res=success",
  ' status=success',
  '\\',
  '\\"',
  ' tz="+0000"',
  ' time=09:00:00',
];

const quote = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;

const rest = 'srcip=192.0.2.7 action="login" status="failed"';

export const typedLines: readonly TypedLine[] = [
  {
    what: 'user',
    write: (name) => `date=2026-11-22 time=10:00:00 tz="+0900" devname="fw1" user=${quote(name)} ${rest}`,
    plain: 'bob',
    syntax,
    holds: ['user.name'],
  },
  {
    what: 'message',
    write: (text) => `level=info ts=2026-11-22T10:00:00Z msg=${quote(text)} user=alice ${rest}`,
    plain: 'text',
    syntax,
    holds: [],
  },
];
