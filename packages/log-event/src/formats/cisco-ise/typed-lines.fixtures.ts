import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = ['UserName=root', 'Calling-Station-ID=00-00-00-00-00-66', 'Device IP Address=198.51.100.66', '\\,'];

export const typedLines: readonly TypedLine[] = [
  {
    what: 'name of a refused sign-in',
    write: (typed) =>
      `<181>Nov 22 10:00:00 ise01 CISE_Failed_Attempts 0000012345 1 0 2026-11-22 10:00:00.123 +09:00 0000123 5400 NOTICE Failed-Attempt: Authentication failed, Device IP Address=192.0.2.2, UserName=X${typed.replace(/[\\,]/g, '\\$&')}, Calling-Station-ID=00-1A-2B-3C-4D-5E,`,
    plain: 'bob',
    syntax,
    holds: ['user.name'],
  },
];
