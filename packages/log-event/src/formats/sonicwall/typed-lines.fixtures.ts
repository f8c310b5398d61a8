import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [' src=198.51.100.66:1:X0', ' m=29', 'usr=root', ' msg=x', ' pri=6'];

export const typedLines: readonly TypedLine[] = [
  {
    what: 'name of a refused sign-in',
    write: (name) =>
      `<129>id=firewall sn=0017C5000000 time="2026-11-22 20:00:01" fw=198.51.100.1 pri=1 c=32 m=30 msg="Administrator login denied due to bad credentials" n=1 src=192.0.2.7:0:X0 dst=192.0.2.1:443:X0 usr="${name.replaceAll('"', '')}"`,
    plain: 'bob',
    syntax,
    holds: ['user.name'],
  },
];
