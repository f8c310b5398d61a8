import { hkdfSync, randomBytes } from 'node:crypto';
import {
  appendFile,
  mkdir,
  open,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
  type FileHandle,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  destroySegment,
  listSegments,
  openInboxWriter,
  readSegment,
  RecordListBuilder,
  type InboxBatch,
  type InboxKeys,
  type InboxWriter,
  type InboxWriterSettings,
} from '../index.ts';

const tenant = '0199d0c0-0000-7000-8000-000000000001';
const other = '0199d0c0-0000-7000-8000-000000000002';
const masterKey = randomBytes(32);
const keys: InboxKeys = {
  forTenant: (tenantId) => ({
    inboxKey(keyId = 'inbox-0001-00000000') {
      if (keyId !== 'inbox-0001-00000000') throw new Error('no such key');
      return { id: keyId, key: Buffer.from(hkdfSync('sha256', masterKey, tenantId, 'test', 32)) };
    },
  }),
};

let dir: string;
const opened: InboxWriter[] = [];
beforeEach(async () => {
  dir = join(await mkdtemp(join(tmpdir(), 'akashi-inbox-')), 'inbox');
});
afterEach(async () => {
  vi.restoreAllMocks();
  for (const writer of opened.splice(0)) await writer.close();
  await rm(join(dir, '..'), { recursive: true });
});

async function openWriter(settings: Partial<InboxWriterSettings> = {}): Promise<InboxWriter> {
  const writer = await openInboxWriter({ dir, keys, ...settings });
  opened.push(writer);
  return writer;
}

/** What a killed process leaves: the files as they are at this moment, without its lock. */
async function abandonWriter(): Promise<void> {
  await rename(join(dir, 'writer.lock'), join(dir, 'writer.lock.gone'));
}

let serial = 0;
function batch(lines: string[], idempotencyKey?: string): InboxBatch {
  const records = new RecordListBuilder({ maxRecordBytes: 1024 });
  for (const line of lines) records.add(Buffer.from(line), 0, Buffer.byteLength(line));
  serial += 1;
  const batchId = `batch-${serial}`;
  return {
    batchId,
    origin: Buffer.from(JSON.stringify({ batchId })),
    receivedAtUs: Date.now() * 1000 + serial,
    records: records.finish(),
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  };
}

async function allRecords(): Promise<string[]> {
  const texts: string[] = [];
  for (const { path } of await listSegments(dir)) {
    for (const each of (await readSegment(path, keys)).batches) {
      for (const record of each.records) texts.push(record.bytes.toString());
    }
  }
  return texts.sort();
}

async function openFiles(): Promise<string[]> {
  return (await readdir(join(dir, tenant))).filter((name) => name.endsWith('.open'));
}

/** A FileHandle's prototype is not exported; every handle shares it. */
async function handlePrototype(): Promise<FileHandle> {
  const handle = await open(tmpdir(), 'r');
  await handle.close();
  return Object.getPrototypeOf(handle) as FileHandle;
}

