import type { TypedLine } from '../typed-lines.fixtures.ts';

export const typedLines: readonly TypedLine[] = [
  {
    what: 'path',
    write: (path) => `Nov 22 10:00:00 web01 aide[9]: changed: /etc/${path}x`,
    plain: 'passwd',
    syntax: [': /etc/shadow', 'removed: /x', '"'],
    holds: ['file.path'],
  },
];
