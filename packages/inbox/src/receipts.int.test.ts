import { appendFile, mkdir, readdir, rename, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { batch, other, tenant, useTestInbox } from './inbox.fixtures.ts';

const inbox = useTestInbox();

describe('idempotency', () => {
  it('gives the same receipt again: in flight, later, after a clean stop and after a crash', async () => {
    const writer = await inbox.openWriter();
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

    const restarted = await inbox.openWriter();
    expect(await restarted.append(tenant, batch(['a', 'b'], 'key-1'))).toEqual(second);
    const last = await restarted.append(tenant, batch(['c'], 'key-2'));
    await inbox.abandonWriter();

    const recovered = await inbox.openWriter();
    expect(recovered.recovered).toMatchObject([{ outcome: 'closed', recordCount: 1, cutBytes: 0 }]);
    expect(await recovered.append(tenant, batch(['c'], 'key-2'))).toEqual({ ...last, repeated: true });
    await recovered.close();
    expect(await inbox.allRecords()).toEqual(['a', 'a', 'b', 'b', 'c']);
    inbox.forgetWriter(restarted);
  });

  it('remembers what comes after a line that a power cut left unfinished', async () => {
    const writer = await inbox.openWriter();
    await writer.append(tenant, batch(['a'], 'key-1'));
    await writer.close();
    const receipts = join(inbox.dir, tenant, 'receipts');
    const [log = ''] = await readdir(receipts);
    await appendFile(join(receipts, log), 'torn');
    const restarted = await inbox.openWriter();
    await restarted.append(tenant, batch(['b'], 'key-2'));
    await restarted.close();
    const last = await inbox.openWriter();
    for (const [line, key] of Object.entries({ a: 'key-1', b: 'key-2' })) {
      expect(await last.append(tenant, batch([line], key))).toMatchObject({ code: 'accepted', repeated: true });
    }
  });

  it('refuses another body under the same key', async () => {
    const writer = await inbox.openWriter();
    const [, inFlight] = await Promise.all([
      writer.append(tenant, batch(['a'], 'key')),
      writer.append(tenant, batch(['b'], 'key')),
    ]);
    expect(inFlight).toEqual({ code: 'idempotency-conflict' });
    expect(await writer.append(tenant, batch(['ab'], 'key'))).toEqual({ code: 'idempotency-conflict' });
  });

  it('puts off what may be a repetition while the receipts cannot be read, and holds up nobody else', async () => {
    const writer = await inbox.openWriter();
    const first = await writer.append(tenant, batch(['a'], 'key-1'));
    await writer.close();
    const receipts = join(inbox.dir, tenant, 'receipts');
    const [log = ''] = await readdir(receipts);
    await rename(join(receipts, log), join(inbox.dir, 'log'));
    await mkdir(join(receipts, log));
    const faults: string[] = [];
    const restarted = await inbox.openWriter({ onFault: ({ code }) => faults.push(code) });
    expect(await restarted.append(other, batch(['theirs'], 'key-1'))).toMatchObject({ code: 'accepted' });
    expect(await restarted.append(tenant, batch(['b']))).toMatchObject({ code: 'accepted' });
    expect(await restarted.append(tenant, batch(['a'], 'key-1'))).toMatchObject({ code: 'landing-failed' });
    expect(faults).toContain('receipts-unreadable');
    await rmdir(join(receipts, log));
    await rename(join(inbox.dir, 'log'), join(receipts, log));
    expect(await restarted.append(tenant, batch(['a'], 'key-1'))).toEqual({ ...first, repeated: true });
  });
});
