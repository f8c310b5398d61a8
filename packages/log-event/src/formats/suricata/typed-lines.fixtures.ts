import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = ['","src_ip":"198.51.100.66', '"}', '"alert":{"action":"blocked"}', '\\"', '{', '}'];

export const typedLines: readonly TypedLine[] = [
  {
    what: 'URL',
    write: (url) =>
      JSON.stringify({
        timestamp: '2026-11-22T20:00:01.123456+0900',
        event_type: 'http',
        src_ip: '192.0.2.7',
        http: { url, hostname: 'www.example.jp', http_method: 'GET' },
      }),
    plain: '/index.html',
    syntax,
    holds: ['url.original'],
  },
];
