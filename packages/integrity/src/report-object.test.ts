import { createDecipheriv, createHash } from 'node:crypto';
import { zstdDecompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  readReportObject,
  ReportObjectError,
  writeReportObject,
  type ReportObjectName,
  type StoredObject,
} from './index.ts';

const name: ReportObjectName = {
  tenantId: '0198c0de-0000-7000-8000-000000000001',
  runId: '0198c0de-0000-7000-8000-000000000002',
  file: 'rows.ndjson',
};
const key = Buffer.alloc(32, 7);
const nonce = Buffer.from('00112233445566778899aabbfffffffe'.slice(0, 16) + 'fffffffe', 'hex');
const keyId = 'data-1-abc';
const keyOf = (id: string): Uint8Array => (id === keyId ? key : Buffer.alloc(32));
const versions = { people: '3', 'common-ids': '1' };

interface Row {
  readonly text: string;
  readonly isFlagged: boolean;
}

const rows = fc.array(fc.record({ text: fc.string({ maxLength: 60 }), isFlagged: fc.boolean() }), { maxLength: 40 });
const manyRows: Row[] = Array.from({ length: 2_500 }, (_, at) => ({
  text: `row ${at} ${createHash('sha256').update(String(at)).digest('hex')}`,
  isFlagged: at % 7 === 0,
}));

function write(given: readonly Row[], own: Partial<ReportObjectName> = {}): Buffer {
  const writer = writeReportObject({ ...name, ...own, keyId, key, nonce, versions });
  const chunks = given.flatMap(({ text, isFlagged }) => writer.add(Buffer.from(`${text}\n`), { isFlagged }));
  return Buffer.concat([...chunks, ...writer.finish().chunks]);
}

function stored(bytes: Buffer): StoredObject {
  return {
    bytes: bytes.length,
    readRange: ({ start, bytes: wanted }) => Promise.resolve(bytes.subarray(start, start + wanted)),
  };
}

