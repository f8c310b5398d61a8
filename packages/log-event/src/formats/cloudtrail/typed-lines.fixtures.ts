import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = ['","sourceIPAddress":"198.51.100.66', '"', '\\', '{', 'arn:aws:iam::1:root'];

export const typedLines: readonly TypedLine[] = [
  {
    what: "user's name of a refused sign-in",
    write: (userName) =>
      JSON.stringify({
        eventVersion: '1.08',
        userIdentity: { type: 'IAMUser', accountId: '123456789012', userName },
        eventTime: '2026-11-22T01:00:00Z',
        eventSource: 'signin.amazonaws.com',
        eventName: 'ConsoleLogin',
        awsRegion: 'ap-northeast-1',
        sourceIPAddress: '192.0.2.7',
        errorMessage: 'Failed authentication',
        responseElements: { ConsoleLogin: 'Failure' },
      }),
    plain: 'bob',
    syntax,
    holds: ['user.name', 'userIdentity.userName', 'pci.missing'],
  },
];
