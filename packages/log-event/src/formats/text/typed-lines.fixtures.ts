import type { TypedLine } from '../typed-lines.fixtures.ts';

export const typedLines: readonly TypedLine[] = [
  {
    what: 'all behind the time, for a source that is said to be text',
    format: 'text',
    write: (text) => `2026-11-22 10:00:00 said ${text}`,
    plain: 'text',
    syntax: ['2026-11-21 09:00:00', '{"user":"root"}', 'user=root src=198.51.100.66'],
    holds: [],
  },
];
