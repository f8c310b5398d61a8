import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { destroySegment, listSegments, openInboxWriter, readSegment, type InboxBatch } from './index.ts';
import { batch, handlePrototype, keys, other, tenant, useTestInbox } from './inbox.fixtures.ts';

const inbox = useTestInbox();

describe('landing', () => {
  it('gives back what was appended, per tenant, flags and origin included', async () => {
    const closed: string[] = [];
    const writer = await inbox.openWriter({ onClosed: ({ segmentId }) => closed.push(segmentId) });
    const long = `${'x'.repeat(1023)}é${'y'.repeat(1500)}`;
    const first = batch(['one', '', 'three', long]);
    expect(await writer.append(tenant, first)).toMatchObject({
      code: 'accepted',
      repeated: false,
      receipt: { batchId: first.batchId, records: 6, bytes: 3 + 5 + Buffer.byteLength(long) },
    });
    await writer.append(other, batch(['theirs']));
    await writer.close();
    const listed = await listSegments(inbox.dir);
    expect(listed.map((each) => each.segmentId).sort()).toEqual(closed.sort());
    const mine = listed.find((each) => each.tenantId === tenant);
    const segment = await readSegment(mine?.path ?? '', keys);
    expect(segment).toMatchObject({ tenantId: tenant, recordCount: 6, damaged: [] });
    expect(segment.torn).toBeUndefined();
    const [only] = segment.batches;
    expect(only?.origin).toEqual(first.origin);
    expect(only?.receivedAtUs).toBe(first.receivedAtUs);
    const records = [...(only?.records ?? [])];
    expect(records.map((record) => record.flags)).toEqual([0, 0, 0, 2, 3, 1]);
    expect(Buffer.concat(records.slice(3).map((record) => record.bytes)).toString()).toBe(long);
    expect(records[3]?.bytes.length).toBe(1023);
  });

  it('leaves no clear text in any file', async () => {
    const writer = await inbox.openWriter();
    await writer.append(tenant, batch(['4980000123456789 in clear'], 'key-4980000123456789'));
    await writer.close();
    for (const entry of await readdir(inbox.dir, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      expect((await readFile(path)).includes('4980000123456789'), path).toBe(false);
      expect((await stat(path)).mode & 0o777, path).toBe(0o600);
    }
  });

  it('answers only after fdatasync, and one fdatasync serves the batches that came during the last', async () => {
    const prototype = await handlePrototype();
    const datasync = vi.spyOn(prototype, 'datasync');
    const writer = await inbox.openWriter();
    const answers = Array.from({ length: 500 }, (_, n) => writer.append(tenant, batch([`line ${n}`])));
    expect(datasync).toHaveBeenCalledTimes(0);
    await Promise.all(answers);
    const { commits, committedBatches } = writer.state();
    expect(committedBatches).toBe(500);
    expect(commits).toBeLessThan(10);
    expect(datasync.mock.calls.length).toBeLessThanOrEqual(commits + 1);
    await writer.close();
    expect(await inbox.allRecords()).toHaveLength(500);
  });

  it('closes a segment by size and by age', async () => {
    const bySize = await inbox.openWriter({ limits: { rotateBytes: 1000, rotateMs: 60_000 } });
    for (let n = 0; n < 10; n += 1) await bySize.append(tenant, batch(['z'.repeat(400)]));
    await vi.waitFor(async () => expect((await listSegments(inbox.dir)).length).toBeGreaterThanOrEqual(3));
    await bySize.close();
    const before = (await listSegments(inbox.dir)).length;
    const byAge = await inbox.openWriter({ limits: { rotateMs: 20 } });
    await byAge.append(tenant, batch(['aged']));
    await vi.waitFor(async () => expect(await listSegments(inbox.dir)).toHaveLength(before + 1), { timeout: 5000 });
    await byAge.append(tenant, batch(['aged again']));
    await vi.waitFor(async () => expect(await listSegments(inbox.dir)).toHaveLength(before + 2), { timeout: 5000 });
  });

  it('closes open segments when it is told to, behind what is being committed', async () => {
    const writer = await inbox.openWriter({ limits: { rotateMs: 60_000 } });
    await writer.append(tenant, batch(['one']));
    const second = writer.append(tenant, batch(['two']));
    writer.closeSegments();
    await second;
    await vi.waitFor(async () => expect(await listSegments(inbox.dir)).toHaveLength(1), { timeout: 5000 });
    writer.closeSegments();
    await writer.append(tenant, batch(['three']));
    expect(await inbox.openFiles()).toHaveLength(1);
    await writer.close();
    expect(await inbox.allRecords()).toHaveLength(3);
  });

  it('has the next file there before a segment is full, and takes away one that nothing came for', async () => {
    const writer = await inbox.openWriter({ limits: { rotateBytes: 1000, rotateMs: 60_000 } });
    await writer.append(tenant, batch(['z'.repeat(600)]));
    await vi.waitFor(async () => expect(await inbox.openFiles()).toHaveLength(2));
    const [, prepared] = (await inbox.openFiles()).sort();
    await writer.append(tenant, batch(['z'.repeat(600)]));
    await vi.waitFor(async () => expect(await inbox.openFiles()).toEqual([prepared]));
    await writer.append(tenant, batch(['in the prepared one']));
    expect(await inbox.openFiles()).toEqual([prepared]);
    await writer.append(tenant, batch(['z'.repeat(600)]));
    await vi.waitFor(async () => expect(await inbox.openFiles()).toHaveLength(2));
    await writer.close();
    expect(await inbox.openFiles()).toEqual([]);
    expect(await inbox.allRecords()).toHaveLength(4);
  });

  it('has the next file there for a sender that does not pause', async () => {
    // However slow the machine is, no time passes between one segment and the next.
    vi.spyOn(performance, 'now').mockReturnValue(0);
    const writer = await inbox.openWriter({ limits: { rotateMs: 200 } });
    await writer.append(tenant, batch(['first']));
    expect(await inbox.openFiles()).toHaveLength(1);
    await vi.waitFor(async () => expect(await inbox.openFiles()).toEqual([]), { timeout: 5000, interval: 5 });
    await writer.append(tenant, batch(['second']));
    await vi.waitFor(async () => expect(await inbox.openFiles()).toHaveLength(2));
    const [, prepared] = (await inbox.openFiles()).sort();
    await vi.waitFor(async () => expect(await inbox.openFiles()).toEqual([prepared]), { timeout: 5000, interval: 5 });
    await writer.append(tenant, batch(['third']));
    expect(await inbox.openFiles()).toContain(prepared);
    await writer.close();
    vi.restoreAllMocks();
    expect(await inbox.openFiles()).toEqual([]);
    expect(await inbox.allRecords()).toEqual(['first', 'second', 'third']);
  });

  it('writes zeros ahead for a sender that brings little, and none of them stays', async () => {
    const writer = await inbox.openWriter({ limits: { rotateBytes: 200_000, rotateMs: 60_000 } });
    const text = 'z'.repeat(1000);
    const lines = (count: number): string[] => Array.from({ length: count }, () => text);
    await writer.append(tenant, batch(lines(110)));
    await vi.waitFor(async () => expect(await inbox.openFiles()).toHaveLength(2));
    const [first = '', second = ''] = (await inbox.openFiles()).sort();
    const sizeOf = async (name: string): Promise<number> => (await stat(join(inbox.dir, tenant, name))).size;
    await vi.waitFor(async () => expect(await sizeOf(second)).toBeGreaterThan(64 * 1024));
    const prepared = await sizeOf(second);
    await writer.append(tenant, batch(lines(110)));
    await vi.waitFor(async () => expect(await inbox.openFiles()).not.toContain(first));
    await writer.append(tenant, batch(lines(3)));
    expect(await sizeOf(second)).toBe(prepared);
    await writer.append(tenant, batch(lines(80)));
    expect(await sizeOf(second)).toBeGreaterThan(prepared);
    await writer.append(tenant, batch(lines(30)));
    await vi.waitFor(async () => expect(await inbox.openFiles()).toHaveLength(1));
    await writer.append(tenant, batch(lines(2)));
    await writer.close();
    expect(await inbox.allRecords()).toHaveLength(110 + 110 + 3 + 80 + 30 + 2);
    for (const { path, bytes } of await listSegments(inbox.dir)) {
      const { validBytes, damaged } = await readSegment(path, keys);
      expect({ validBytes, damaged }).toEqual({ validBytes: bytes, damaged: [] });
    }
  });

  it('writes nothing ahead for a sender that brings much', async () => {
    const writer = await inbox.openWriter({ limits: { rotateBytes: 900_000, rotateMs: 60_000 } });
    const lines = (count: number): InboxBatch => batch(Array.from({ length: count }, () => 'z'.repeat(1000)));
    await writer.append(tenant, lines(950));
    await vi.waitFor(async () => expect(await inbox.openFiles()).toEqual([]));
    await writer.append(tenant, lines(500));
    await vi.waitFor(async () => expect(await inbox.openFiles()).toHaveLength(2));
    await writer.append(tenant, lines(500));
    await writer.append(tenant, lines(1));
    await vi.waitFor(async () => expect(await inbox.openFiles()).toHaveLength(1));
    const [prepared = ''] = await inbox.openFiles();
    expect((await stat(join(inbox.dir, tenant, prepared))).size).toBeLessThan(2000);
  });

  it('removes a file that was only prepared when its writer died', async () => {
    const writer = await inbox.openWriter({ limits: { rotateBytes: 1000, rotateMs: 60_000 } });
    await writer.append(tenant, batch(['z'.repeat(600)]));
    await vi.waitFor(async () => expect(await inbox.openFiles()).toHaveLength(2));
    await inbox.abandonWriter();
    const next = await inbox.openWriter();
    expect(next.recovered.map(({ outcome, recordCount }) => ({ outcome, recordCount }))).toEqual([
      { outcome: 'closed', recordCount: 1 },
      { outcome: 'empty', recordCount: 0 },
    ]);
    expect(await inbox.openFiles()).toEqual([]);
  });

  it('lets one process at a time write', async () => {
    const first = await inbox.openWriter();
    await expect(openInboxWriter({ dir: inbox.dir, keys, nowMs: Date.now })).rejects.toMatchObject({
      code: 'inbox-in-use',
    });
    await first.close();
    await (await openInboxWriter({ dir: inbox.dir, keys, nowMs: Date.now })).close();
  });
});

describe('limits', () => {
  it('says so when the backlog is full, and takes batches again after segments are destroyed', async () => {
    const writer = await inbox.openWriter({
      limits: { maxTenantBacklogBytes: 5000, maxBacklogBytes: 8000, rotateMs: 10 },
    });
    const big = (): InboxBatch => batch(Array.from({ length: 3 }, () => 'q'.repeat(1000)));
    expect(await writer.append(tenant, big())).toMatchObject({ code: 'accepted' });
    expect(await writer.append(tenant, big())).toMatchObject({ code: 'backlog-full', limitBytes: 5000 });
    expect(await writer.append(other, big())).toMatchObject({ code: 'accepted' });
    expect(await writer.append(other, big())).toMatchObject({ code: 'backlog-full', limitBytes: 8000 });
    await vi.waitFor(async () => expect(await listSegments(inbox.dir)).toHaveLength(2), { timeout: 5000 });
    for (const segment of await listSegments(inbox.dir)) await destroySegment(inbox.dir, segment);
    await writer.rescan();
    expect(writer.state()).toMatchObject({ backlogBytes: 0, segments: 0 });
    expect(await writer.append(tenant, big())).toMatchObject({ code: 'accepted' });
  });

  it('keeps a reserve of the disk', async () => {
    const writer = await inbox.openWriter({ limits: { diskReserveBytes: Number.MAX_SAFE_INTEGER } });
    expect(await writer.append(tenant, batch(['a']))).toEqual({ code: 'disk-full', retryAfterSeconds: 10 });
    expect(await listSegments(inbox.dir)).toEqual([]);
  });

  it('bounds what waits in memory, and leaves half of it to others', async () => {
    const writer = await inbox.openWriter({ limits: { maxPendingBytes: 4000 } });
    const [full, taken] = ['backlog-full', 'accepted'];
    const senders = [tenant, tenant, tenant, other, other, other];
    const answers = await Promise.all(senders.map((sender) => writer.append(sender, batch(['w'.repeat(900)]))));
    expect(answers.map((answer) => answer.code)).toEqual([taken, taken, full, taken, taken, full]);
  });
});
