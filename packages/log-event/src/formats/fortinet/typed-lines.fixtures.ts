import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [
  '" srcip=198.51.100.66 ',
  '" logid="0100032001',
  'user="root"',
  '" action="login',
  ' type=traffic',
  '\\"',
];

/** FortiOS writes quotes in a value with a backslash. */
const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;

export const typedLines: readonly TypedLine[] = [
  {
    what: 'name of a refused sign-in',
    write: (name) =>
      `date=2026-11-22 time=20:00:01 devname="FG1" devid="FG100" logid="0100032002" type="event" subtype="system" level="alert" srcip=192.0.2.7 user=${quoted(name)} action="login" status="failed"`,
    plain: 'bob',
    syntax,
    holds: ['user.name'],
  },
];
