/**
 * Lines with a place for what somebody outside types (a user's name, a path, a header), and the check that nothing typed
 * there becomes another field. Each format's folder describes its lines in `typed-lines.fixtures.ts`.
 */

import fc from 'fast-check';
import { expect } from 'vitest';
import type { BatchOrigin } from '../batch-origin.ts';
import { createNormalizer } from '../create-normalizer.ts';
import type { FieldValue, LogEvent } from '../log-event.ts';

export interface TypedLine {
  /** What is typed, and where it is written. */
  readonly what: string;
  /** The source's own format, where the lines are only read with it. */
  readonly format?: string;
  /** The line as its writer writes it, with the writer's escapes and limits. */
  readonly write: (typed: string) => string;
  /** What is typed in peace. */
  readonly plain: string;
  /** Pieces of the format's own syntax. */
  readonly syntax: readonly string[];
  /** Fields and labels that are made of what was typed. */
  readonly holds: readonly string[];
  /** Where the typed text may be in any format itself: only these must stay. */
  readonly keeps?: readonly string[];
}

const normalizer = createNormalizer({ timeZone: 'Asia/Tokyo' });
const receivedAtUs = Date.parse('2026-11-22T12:00:00Z') * 1000;
const origin: BatchOrigin = {
  batchId: 'b',
  logGroup: 'typed',
  logStream: null,
  source: { id: 's', kind: 'syslog-tcp', address: '192.0.2.9' },
};

export function readTyped({ format, write }: TypedLine, typed: string): LogEvent {
  const from = format === undefined ? origin : { ...origin, format };
  return normalizer.normalize({ record: Buffer.from(write(typed)), origin: from, receivedAtUs, flags: 0 });
}

/** What attackers of any format would type. */
const anySyntax = [
  ' ',
  '  ',
  '"',
  "'",
  '\\',
  '=',
  ', ',
  ': ',
  '; ',
  '[',
  '] ',
  '(',
  ') ',
  '|',
  'root',
  'from 198.51.100.66',
  'user=root',
  'src=198.51.100.66',
  'rhost=198.51.100.66',
  '198.51.100.66',
  '2001:db8::66',
  'Nov 21 09:00:00 evil sshd[1]: ',
  '2026-11-21T09:00:00Z',
  '名前',
  'x',
];

function typedText(syntax: readonly string[]): fc.Arbitrary<string> {
  const own = fc.constantFrom(...syntax);
  const piece = fc.oneof({ arbitrary: own, weight: 3 }, { arbitrary: fc.constantFrom(...anySyntax), weight: 2 });
  const joined = (separator: string): fc.Arbitrary<string> =>
    fc.array(piece, { minLength: 1, maxLength: 8 }).map((pieces) => pieces.join(separator));
  return fc.oneof(joined(''), joined(' '));
}

/** Asserts that the other fields stay as they are, or are left out where the event says that it can be read in two ways. */
export function expectUnforged(line: TypedLine): void {
  const peaceful = readTyped(line, line.plain);
  const known = valuesOf(peaceful, line);
  fc.assert(
    fc.property(typedText(line.syntax), (typed) => {
      const event = readTyped(line, typed);
      const about = `${line.what}: ${line.write(typed)}`;
      expect(event.timestampUs, about).toBe(peaceful.timestampUs);
      const isDoubtful = event.parse.reason === 'malformed';
      if (line.keeps === undefined) {
        expect(event.parse.format, about).toBe(peaceful.parse.format);
        if (!isDoubtful) expect(event.parse, about).toEqual(peaceful.parse);
      }
      const found = valuesOf(event, line);
      for (const name of new Set([...known.keys(), ...found.keys()])) {
        const value = found.get(name);
        if (isDoubtful && (value === undefined || isMore(value, known.get(name)))) continue;
        expect(value, `${name} of ${about}`).toEqual(known.get(name));
      }
    }),
    { numRuns: 300 },
  );
}

/** A doubtful line may say more than it should of one thing, but hides nothing. */
function isMore(value: FieldValue, peaceful: FieldValue | undefined): boolean {
  return typeof value === 'string' && typeof peaceful === 'string' && value.includes(peaceful);
}

/** What is missing of the six follows from the fields, each of which is looked at by itself. */
function valuesOf(event: LogEvent, { holds, keeps }: TypedLine): Map<string, FieldValue> {
  const values = Object.entries<FieldValue>({ ...event.labels, ...event.fields });
  return new Map(
    values.filter(
      ([name]) => name !== 'pci.missing' && !holds.includes(name) && (keeps === undefined || keeps.includes(name)),
    ),
  );
}
