import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [
  '",',
  '""',
  ',',
  "'. From: 198.51.100.66.",
  ' From: 198.51.100.66',
  '1,2026/11/22 20:00:01,0,SYSTEM,auth,',
];

/** A cell in quotes, as PAN-OS writes what holds a comma or a quote. */
const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;

export const typedLines: readonly TypedLine[] = [
  {
    what: 'name of a refused sign-in',
    write: (name) =>
      `Nov 22 20:00:01 pa1 1,2026/11/22 20:00:01,007200001234,SYSTEM,auth,2305,2026/11/22 20:00:01,,auth-fail,x,0,0,general,medium,${cell(`failed authentication for user '${name}'.  Reason: Invalid username/password. From: 192.0.2.7.`)},4711,0x0`,
    plain: 'bob',
    syntax,
    holds: ['user.name', 'description', 'event.reason'],
  },
  {
    what: 'URL',
    write: (url) =>
      `Nov 22 20:00:01 pa1 1,2026/11/22 20:00:01,007200001234,THREAT,url,2305,2026/11/22 20:00:01,192.0.2.7,203.0.113.80,0.0.0.0,0.0.0.0,allow-web,,,web-browsing,vsys1,trust,untrust,ethernet1/2,ethernet1/1,fwd,2026/11/22 20:00:01,1,1,50001,443,0,0,0x0,tcp,alert,${cell(url)},(9999),news,informational,client-to-server,1,0x0`,
    plain: 'www.example.jp/',
    syntax,
    holds: ['url.original'],
  },
];
