import { readdir, writeFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { listSegments } from './index.ts';
import { batch, handlePrototype, tenant, useTestInbox } from './inbox.fixtures.ts';

const inbox = useTestInbox();

describe('a failing disk', () => {
  it('never acknowledges after a failed fdatasync, keeps what was acknowledged, and goes on in a new file', async () => {
    const prototype = await handlePrototype();
    const faults: string[] = [];
    const writer = await inbox.openWriter({ onFault: ({ code }) => faults.push(code), limits: { rotateMs: 60_000 } });
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
    expect(await listSegments(inbox.dir)).toHaveLength(2);
    expect(await inbox.allRecords()).toEqual(['kept', 'lost']);
  });

  it('cuts again before it publishes when the disk refuses the cut as well', async () => {
    const prototype = await handlePrototype();
    const faults: string[] = [];
    const writer = await inbox.openWriter({ onFault: ({ code }) => faults.push(code), limits: { rotateMs: 60_000 } });
    expect(await writer.append(tenant, batch(['kept']))).toMatchObject({ code: 'accepted' });
    const refused = Object.assign(new Error(), { code: 'EIO' });
    vi.spyOn(prototype, 'datasync').mockRejectedValueOnce(refused);
    vi.spyOn(prototype, 'truncate').mockRejectedValueOnce(refused);
    expect(await writer.append(tenant, batch(['lost']))).toMatchObject({ code: 'landing-failed' });
    expect(faults).toEqual(['commit-failed', 'cut-back-failed']);
    expect(await writer.append(tenant, batch(['lost']))).toMatchObject({ code: 'accepted' });
    await writer.close();
    expect(await inbox.allRecords()).toEqual(['kept', 'lost']);
  });

  it('says disk-full when the write itself finds no space, and leaves no file behind', async () => {
    const prototype = await handlePrototype();
    const writer = await inbox.openWriter();
    vi.spyOn(prototype, 'writev').mockRejectedValueOnce(Object.assign(new Error(), { code: 'ENOSPC' }));
    expect(await writer.append(tenant, batch(['a']))).toMatchObject({ code: 'disk-full' });
    expect(await inbox.openFiles()).toEqual([]);
    expect(await writer.append(tenant, batch(['a']))).toMatchObject({ code: 'accepted' });
  });

  it('can say whether the next batch would become durable, without one that comes', async () => {
    const prototype = await handlePrototype();
    const writer = await inbox.openWriter();
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
    expect((await readdir(inbox.dir)).sort()).toEqual([tenant, 'writer.lock']);

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

  it('can say that a commit waits for the disk', async () => {
    const prototype = await handlePrototype();
    const writer = await inbox.openWriter({ limits: { stalledMs: 0, rotateMs: 60_000 } });
    await writer.append(tenant, batch(['a']));
    await writer.checkWrites();
    const answer = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    vi.spyOn(prototype, 'datasync').mockImplementationOnce(() => {
      asked.resolve();
      return answer.promise;
    });
    const landing = writer.append(tenant, batch(['b']));
    await asked.promise;
    await expect(writer.checkWrites()).rejects.toMatchObject({ code: 'inbox-not-writable' });
    answer.resolve();
    expect(await landing).toMatchObject({ code: 'accepted' });
    await writer.checkWrites();
  });

  it('takes away what a check has left behind, at the next start', async () => {
    const writer = await inbox.openWriter();
    await writer.close();
    await writeFile(join(inbox.dir, 'write-check.0199d0c0'), '');
    await inbox.openWriter();
    expect(await readdir(inbox.dir)).toEqual(['writer.lock']);
  });

  it('writes on after short writes', async () => {
    const prototype = await handlePrototype();
    const writev = Reflect.get(prototype, 'writev') as (...written: unknown[]) => never;
    vi.spyOn(prototype, 'writev').mockImplementation(function (this: FileHandle, buffers, position) {
      const first = buffers[0] as Buffer;
      return writev.call(this, [first.subarray(0, Math.max(1, first.length >> 1))], position);
    });
    const writer = await inbox.openWriter();
    await writer.append(tenant, batch(['short', 'writes']));
    await writer.close();
    expect(await inbox.allRecords()).toEqual(['short', 'writes']);
  });
});
