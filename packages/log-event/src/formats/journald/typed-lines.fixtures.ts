import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = ['","_UID":"0', '\\', '"', ' from 198.51.100.66 port 1 ssh2', 'MESSAGE', '__REALTIME_TIMESTAMP'];

const line = (program: string, message: string): string =>
  JSON.stringify({
    __REALTIME_TIMESTAMP: '1795309200123456',
    _HOSTNAME: 'web01',
    PRIORITY: '6',
    SYSLOG_FACILITY: '10',
    SYSLOG_IDENTIFIER: program,
    _PID: '9',
    _UID: '0',
    MESSAGE: message,
  });

export const typedLines: readonly TypedLine[] = [
  {
    what: 'user of a failed sign-in',
    write: (name) => line('sshd', `Failed password for invalid user ${name} from 192.0.2.7 port 50001 ssh2`),
    plain: 'bob',
    syntax,
    holds: ['user.name'],
  },
  {
    what: 'message of a program',
    write: (text) => line('payments', text),
    plain: 'started',
    syntax,
    holds: [],
  },
];
