import type { TypedLine } from '../typed-lines.fixtures.ts';

export const typedLines: readonly TypedLine[] = [
  {
    what: 'name of a refused sign-in',
    write: (UserId) =>
      JSON.stringify({
        CreationTime: '2026-11-22T01:00:00',
        Operation: 'UserLoginFailed',
        Workload: 'AzureActiveDirectory',
        ResultStatus: 'Failed',
        ClientIP: '192.0.2.7',
        UserId,
      }),
    plain: 'bob@corp.example',
    syntax: ['","ClientIP":"198.51.100.66', '"', '\\', '{'],
    holds: ['user.name', 'pci.missing'],
  },
];