describe('landing', () => {
  it('gives back what was appended, per tenant, flags and origin included', async () => {
    const closed: string[] = [];
    const writer = await openWriter({ onClosed: ({ segmentId }) => closed.push(segmentId) });
    const long = `${'x'.repeat(1023)}é${'y'.repeat(1500)}`;
    const first = batch(['one', '', 'three', long]);
    expect(await writer.append(tenant, first)).toMatchObject({
      code: 'accepted',
      repeated: false,
      receipt: { batchId: first.batchId, records: 6, bytes: 3 + 5 + Buffer.byteLength(long) },
    });
    await writer.append(other, batch(['theirs']));
    await writer.close();
    const listed = await listSegments(dir);
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
    const writer = await openWriter();
    await writer.append(tenant, batch(['4980000123456789 in clear'], 'key-4980000123456789'));
    await writer.close();
    for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      expect((await readFile(path)).includes('4980000123456789'), path).toBe(false);
      expect((await stat(path)).mode & 0o777, path).toBe(0o600);
    }
  });

  it('answers only after fdatasync, and one fdatasync serves the batches that came during the last', async () => {
    const prototype = await handlePrototype();
    const datasync = vi.spyOn(prototype, 'datasync');
    const writer = await openWriter();
    const answers = Array.from({ length: 500 }, (_, n) => writer.append(tenant, batch([`line ${n}`])));
    expect(datasync).toHaveBeenCalledTimes(0);
    await Promise.all(answers);
    const { commits, committedBatches } = writer.state();
    expect(committedBatches).toBe(500);
    expect(commits).toBeLessThan(10);
    expect(datasync.mock.calls.length).toBeLessThanOrEqual(commits + 1);
    await writer.close();
    expect(await allRecords()).toHaveLength(500);
  });

  it('closes a segment by size and by age', async () => {
    const bySize = await openWriter({ limits: { rotateBytes: 1000, rotateMs: 60_000 } });
    for (let n = 0; n < 10; n += 1) await bySize.append(tenant, batch(['z'.repeat(400)]));
    await vi.waitFor(async () => expect((await listSegments(dir)).length).toBeGreaterThanOrEqual(3));
    await bySize.close();
    const before = (await listSegments(dir)).length;
    const byAge = await openWriter({ limits: { rotateMs: 20 } });
    await byAge.append(tenant, batch(['aged']));
    await vi.waitFor(async () => expect(await listSegments(dir)).toHaveLength(before + 1), { timeout: 5000 });
    await byAge.append(tenant, batch(['aged again']));
    await vi.waitFor(async () => expect(await listSegments(dir)).toHaveLength(before + 2), { timeout: 5000 });
  });

  it('has the next file there before a segment is full, and takes away one that nothing came for', async () => {
    const writer = await openWriter({ limits: { rotateBytes: 1000, rotateMs: 60_000 } });
    await writer.append(tenant, batch(['z'.repeat(600)]));
    await vi.waitFor(async () => expect(await openFiles()).toHaveLength(2));
    const [, prepared] = (await openFiles()).sort();
    await writer.append(tenant, batch(['z'.repeat(600)]));
    await vi.waitFor(async () => expect(await openFiles()).toEqual([prepared]));
    await writer.append(tenant, batch(['in the prepared one']));
    expect(await openFiles()).toEqual([prepared]);
    await writer.append(tenant, batch(['z'.repeat(600)]));
    await vi.waitFor(async () => expect(await openFiles()).toHaveLength(2));
    await writer.close();
    expect(await openFiles()).toEqual([]);
    expect(await allRecords()).toHaveLength(4);
  });

  it('has the next file there for a sender that does not pause', async () => {
    // However slow the machine is, no time passes between one segment and the next.
    vi.spyOn(performance, 'now').mockReturnValue(0);
    const writer = await openWriter({ limits: { rotateMs: 200 } });
    await writer.append(tenant, batch(['first']));
    expect(await openFiles()).toHaveLength(1);
    await vi.waitFor(async () => expect(await openFiles()).toEqual([]), { timeout: 5000, interval: 5 });
    await writer.append(tenant, batch(['second']));
    await vi.waitFor(async () => expect(await openFiles()).toHaveLength(2));
    const [, prepared] = (await openFiles()).sort();
    await vi.waitFor(async () => expect(await openFiles()).toEqual([prepared]), { timeout: 5000, interval: 5 });
    await writer.append(tenant, batch(['third']));
    expect(await openFiles()).toContain(prepared);
    await writer.close();
    vi.restoreAllMocks();
    expect(await openFiles()).toEqual([]);
    expect(await allRecords()).toEqual(['first', 'second', 'third']);
  });

  it('removes a file that was only prepared when its writer died', async () => {
    const writer = await openWriter({ limits: { rotateBytes: 1000, rotateMs: 60_000 } });
    await writer.append(tenant, batch(['z'.repeat(600)]));
    await vi.waitFor(async () => expect(await openFiles()).toHaveLength(2));
    await abandonWriter();
    const next = await openWriter();
    expect(next.recovered.map(({ outcome, recordCount }) => ({ outcome, recordCount }))).toEqual([
      { outcome: 'closed', recordCount: 1 },
      { outcome: 'empty', recordCount: 0 },
    ]);
    expect(await openFiles()).toEqual([]);
  });

  it('lets one process at a time write', async () => {
    await openWriter();
    await rename(join(dir, 'writer.lock'), join(dir, 'writer.lock.mine'));
    const parent = await readFile(`/proc/${process.ppid}/stat`, 'latin1');
    const started = parent.slice(parent.lastIndexOf(')') + 2).split(' ')[19];
    await writeFile(join(dir, 'writer.lock'), `${process.ppid} ${started}`);
    await expect(openInboxWriter({ dir, keys })).rejects.toMatchObject({ code: 'inbox-in-use' });
    await writeFile(join(dir, 'writer.lock'), `${process.ppid} 1`);
    await (await openInboxWriter({ dir, keys })).close();
  });
});

