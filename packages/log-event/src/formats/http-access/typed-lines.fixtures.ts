import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [
  ' [21/Nov/2026:09:00:00 +0900] "GET /y HTTP/1.1" 200 1',
  '[21/Nov/2026:09:00:00 +0900]',
  '] "',
  '" 500 1 "-" "-"',
  '" "198.51.100.66',
  '198.51.100.66 - - ',
  ', 198.51.100.66',
  ' HTTP/1.1',
  ' - root',
];

/** As Apache writes what came from outside; nginx writes `\x22`. */
const apache = (text: string): string => text.replace(/[\\"]/g, '\\$&');
const nginx = (text: string): string => text.replaceAll('\\', '\\x5C').replaceAll('"', '\\x22');
const request = [
  'http.request.method',
  'http.version',
  'url.original',
  'url.path',
  'url.query',
  'url.scheme',
  'url.domain',
];

interface Parts {
  user?: string;
  request?: string;
  referrer?: string;
  agent?: string;
}

function write({ user = '-', request: asked = 'GET /a HTTP/1.1', referrer = '-', agent = 'curl' }: Parts): string {
  return `192.0.2.7 - ${user} [22/Nov/2026:10:00:00 +0900] "${asked}" 404 12 "${referrer}" "${agent}"`;
}

export const typedLines: readonly TypedLine[] = [apache, nginx]
  .flatMap((escape): TypedLine[] => [
    { what: 'user', write: (typed) => write({ user: escape(typed) }), plain: 'bob', syntax, holds: ['user.name'] },
    {
      what: 'request',
      write: (typed) => write({ request: `GET /${escape(typed)}` }),
      plain: 'a HTTP/1.1',
      syntax,
      holds: [],
    },
    {
      what: 'referrer',
      write: (typed) => write({ referrer: escape(typed) }),
      plain: 'https://example.jp/',
      syntax,
      holds: ['http.request.referrer'],
    },
    {
      what: 'agent',
      write: (typed) => write({ agent: escape(typed) }),
      plain: 'curl',
      syntax,
      holds: ['user_agent.original'],
    },
    {
      what: 'forwarded addresses of a client that is connected itself',
      write: (typed) => `${write({})} "${escape(typed)}"`,
      plain: '203.0.113.5',
      syntax,
      holds: ['forwarded_for'],
    },
  ])
  .map((line) => ({ ...line, holds: line.what === 'request' ? request : line.holds }));
