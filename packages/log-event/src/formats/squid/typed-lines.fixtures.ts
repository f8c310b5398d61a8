import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = ['%20', '?a=b', 'http://evil.example.net/', ':443', '#', '@198.51.100.66/', 'TCP_DENIED/403'];

/** Squid writes blanks in a URL as `%20`. */
export const typedLines: readonly TypedLine[] = [
  {
    what: 'URL',
    write: (url) =>
      `1795345200.123    250 192.0.2.7 TCP_MISS/200 5120 GET http://www.example.jp/${url.replace(/\s/g, '%20')} yamada HIER_DIRECT/203.0.113.80 text/html`,
    plain: 'index.html',
    syntax,
    holds: ['url.original', 'url.path', 'url.query'],
  },
];
