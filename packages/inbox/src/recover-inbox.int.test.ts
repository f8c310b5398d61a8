import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { destroySegment, listSegments, readSegment } from './index.ts';
import { batch, keys, other, tenant, useTestInbox } from './inbox.fixtures.ts';

const inbox = useTestInbox();

describe('recovery', () => {
  async function openSegmentFile(lines: string[][]): Promise<{ path: string; bytes: Buffer; ends: number[] }> {
    const writer = await inbox.openWriter({ limits: { rotateMs: 60_000 } });
    const ends: number[] = [];
    for (const each of lines) {
      await writer.append(tenant, batch(each));
      const [name = ''] = await inbox.openFiles();
      ends.push((await stat(join(inbox.dir, tenant, name))).size);
    }
    const [name = ''] = await inbox.openFiles();
    const path = join(inbox.dir, tenant, name);
    const bytes = await readFile(path);
    await writer.close();
    for (const segment of await listSegments(inbox.dir)) await destroySegment(inbox.dir, segment);
    return { path, bytes, ends };
  }

  it('keeps every whole frame of a file that is torn at any byte', async () => {
    const { path, bytes, ends } = await openSegmentFile([['first'], ['second', 'third'], ['fourth']]);
    const texts = [['first'], ['second', 'third'], ['fourth']];
    const header = headerLength(bytes);
    for (let length = 0; length <= bytes.length; length += 1) {
      await writeFile(path, bytes.subarray(0, length));
      const recovered = await inbox.openWriter();
      const whole = ends.filter((end) => end <= length).length;
      // Zeros at the end are what a file is prepared with, and so is a header with nothing else.
      const tornBytes = withoutZerosAtEnd(bytes.subarray(whole > 0 ? ends[whole - 1] : header, length)).length;
      const isPrepared = length >= header && tornBytes === 0;
      const cutBytes = whole > 0 || isPrepared ? tornBytes : withoutZerosAtEnd(bytes.subarray(0, length)).length;
      expect(recovered.recovered, `torn at ${length}`).toMatchObject([
        { outcome: whole > 0 ? 'closed' : 'empty', cutBytes },
      ]);
      expect(await inbox.allRecords(), `torn at ${length}`).toEqual(texts.slice(0, whole).flat().sort());
      await recovered.close();
      for (const segment of await listSegments(inbox.dir)) await destroySegment(inbox.dir, segment);
    }
  });

  it('keeps every whole frame of a prepared file, of which any part reached the disk', async () => {
    const { path, bytes, ends } = await openSegmentFile([['first'], ['second', 'third']]);
    const texts = [['first'], ['second', 'third']];
    for (let length = 0; length <= bytes.length; length += 1) {
      await writeFile(path, Buffer.concat([bytes.subarray(0, length), Buffer.alloc(10_000)]));
      const recovered = await inbox.openWriter();
      const whole = ends.filter((end) => bytes.subarray(length, end).every((byte) => byte === 0)).length;
      expect(recovered.recovered, `zeros from ${length}`).toMatchObject([
        { outcome: whole > 0 ? 'closed' : 'empty', damagedFrames: 0 },
      ]);
      expect(await inbox.allRecords(), `zeros from ${length}`).toEqual(texts.slice(0, whole).flat().sort());
      await recovered.close();
      for (const { path: closed, bytes: size } of await listSegments(inbox.dir)) {
        expect((await readSegment(closed, keys)).validBytes, `zeros from ${length}`).toBe(size);
      }
      for (const segment of await listSegments(inbox.dir)) await destroySegment(inbox.dir, segment);
    }
    for (const name of await readdir(join(inbox.dir, tenant, 'torn'))) {
      const kept = await readFile(join(inbox.dir, tenant, 'torn', name));
      expect(kept.at(-1), name).not.toBe(0);
    }
  });

  it('keeps what was torn for a day, also while the writer goes on', async () => {
    const torn = join(inbox.dir, tenant, 'torn');
    await mkdir(torn, { recursive: true });
    const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 60 * 60_000);
    const keepTail = async (name: string, at: Date): Promise<void> => {
      await writeFile(join(torn, name), 'what was cut');
      await utimes(join(torn, name), at, at);
    };
    await keepTail('before', daysAgo(2));
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const writer = await inbox.openWriter();
    expect(await readdir(torn)).toEqual([]);
    await keepTail('old', daysAgo(1.1));
    await keepTail('young', daysAgo(0.9));
    vi.advanceTimersByTime(61 * 60_000);
    await writer.close();
    expect(await readdir(torn)).toEqual(['young']);
  });

  it('opens for everybody when the disk does not give one file back', async () => {
    const { path } = await openSegmentFile([['first']]);
    await mkdir(path);
    const recovered = await inbox.openWriter();
    expect(recovered.recovered).toMatchObject([{ tenantId: tenant, outcome: 'unreadable', recordCount: 0 }]);
    expect(await recovered.append(other, batch(['theirs']))).toMatchObject({ code: 'accepted' });
    expect(await recovered.append(tenant, batch(['new']))).toMatchObject({ code: 'accepted' });
  });

  it('finds a flipped bit at any byte and keeps the frames around it', async () => {
    const { path, bytes, ends } = await openSegmentFile([['first'], ['second']]);
    const headerEnd = headerLength(bytes);
    for (let at = 0; at < bytes.length; at += 1) {
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] ?? 0) ^ 0x10;
      await writeFile(path, flipped);
      const recovered = await inbox.openWriter();
      const records = await inbox.allRecords();
      const inFirst = at >= headerEnd && at < (ends[0] ?? 0);
      const isLength = at < headerEnd + 4;
      if (at < headerEnd) expect(records, `flipped at ${at}`).toEqual([]);
      else if (inFirst) expect(records, `flipped at ${at}`).toEqual(isLength ? [] : ['second']);
      else expect(records, `flipped at ${at}`).toEqual(['first']);
      await recovered.close();
      for (const segment of await listSegments(inbox.dir)) await destroySegment(inbox.dir, segment);
      await rm(path, { force: true });
    }
  });

  function withoutZerosAtEnd(bytes: Buffer): Buffer {
    return bytes.subarray(0, bytes.findLastIndex((byte) => byte !== 0) + 1);
  }

  function headerLength(bytes: Buffer): number {
    let at = bytes.indexOf('\n') + 1;
    for (let n = 0; n < 4; n += 1) at += 1 + (bytes[at] ?? 0);
    return at + 32;
  }
});
