/** Programs of hosts: which of them writes a message in a syslog envelope or the journal. */

import type { ContentReader } from './program-readers.ts';
import { readLogin, readShadow, shadowPrograms } from './shadow/read-shadow.ts';

/** Readers by the program's name. */
export const hostPrograms: ReadonlyArray<readonly [string, ContentReader]> = [
  ...named(shadowPrograms, readShadow),
  ...named('login', readLogin),
];

function named(programs: string, reader: ContentReader): Array<readonly [string, ContentReader]> {
  return programs.split(' ').map((program) => [program, reader] as const);
}
