import type { TypedLine } from '../typed-lines.fixtures.ts';

export const typedLines: readonly TypedLine[] = [
  {
    what: 'path',
    write: (path) => `Nov 22 10:00:00 web01 clamd[9]: /srv/${path}: Win.Test.EICAR_HDB-1 FOUND`,
    plain: 'upload.bin',
    syntax: [': Clean.Signature FOUND', ': Removed.', ": moved to '/x'", ' FOUND'],
    holds: ['file.path'],
  },
];
