import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = ['"; src:"198.51.100.66', '"; action:"Accept', '; ', ']', '\\"', 'user:"root"'];

/** Quotes and backslashes in a value have a backslash before them. */
export const typedLines: readonly TypedLine[] = [
  {
    what: 'name of a refused sign-in',
    write: (name) =>
      `<134>1 2026-11-22T11:00:04Z sms1 CheckPoint 812 - [operation:"Failed Log In"; administrator:"${name.replace(/[\\"]/g, '\\$&')}"; client_ip:"192.0.2.7"; status:"Failure"; ]`,
    plain: 'bob',
    syntax,
    holds: ['user.name'],
  },
];