async function readAll(
  bytes: Buffer,
  { key: own = key, ...other }: Partial<ReportObjectName & { key: Buffer }> = {},
): Promise<string> {
  const object = await readReportObject(stored(bytes), { ...name, keyOf: () => own, ...other });
  const parts: Buffer[] = [];
  for await (const part of object.content()) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

const textOf = (given: readonly Row[]): string => given.map(({ text }) => `${text}\n`).join('');

describe('a report object', () => {
  it('gives back what was written, and tells its rows, length and SHA-256', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (given) => {
        const bytes = write(given);
        const text = textOf(given);
        expect(await readAll(bytes)).toBe(text);
        const { header, table } = await readReportObject(stored(bytes), { ...name, keyOf });
        expect(header).toMatchObject({ ...name, keyId, versions });
        expect(table).toMatchObject({
          bytes: Buffer.byteLength(text),
          rows: given.length,
          flagged: given.filter(({ isFlagged }) => isFlagged).length,
          sha256: createHash('sha256').update(text).digest('hex'),
        });
      }),
    );
  });

  it('is read by frames, each with the rows that it says', async () => {
    const object = await readReportObject(stored(write(manyRows)), { ...name, keyOf });
    expect(object.table.frames.map(({ rows: count }) => count)).toEqual([1000, 1000, 500]);
    const second = (await object.frame(1)).toString('utf8').split('\n').slice(0, -1);
    expect(second).toEqual(manyRows.slice(1000, 2000).map(({ text }) => text));
    expect(object.table.frames[1]?.flagged).toBe(manyRows.slice(1000, 2000).filter((row) => row.isFlagged).length);
    await expect(object.frame(3)).rejects.toThrow(RangeError);
  });

  it('is found out whatever bit of it is turned', async () => {
    const bytes = write(manyRows);
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: bytes.length * 8 - 1 }), async (bit) => {
        const altered = Buffer.from(bytes);
        altered.writeUInt8(altered.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
        await expect(readAll(altered)).rejects.toThrow(ReportObjectError);
      }),
      { numRuns: 400 },
    );
    for (let bit = 0; bit < 300 * 8; bit += 5) {
      const altered = Buffer.from(bytes);
      altered.writeUInt8(altered.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      await expect(readAll(altered)).rejects.toThrow(ReportObjectError);
    }
  });

  it('is found out when it is cut anywhere or goes on behind its end', async () => {
    const bytes = write(manyRows);
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: bytes.length - 1 }), async (end) => {
        await expect(readAll(bytes.subarray(0, end))).rejects.toThrow(ReportObjectError);
      }),
      { numRuns: 200 },
    );
    await expect(readAll(Buffer.concat([bytes, Buffer.of(0)]))).rejects.toThrow(ReportObjectError);
    await expect(readAll(Buffer.concat([bytes, bytes.subarray(-12)]))).rejects.toThrow(ReportObjectError);
  });

  it('is found out when frames change places, are left out, doubled or another object’s', async () => {
    const bytes = write(manyRows);
    const { table } = await readReportObject(stored(bytes), { ...name, keyOf });
    const [first, second, third] = table.frames.map(({ start, bytes: length }) =>
      bytes.subarray(start, start + length),
    );
    const before = bytes.subarray(0, table.frames[0]?.start);
    const last = table.frames.at(-1);
    const after = bytes.subarray((last?.start ?? 0) + (last?.bytes ?? 0));
    if (first === undefined || second === undefined || third === undefined) throw new Error('three frames');
    expect(Buffer.concat([before, first, second, third, after]).equals(bytes)).toBe(true);
    const other = write(manyRows, { runId: '0198c0de-0000-7000-8000-000000000003' });
    const otherFirst = other.subarray(before.length, before.length + first.length);
    for (const frames of [
      [second, first, third],
      [first, third],
      [first, first, second, third],
      [otherFirst, second, third],
      [],
    ])
      await expect(readAll(Buffer.concat([before, ...frames, after]))).rejects.toThrow(ReportObjectError);
    // Its table as the content of a frame, and a frame of content as its table.
    const tableFrame = after.subarray(0, -12);
    const trailer = (count: number, length: number): Buffer => {
      const made = Buffer.from(after.subarray(-12));
      made.writeUInt32BE(count);
      made.writeUInt32BE(length, 4);
      return made;
    };
    for (const parts of [
      [first, second, third, trailer(2, third.length)],
      [first, second, tableFrame, trailer(2, tableFrame.length)],
      [first, second, third, tableFrame, trailer(4, tableFrame.length)],
    ])
      await expect(readAll(Buffer.concat([before, ...parts]))).rejects.toThrow(ReportObjectError);
  });

  it.each([
    [{ runId: '0198c0de-0000-7000-8000-000000000003' }, 'other-object'],
    [{ tenantId: '0198c0de-0000-7000-8000-000000000009' }, 'other-object'],
    [{ file: 'table.ja.csv' }, 'other-object'],
    [{ key: Buffer.alloc(32, 8) }, 'not-authentic'],
  ])('is not taken for another: %o', async (own, code) => {
    await expect(readAll(write(manyRows.slice(0, 3)), own)).rejects.toMatchObject({ code });
  });

  it('never uses a nonce twice, also where its last bytes run over', async () => {
    const bytes = write(manyRows);
    const { table } = await readReportObject(stored(bytes), { ...name, keyOf });
    const { start = 0, bytes: length = 0 } = table.frames[2] ?? {};
    const prefix = bytes.subarray(0, table.frames[0]?.start);
    const own = Buffer.concat([nonce.subarray(0, 8), Buffer.alloc(4)]);
    const decipher = createDecipheriv('aes-256-gcm', key, own);
    decipher.setAAD(Buffer.concat([createHash('sha256').update(prefix).digest(), Buffer.of(0, 0, 0, 2, 0)]));
    const frame = bytes.subarray(start, start + length);
    decipher.setAuthTag(frame.subarray(-16));
    const packed = Buffer.concat([decipher.update(frame.subarray(0, -16)), decipher.final()]);
    expect(zstdDecompressSync(packed).toString('utf8')).toBe(textOf(manyRows.slice(2000)));
  });
});