describe('idempotency', () => {
  it('gives the same receipt again: in flight, later, after a clean stop and after a crash', async () => {
    const writer = await openWriter();
    const original = batch(['a', 'b'], 'key-1');
    const [first, second] = await Promise.all([
      writer.append(tenant, original),
      writer.append(tenant, batch(['a', 'b'], 'key-1')),
    ]);
    expect(first).toMatchObject({ code: 'accepted', repeated: false });
    expect(second).toEqual({ ...first, repeated: true });
    expect(await writer.append(tenant, batch(['a', 'b'], 'key-1'))).toEqual(second);
    expect(await writer.append(other, batch(['a', 'b'], 'key-1'))).toMatchObject({ repeated: false });
    await writer.close();

    const restarted = await openWriter();
    expect(await restarted.append(tenant, batch(['a', 'b'], 'key-1'))).toEqual(second);
    const last = await restarted.append(tenant, batch(['c'], 'key-2'));
    await abandonWriter();

    const recovered = await openWriter();
    expect(recovered.recovered).toMatchObject([{ outcome: 'closed', recordCount: 1, cutBytes: 0 }]);
    expect(await recovered.append(tenant, batch(['c'], 'key-2'))).toEqual({ ...last, repeated: true });
    await recovered.close();
    expect(await allRecords()).toEqual(['a', 'a', 'b', 'b', 'c']);
    opened.splice(opened.indexOf(restarted), 1);
  });

  it('remembers what comes after a line that a power cut left unfinished', async () => {
    const writer = await openWriter();
    await writer.append(tenant, batch(['a'], 'key-1'));
    await writer.close();
    const receipts = join(dir, tenant, 'receipts');
    const [log = ''] = await readdir(receipts);
    await appendFile(join(receipts, log), 'torn');
    const restarted = await openWriter();
    await restarted.append(tenant, batch(['b'], 'key-2'));
    await restarted.close();
    const last = await openWriter();
    for (const [line, key] of Object.entries({ a: 'key-1', b: 'key-2' })) {
      expect(await last.append(tenant, batch([line], key))).toMatchObject({ code: 'accepted', repeated: true });
    }
  });

  it('refuses another body under the same key', async () => {
    const writer = await openWriter();
    const [, inFlight] = await Promise.all([
      writer.append(tenant, batch(['a'], 'key')),
      writer.append(tenant, batch(['b'], 'key')),
    ]);
    expect(inFlight).toEqual({ code: 'idempotency-conflict' });
    expect(await writer.append(tenant, batch(['ab'], 'key'))).toEqual({ code: 'idempotency-conflict' });
  });
});

describe('limits', () => {
  it('says so when the backlog is full, and takes batches again after segments are destroyed', async () => {
    const writer = await openWriter({ limits: { maxTenantBacklogBytes: 5000, maxBacklogBytes: 8000, rotateMs: 10 } });
    const big = (): InboxBatch => batch(Array.from({ length: 3 }, () => 'q'.repeat(1000)));
    expect(await writer.append(tenant, big())).toMatchObject({ code: 'accepted' });
    expect(await writer.append(tenant, big())).toMatchObject({ code: 'backlog-full', limitBytes: 5000 });
    expect(await writer.append(other, big())).toMatchObject({ code: 'accepted' });
    expect(await writer.append(other, big())).toMatchObject({ code: 'backlog-full', limitBytes: 8000 });
    await vi.waitFor(async () => expect(await listSegments(dir)).toHaveLength(2), { timeout: 5000 });
    for (const segment of await listSegments(dir)) await destroySegment(dir, segment);
    await writer.rescan();
    expect(writer.state()).toMatchObject({ backlogBytes: 0, segments: 0 });
    expect(await writer.append(tenant, big())).toMatchObject({ code: 'accepted' });
  });

  it('keeps a reserve of the disk', async () => {
    const writer = await openWriter({ limits: { diskReserveBytes: Number.MAX_SAFE_INTEGER } });
    expect(await writer.append(tenant, batch(['a']))).toEqual({ code: 'disk-full', retryAfterSeconds: 10 });
    expect(await listSegments(dir)).toEqual([]);
  });

  it('bounds what waits in memory, and leaves half of it to others', async () => {
    const writer = await openWriter({ limits: { maxPendingBytes: 4000 } });
    const [full, taken] = ['backlog-full', 'accepted'];
    const senders = [tenant, tenant, tenant, other, other, other];
    const answers = await Promise.all(senders.map((sender) => writer.append(sender, batch(['w'.repeat(900)]))));
    expect(answers.map((answer) => answer.code)).toEqual([taken, taken, full, taken, taken, full]);
  });
});

