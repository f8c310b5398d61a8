import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBodyReader } from './body-reader.ts';
import type { BodyFormat } from './body-type.ts';
import { RecordSink } from './record-sink.ts';

const mebibyte = 1024 * 1024;

interface Read {
  text: string;
  flags: number;
}

function read(format: BodyFormat, body: Buffer | string, step = 64 * 1024): Read[] {
  const bytes = Buffer.from(body);
  const sink = new RecordSink();
  const reader = createBodyReader(format, sink, mebibyte);
  for (let at = 0; at < bytes.length; at += step) reader.push(bytes.subarray(at, at + step));
  reader.end();
  const encoded = Buffer.concat(sink.lists().map((list) => list.encoded));
  const records: Read[] = [];
  // Per record: flags, length, bytes.
  for (let at = 0; at < encoded.length;) {
    const end = at + 5 + encoded.readUInt32BE(at + 1);
    records.push({ flags: encoded[at] ?? 0, text: encoded.toString('latin1', at + 5, end) });
    at = end;
  }
  return records;
}

function refusal(format: BodyFormat, body: string, step?: number): unknown {
  try {
    read(format, body, step);
    return undefined;
  } catch (error) {
    return (error as { details: unknown }).details;
  }
}

/** The parts of one line are told as such, and together they are all of it. */
function expectOneLine(parts: readonly Read[], whole: string): void {
  expect(parts.map(({ text }) => text).join('')).toBe(whole);
  expect(parts.map(({ flags }) => flags)).toEqual(
    parts.map((_part, at) => (at === 0 ? 2 : at === parts.length - 1 ? 1 : 3)),
  );
  for (const { text } of parts) expect(text.length).toBeLessThanOrEqual(256 * 1024);
}

describe('the records of a body', () => {
  it('are the same, whatever pieces it comes in', () => {
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 3 }),
    );
    const space = fc.constantFrom('', ' ', '\t', '\r');
    const line = fc.tuple(space, value, space).map(([before, each, after]) => before + JSON.stringify(each) + after);
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 40 }), (lines, step) => {
        const [ndjson, array, text] = [lines.join('\n'), `[${lines.join(',')}]`, `${lines.join('\r\n')}\r\n`];
        const records = read('ndjson', ndjson);
        expect(read('ndjson', ndjson, step)).toEqual(records);
        expect(read('json', array, step)).toEqual(records);
        expect(read('text', text, step)).toEqual(read('text', text));
      }),
      { numRuns: 50 },
    );
  });

  it('are refused at the same place, whatever pieces it comes in', () => {
    const bad = fc.constantFrom('{"a":1}x', '{"a"}', '17', '[1]', '"a', '{"a":1', 'nul', '"a" "b"');
    const step = fc.integer({ min: 1, max: 20 });
    fc.assert(
      fc.property(bad, step, (element, by) => {
        for (const [format, body] of [
          ['ndjson', `{"first":1}\n${element}\n"x"`],
          ['json', `[{"first":1},${element},"x"]`],
        ] as const) {
          expect(refusal(format, body, by)).toBeDefined();
          expect(refusal(format, body, by)).toEqual(refusal(format, body));
        }
      }),
    );
  });
});

describe('an element that is longer than an element may be', () => {
  const long = `{"a":"${'x'.repeat(3 * mebibyte)}\\"]}","b":[1,{"c":2}]}`;

  it('becomes parts of one line, as it was written, and the elements around it are themselves', () => {
    for (const [format, body] of [
      ['ndjson', `{"n":1}\n${long}\n{"n":2}\n`],
      ['json', `[ {"n":1}, ${long} , {"n":2}]`],
    ] as const) {
      const records = read(format, body);
      expect([records[0]?.text, records.at(-1)?.text]).toEqual(['{"n":1}', '{"n":2}']);
      expectOneLine(records.slice(1, -1), long);
    }
  });

  it('is as long as it says: shorter ones are checked', () => {
    const short = `{"a":"${'x'.repeat(mebibyte - 20)}"`;
    expect(refusal('ndjson', short)).toMatchObject({ reason: 'not-json' });
    expect(read('ndjson', `${short}}`).length).toBeGreaterThan(1);
  });

  it('is not kept when it cannot be a record, nor an array whose element does not end', () => {
    const list = `[${'1,'.repeat(mebibyte)}1]`;
    expect(refusal('ndjson', list)).toMatchObject({ reason: 'not-an-object-or-string' });
    expect(refusal('json', `[${list}]`)).toMatchObject({ reason: 'not-an-object-or-string' });
    expect(refusal('json', `[${long}`)).toMatchObject({ reason: 'not-a-json-array' });
  });

  it('may be spaces, of which nothing is kept', () => {
    const spaces = ' '.repeat(2 * mebibyte);
    expect(read('ndjson', `${spaces}{"a":1}\n${spaces}\n"b"`).map(({ text }) => text)).toEqual(['{"a":1}', 'b']);
    expect(read('json', `${spaces}[${spaces}"b"${spaces}]`).map(({ text }) => text)).toEqual(['b']);
  });
});

describe('an element that is nested deeper than is followed', () => {
  it('is kept as it is', () => {
    const deep = `{"a":${'['.repeat(5000)}"]}"${']'.repeat(5000)}}`;
    expect(read('ndjson', `${deep}\n"x"`).map(({ text }) => text)).toEqual([deep, 'x']);
    expect(read('json', `[${deep} , "x"]`, 100).map(({ text }) => text)).toEqual([deep, 'x']);
    expect(refusal('ndjson', '['.repeat(5000))).toMatchObject({ reason: 'not-an-object-or-string' });
    expect(refusal('json', '['.repeat(5000))).toMatchObject({ reason: 'not-an-object-or-string' });
  });
});
