import type { TypedLine } from '../typed-lines.fixtures.ts';

export const typedLines: readonly TypedLine[] = [
  {
    what: "caller's program",
    write: (callerSuppliedUserAgent) =>
      JSON.stringify({
        protoPayload: {
          methodName: 'google.iam.admin.v1.CreateServiceAccount',
          authenticationInfo: { principalEmail: 'sato@corp.example' },
          requestMetadata: { callerIp: '192.0.2.7', callerSuppliedUserAgent },
        },
        timestamp: '2026-11-22T01:00:00Z',
      }),
    plain: 'gcloud',
    syntax: ['","callerIp":"198.51.100.66', '"', '\\', '{'],
    holds: ['user_agent.original'],
  },
];
