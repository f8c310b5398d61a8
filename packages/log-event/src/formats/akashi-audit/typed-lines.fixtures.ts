import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = ['","user":{"name":"root"}', '"}', '{"akashi":{}}', '\n', 'user.name:root', '\\'];

export const typedLines: readonly TypedLine[] = [
  {
    what: 'query',
    format: 'akashi-audit',
    write: (query) =>
      JSON.stringify({
        '@timestamp': '2026-11-22T10:00:00.123Z',
        message: 'Searched logs.',
        event: { action: 'search', outcome: 'success' },
        user: { name: 'sato' },
        source: { ip: '192.0.2.7' },
        akashi: { audit: { group: 'reading', query } },
      }),
    plain: 'status:200',
    syntax,
    holds: ['akashi.audit.query'],
  },
];
