import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [
  '|',
  ' src=198.51.100.66',
  ' suser=root',
  ' outcome=success',
  ' rt=1',
  ' cs1Label=src cs1=x',
  'CEF:0|',
  '\\|',
];
const escapeBar = (text: string): string => text.replace(/[\\|]/g, '\\$&');
const escapeEquals = (text: string): string => text.replace(/[\\=]/g, '\\$&');
const rest = 'src=192.0.2.7 rt=1795309200000 outcome=failure';

export const typedLines: readonly TypedLine[] = [
  {
    what: 'user',
    write: (name) => `CEF:0|V|P|1|100|login|5|suser=${escapeEquals(name)} ${rest}`,
    plain: 'bob',
    syntax,
    holds: ['user.name'],
  },
  {
    what: 'message',
    write: (text) => `CEF:0|V|P|1|100|login|5|${rest} msg=${escapeEquals(text)}`,
    plain: 'text',
    syntax,
    holds: [],
  },
  {
    what: 'name of the event',
    write: (name) => `CEF:0|V|P|1|100|${escapeBar(name)}|5|${rest}`,
    plain: 'login',
    syntax,
    holds: ['name', 'event.action', 'pci.class', 'pci.missing'],
  },
];