describe('a failing disk', () => {
  it('never acknowledges after a failed fdatasync, keeps what was acknowledged, and goes on in a new file', async () => {
    const prototype = await handlePrototype();
    const faults: string[] = [];
    const writer = await openWriter({ onFault: ({ code }) => faults.push(code), limits: { rotateMs: 60_000 } });
    expect(await writer.append(tenant, batch(['kept']))).toMatchObject({ code: 'accepted' });
    const cut = vi.spyOn(prototype, 'truncate');
    const failing = vi.spyOn(prototype, 'datasync').mockRejectedValueOnce(Object.assign(new Error(), { code: 'EIO' }));
    expect(await writer.append(tenant, batch(['lost'], 'key'))).toMatchObject({ code: 'landing-failed' });
    // The second one is for the new length: the refused frame may be on the disk all the same.
    expect(failing).toHaveBeenCalledTimes(2);
    expect(cut.mock.invocationCallOrder[0]).toBeLessThan(failing.mock.invocationCallOrder[1] ?? 0);
    expect(await writer.append(tenant, batch(['lost'], 'key'))).toMatchObject({ code: 'accepted', repeated: false });
    await writer.close();
    expect(faults).toEqual(['commit-failed']);
    expect(await listSegments(dir)).toHaveLength(2);
    expect(await allRecords()).toEqual(['kept', 'lost']);
  });

  it('cuts again before it publishes when the disk refuses the cut as well', async () => {
    const prototype = await handlePrototype();
    const faults: string[] = [];
    const writer = await openWriter({ onFault: ({ code }) => faults.push(code), limits: { rotateMs: 60_000 } });
    expect(await writer.append(tenant, batch(['kept']))).toMatchObject({ code: 'accepted' });
    const refused = Object.assign(new Error(), { code: 'EIO' });
    vi.spyOn(prototype, 'datasync').mockRejectedValueOnce(refused);
    vi.spyOn(prototype, 'truncate').mockRejectedValueOnce(refused);
    expect(await writer.append(tenant, batch(['lost']))).toMatchObject({ code: 'landing-failed' });
    expect(faults).toEqual(['commit-failed', 'cut-back-failed']);
    expect(await writer.append(tenant, batch(['lost']))).toMatchObject({ code: 'accepted' });
    await writer.close();
    expect(await allRecords()).toEqual(['kept', 'lost']);
  });

  it('says disk-full when the write itself finds no space, and leaves no file behind', async () => {
    const prototype = await handlePrototype();
    const writer = await openWriter();
    vi.spyOn(prototype, 'writev').mockRejectedValueOnce(Object.assign(new Error(), { code: 'ENOSPC' }));
    expect(await writer.append(tenant, batch(['a']))).toMatchObject({ code: 'disk-full' });
    expect(await openFiles()).toEqual([]);
    expect(await writer.append(tenant, batch(['a']))).toMatchObject({ code: 'accepted' });
  });

  it('can say whether the next batch would become durable, without one that comes', async () => {
    const prototype = await handlePrototype();
    const writer = await openWriter();
    await writer.checkWrites();
    const broken = Object.assign(new Error(), { code: 'EIO' });
    const failing = vi.spyOn(prototype, 'datasync').mockRejectedValue(broken);
    await writer.checkWrites();
    expect(failing).not.toHaveBeenCalled();
    expect(await writer.append(tenant, batch(['lost']))).toMatchObject({ code: 'landing-failed' });
    const answers = await Promise.allSettled([writer.checkWrites(), writer.checkWrites()]);
    expect(answers).toMatchObject(
      Array.from({ length: 2 }, () => ({
        reason: { code: 'inbox-not-writable', message: 'writes to the inbox fail' },
      })),
    );
    expect(failing).toHaveBeenCalledTimes(2);
    failing.mockRestore();
    await writer.checkWrites();
    expect((await readdir(dir)).sort()).toEqual([tenant, 'writer.lock']);

    vi.spyOn(prototype, 'writev').mockRejectedValue(Object.assign(new Error(), { code: 'ENOSPC' }));
    expect(await writer.append(tenant, batch(['lost']))).toMatchObject({ code: 'disk-full' });
    await expect(writer.checkWrites()).rejects.toMatchObject({ code: 'inbox-not-writable' });
    vi.restoreAllMocks();
    expect(await writer.append(tenant, batch(['kept']))).toMatchObject({ code: 'accepted' });
    const unasked = vi.spyOn(prototype, 'datasync');
    await writer.checkWrites();
    expect(unasked).not.toHaveBeenCalled();
    expect(writer.state()).toMatchObject({ commits: 1, committedBatches: 1, faults: 2 });
  });

  it('takes away what a check has left behind, at the next start', async () => {
    const writer = await openWriter();
    await writer.close();
    await writeFile(join(dir, 'write-check.0199d0c0'), '');
    await openWriter();
    expect(await readdir(dir)).toEqual(['writer.lock']);
  });

  it('writes on after short writes', async () => {
    const prototype = await handlePrototype();
    const writev = Reflect.get(prototype, 'writev') as (...written: unknown[]) => never;
    vi.spyOn(prototype, 'writev').mockImplementation(function (this: FileHandle, buffers, position) {
      const first = buffers[0] as Buffer;
      return writev.call(this, [first.subarray(0, Math.max(1, first.length >> 1))], position);
    });
    const writer = await openWriter();
    await writer.append(tenant, batch(['short', 'writes']));
    await writer.close();
    expect(await allRecords()).toEqual(['short', 'writes']);
  });
});

