import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = ['" flags WRITE mode 0777', '" bytes read 1 written 2', '" new "/etc/passwd', '"'];

export const typedLines: readonly TypedLine[] = [
  {
    what: 'path',
    write: (name) => `Nov 22 10:00:00 web01 sftp-server[9]: open "/data/${name}" flags READ mode 0666`,
    plain: 'file.csv',
    syntax,
    holds: ['file.path'],
  },
  {
    what: 'path that was renamed',
    write: (name) => `Nov 22 10:00:00 web01 internal-sftp[9]: rename old "/data/${name}" new "/data/done.csv"`,
    plain: 'file.csv',
    syntax,
    holds: ['file.path', 'file.target_path'],
  },
];
