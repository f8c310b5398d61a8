import type { TypedLine } from '../typed-lines.fixtures.ts';

export const typedLines: readonly TypedLine[] = [
  {
    what: 'name of a package',
    write: (name) => `Nov 22 10:00:00 web01 yum[9]: Installed: ${name.replaceAll(/\s/g, '_')}`,
    plain: 'openssl-3.0.7-27.el9.x86_64',
    syntax: ['Erased:', ':', '-1:2'],
    holds: ['package.name'],
  },
];
