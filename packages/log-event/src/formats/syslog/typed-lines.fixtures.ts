import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [
  '<13>Nov 21 09:00:00 evil sshd[1]: ',
  'Nov 21 09:00:00 evil su: ',
  'evil[1]: ',
  '%SYS-5-CONFIG_I: ',
  '*Nov 21 09:00:00: ',
  '1 2026-11-21T09:00:00Z evil app 1 ID [x y="z"] ',
  '[x@1 user="root"]',
  '"] ',
  '\\"] ',
  '@cee: {"host":"evil"}',
  'message repeated 2 times: [',
];

const header = [
  'host.name',
  'process.name',
  'process.pid',
  'log.syslog.appname',
  'log.syslog.procid',
  'log.syslog.priority',
];
const escape = (text: string): string => text.replace(/["\\\]]/g, '\\$&');

export const typedLines: readonly TypedLine[] = [
  {
    what: 'message of a program',
    write: (text) => `<86>Nov 22 10:00:00 web01 app[9]: said ${text}`,
    plain: 'text',
    syntax,
    holds: [],
    keeps: header,
  },
  {
    what: 'message of RFC 5424',
    write: (text) => `<86>1 2026-11-22T10:00:00Z web01 app 9 - [a@1 user="alice"] said ${text}`,
    plain: 'text',
    syntax,
    holds: [],
    keeps: [...header, 'a@1.user'],
  },
  {
    what: 'structured data',
    write: (text) => `<86>1 2026-11-22T10:00:00Z web01 app 9 - [a@1 user="${escape(text)}" ip="192.0.2.7"] said`,
    plain: 'bob',
    syntax,
    holds: ['a@1.user'],
  },
  {
    what: 'message of a device',
    write: (text) => `<189>29: r1: Nov 22 10:00:00.123 JST: %SYS-5-CONFIG_I: by ${text}`,
    plain: 'text',
    syntax,
    holds: [],
    keeps: ['host.name', 'event.code', 'event.sequence', 'log.syslog.priority'],
  },
];
