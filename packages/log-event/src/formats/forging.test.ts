/** What is typed never becomes another field, in any format (PCI DSS 10.2.2): every folder describes its lines. */
import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { expectUnforged, readTyped, type TypedLine } from './typed-lines.fixtures.ts';

const folder = new URL('./', import.meta.url);
const formats = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

const lines = new Map<string, readonly TypedLine[]>();
for (const name of formats) {
  const file = new URL(`${name}/typed-lines.fixtures.ts`, folder);
  if (!existsSync(file)) continue;
  const { typedLines } = (await import(file.href)) as { typedLines: readonly TypedLine[] };
  lines.set(name, typedLines);
}

describe.each(formats)('%s', (folderName) => {
  const described = lines.get(folderName) ?? [];

  it('describes what is typed into its lines', () => {
    expect(described.length).toBeGreaterThan(0);
  });

  it.each(described.map((line) => [line.what, line] as const))('keeps its other fields: %s', (_what, line) => {
    const event = readTyped(line, line.plain);
    const names = Object.keys({ ...event.labels, ...event.fields });
    if (line.keeps !== undefined) expect(names).toEqual(expect.arrayContaining([...line.keeps]));
    else if (line.holds.length > 0) expect(line.holds.some((name) => names.includes(name))).toBe(true);
    expectUnforged(line);
  });

  it('reads a line of 200,000 characters of its own syntax as fast as any other', () => {
    // A pattern that goes back over what it has read would take minutes, and the test's own limit ends it.
    for (const line of described) {
      for (const piece of [...line.syntax, ' ', '"', '\\', 'a']) {
        const event = readTyped(line, piece.repeat(Math.ceil(200_000 / piece.length)));
        expect(event.parse.status).not.toBe('quarantined');
      }
    }
  });
});
