import type { TypedLine } from '../typed-lines.fixtures.ts';

export const typedLines: readonly TypedLine[] = [
  {
    what: 'file',
    write: (name) =>
      `Nov 22 10:00:00 web01 setroubleshoot[9]: SELinux is preventing /usr/sbin/httpd from read access on the file ${name.replaceAll('.', '_')}. For complete SELinux messages run: sealert -l 1`,
    plain: 'index_html',
    syntax: [' access on the dir /etc', 'SELinux is preventing /bin/sh from ', '/etc/passwd'],
    holds: ['file.path', 'object'],
  },
];
