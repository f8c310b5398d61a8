import type { TypedLine } from '../typed-lines.fixtures.ts';

export const typedLines: readonly TypedLine[] = [
  {
    what: 'path',
    write: (path) =>
      `Nov 22 10:00:00 fs1 smbd_audit[9]: tanaka|192.0.2.7|pc7|payments|unlinkat|ok|/srv/${path.replaceAll('|', '/')}`,
    plain: 'a.csv',
    syntax: ['unlinkat', 'ok', 'fail (x)', 'root'],
    holds: ['file.path'],
  },
];
