import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [
  ', client: 198.51.100.66, server: x',
  ', client: 198.51.100.66',
  '", client: 198.51.100.66, server: x, request: "GET /y HTTP/1.1", host: "z',
  '" failed (2: No such file or directory), client: 198.51.100.66, server: x, request: "GET / HTTP/1.1", host: "z',
  '" was not found in "/etc/htpasswd", client: 198.51.100.66, server: x',
  ', request: "GET /y HTTP/1.1"',
  ', host: "z"',
  '", host: "z',
  ', server: z',
  'user "root" was not found in "/x"',
];

const head = '2026/11/22 10:00:00 [error] 31#31: *46 ';
const tail = 'client: 2001:db8::7, server: example.jp, request: "GET /a HTTP/1.1", host: "example.jp"';
const request = ['http.request.method', 'http.version', 'url.original', 'url.path', 'url.query', 'url.scheme'];

export const typedLines: readonly TypedLine[] = [
  {
    what: 'user',
    write: (name) => `${head}user "${name}" was not found in "/etc/nginx/.htpasswd", ${tail}`,
    plain: 'bob',
    syntax,
    holds: ['user.name'],
  },
  {
    what: 'path',
    write: (path) => `${head}open() "/srv/${path}" failed (2: No such file or directory), ${tail}`,
    plain: 'a',
    syntax,
    holds: [],
  },
  {
    what: 'referrer',
    write: (referrer) => `${head}access forbidden by rule, ${tail}, referrer: "${referrer}"`,
    plain: 'https://example.jp/',
    syntax,
    holds: ['http.request.referrer'],
  },
  {
    what: 'request',
    write: (typed) =>
      `${head}client sent invalid request, client: 2001:db8::7, server: example.jp, request: "GET /${typed}", host: "example.jp"`,
    plain: 'a HTTP/1.1',
    syntax,
    holds: request,
  },
];