describe('recovery', () => {
  async function openSegmentFile(lines: string[][]): Promise<{ path: string; bytes: Buffer; ends: number[] }> {
    const writer = await openWriter({ limits: { rotateMs: 60_000 } });
    const ends: number[] = [];
    for (const each of lines) {
      await writer.append(tenant, batch(each));
      const [name = ''] = await openFiles();
      ends.push((await stat(join(dir, tenant, name))).size);
    }
    const [name = ''] = await openFiles();
    const path = join(dir, tenant, name);
    const bytes = await readFile(path);
    await writer.close();
    for (const segment of await listSegments(dir)) await destroySegment(dir, segment);
    return { path, bytes, ends };
  }

  it('keeps every whole frame of a file that is torn at any byte', async () => {
    const { path, bytes, ends } = await openSegmentFile([['first'], ['second', 'third'], ['fourth']]);
    const texts = [['first'], ['second', 'third'], ['fourth']];
    for (let length = 0; length <= bytes.length; length += 1) {
      await writeFile(path, bytes.subarray(0, length));
      const recovered = await openWriter();
      const whole = ends.filter((end) => end <= length).length;
      expect(recovered.recovered, `torn at ${length}`).toMatchObject([
        { outcome: whole > 0 ? 'closed' : 'empty', cutBytes: length - (whole > 0 ? (ends[whole - 1] ?? 0) : 0) },
      ]);
      expect(await allRecords(), `torn at ${length}`).toEqual(texts.slice(0, whole).flat().sort());
      await recovered.close();
      for (const segment of await listSegments(dir)) await destroySegment(dir, segment);
    }
  });

  it('opens for everybody when the disk does not give one file back', async () => {
    const { path } = await openSegmentFile([['first']]);
    await mkdir(path);
    const recovered = await openWriter();
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
      const recovered = await openWriter();
      const records = await allRecords();
      const inFirst = at >= headerEnd && at < (ends[0] ?? 0);
      const isLength = at < headerEnd + 4;
      if (at < headerEnd) expect(records, `flipped at ${at}`).toEqual([]);
      else if (inFirst) expect(records, `flipped at ${at}`).toEqual(isLength ? [] : ['second']);
      else expect(records, `flipped at ${at}`).toEqual(['first']);
      await recovered.close();
      for (const segment of await listSegments(dir)) await destroySegment(dir, segment);
      await rm(path, { force: true });
    }
  });

  function headerLength(bytes: Buffer): number {
    let at = bytes.indexOf('\n') + 1;
    for (let n = 0; n < 3; n += 1) at += 1 + (bytes[at] ?? 0);
    return at + 32;
  }
});
