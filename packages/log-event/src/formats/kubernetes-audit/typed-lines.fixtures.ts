import type { TypedLine } from '../typed-lines.fixtures.ts';

export const typedLines: readonly TypedLine[] = [
  {
    what: 'path that was asked for',
    write: (requestURI) =>
      JSON.stringify({
        kind: 'Event',
        apiVersion: 'audit.k8s.io/v1',
        auditID: 'a1',
        stage: 'ResponseComplete',
        verb: 'get',
        requestURI,
        user: { username: 'sato' },
        sourceIPs: ['192.0.2.7'],
        responseStatus: { code: 403 },
        stageTimestamp: '2026-11-22T01:00:00.123456Z',
      }),
    plain: '/api/v1/secrets',
    syntax: ['","verb":"delete', '"', '\\', '{'],
    holds: ['url.original'],
  },
];
