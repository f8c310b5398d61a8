import type { TypedLine } from '../typed-lines.fixtures.ts';

export const typedLines: readonly TypedLine[] = [
  {
    what: 'name of an action in its configuration',
    write: (name) => `Nov 22 10:00:00 web01 rsyslogd[9]: action '${name}' resumed (module 'builtin:omfwd')`,
    plain: 'send',
    syntax: ["' resumed", "' suspended", 'exiting on signal 15', 'restart.'],
    holds: ['event.reason'],
  },
];
