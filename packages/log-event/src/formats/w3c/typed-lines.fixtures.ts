import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = ['+200+0+0+5', '+198.51.100.66', '+GET+/x', '%20', '-', '/x?y=z', 'https://www.example.jp/'];

/** IIS writes `+` for a blank of what it has from a client. */
export const typedLines: readonly TypedLine[] = [
  {
    what: 'agent',
    write: (agent) =>
      `2026-11-22 11:00:01 192.0.2.80 GET /cart item=1 443 - 192.0.2.7 X${agent.replace(/\s/g, '+')} - 403 0 0 31`,
    plain: 'curl',
    syntax,
    holds: ['user_agent.original'],
  },
  {
    what: 'path',
    write: (path) =>
      `2026-11-22 11:00:01 192.0.2.80 GET /${path.replace(/\s/g, '+')} - 443 - 192.0.2.7 curl - 403 0 0 31`,
    plain: 'cart',
    syntax,
    holds: ['url.original', 'url.path'],
  },
];
