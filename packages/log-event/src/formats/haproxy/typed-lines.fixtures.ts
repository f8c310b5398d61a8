import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = ['" ', '} {', '{198.51.100.66}', ' HTTP/1.0', ' 0/0/0/0/0 403 1 - - PR-- ', '%22'];

/** HAProxy writes quotes, braces and blanks of what it has from outside as `#22` and the like. */
const escaped = (text: string): string =>
  text.replace(/["#{|}\s]/g, (char) => `#${char.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`);

export const typedLines: readonly TypedLine[] = [
  {
    what: 'path',
    write: (path) =>
      `Nov 22 10:00:00 lb haproxy[7]: 192.0.2.7:4001 [22/Nov/2026:10:00:00.123] front~ back/web1 0/0/1/10/11 200 512 - - ---- 1/1/0/0/0 0/0 "GET /${escaped(path)} HTTP/1.1"`,
    plain: 'index.html',
    syntax,
    holds: ['url.original', 'url.path', 'url.query'],
  },
];
