import {
  DeleteObjectCommand,
  GetObjectLockConfigurationCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  PutObjectRetentionCommand,
} from '@aws-sdk/client-s3';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { block, clock, keysOf, s3Store, tenant } from '../conformance.fixtures.ts';
import { openArchive, type Archive, type TenantArchive } from '../index.ts';

const store = await s3Store();
afterAll(() => store?.end());

const hour = 3_600_000;
const denied = { $metadata: { httpStatusCode: 403 } };

describe.skipIf(store === null)('an archive in an S3 bucket', () => {
  const server = (store as NonNullable<typeof store>)?.server;
  let url: string;
  let bucket: string;
  let opened: Archive;
  let archive: TenantArchive;
  beforeEach(async () => {
    url = (await store?.makeUrl()) ?? '';
    bucket = new URL(url).host;
    opened = openArchive(url, { clock });
    archive = opened.forTenant(tenant);
  });
  afterEach(() => opened.close());

  const keyOf = (key: string): string => `akashi/one/${tenant}/${key}`;
  async function versionsOf(key: string): Promise<{ versionId: string | undefined; isMarker: boolean }[]> {
    const found = await server.client.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: keyOf(key) }));
    return [
      ...(found.Versions ?? []).map(({ VersionId }) => ({ versionId: VersionId, isMarker: false })),
      ...(found.DeleteMarkers ?? []).map(({ VersionId }) => ({ versionId: VersionId, isMarker: true })),
    ];
  }

  it('lets nobody remove, shorten or write over a block before its time', async () => {
    await archive.putOnce(block, Buffer.from('block'), { keepUntil: new Date(Date.now() + hour) });
    const [version] = await versionsOf(block);
    const Key = keyOf(block);
    const place = { Bucket: bucket, Key, VersionId: version?.versionId };
    await expect(server.client.send(new DeleteObjectCommand(place))).rejects.toMatchObject(denied);
    const sooner = { Mode: 'COMPLIANCE', RetainUntilDate: new Date(Date.now() + 60_000) } as const;
    await expect(
      server.client.send(new PutObjectRetentionCommand({ ...place, Retention: sooner })),
    ).rejects.toMatchObject(denied);
    await expect(
      server.client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: 'other', IfNoneMatch: '*' })),
    ).rejects.toMatchObject({ $metadata: { httpStatusCode: 412 } });
    expect(await archive.get(block)).toEqual(Buffer.from('block'));
  });

  it('leaves no version and no deletion marker of what it removes, and all of them while one is held', async () => {
    const free = 'blocks/2026/11/22/000000000018.akb';
    const Bucket = bucket;
    await archive.putOnce(free, Buffer.from('block'));
    await server.client.send(new PutObjectCommand({ Bucket, Key: keyOf(free), Body: 'written over' }));
    await server.client.send(new DeleteObjectCommand({ Bucket, Key: keyOf(free) }));
    expect(await versionsOf(free)).toHaveLength(3);
    expect(await archive.removeKept(free)).toBe('removed');
    expect(await versionsOf(free)).toEqual([]);
    await archive.putOnce(block, Buffer.from('block'), { keepUntil: new Date(Date.now() + hour) });
    await server.client.send(new DeleteObjectCommand({ Bucket, Key: keyOf(block) }));
    expect(await archive.removeKept(block)).toBe('held');
    expect(await versionsOf(block)).toHaveLength(2);
  });

  it('goes by the store’s own clock, whatever the installation’s says', async () => {
    await archive.putOnce(block, Buffer.from('block'), { keepUntil: new Date(Date.now() + hour) });
    const moved = openArchive(url, { clock: { ...clock, now: () => new Date(Date.now() + 400 * 24 * hour) } });
    expect(await moved.forTenant(tenant).facts(block)).toMatchObject({ keepUntil: null });
    expect(await moved.forTenant(tenant).heldUntil(block)).not.toBeNull();
    expect(await moved.forTenant(tenant).removeKept(block)).toBe('held');
    await moved.close();
  });

  it('leaves one version of the checkpoint and none of a removed partial tile', async () => {
    for (const text of ['one', 'two', 'three']) await archive.replaceCheckpoint(Buffer.from(text));
    expect(await versionsOf('log/checkpoint')).toHaveLength(1);
    await archive.putOnce('log/tile/0/000.p/1', Buffer.from('one'));
    await archive.putOnce('log/tile/0/000.p/2', Buffer.from('two'));
    await archive.removePartialTile('log/tile/0/000.p/1', 'log/tile/0/000.p/2');
    expect(await versionsOf('log/tile/0/000.p/1')).toEqual([]);
  });

  it('lists more than a page, in order', async () => {
    const keys = Array.from({ length: 1_003 }, (_, n) => `log/checkpoints/${String(n).padStart(5, '0')}`);
    for (let at = 0; at < keys.length; at += 50) {
      await Promise.all(keys.slice(at, at + 50).map((key) => archive.putOnce(key, Buffer.from('x'))));
    }
    expect(await keysOf(archive.list('log/checkpoints/'))).toEqual(keys);
    expect(await keysOf(archive.list('log/checkpoints/', { after: keys[1] as string }))).toEqual(keys.slice(2));
  });

  it.each(['crc32', 'crc32c', 'md5'])('writes, holds and reads with %s in place of SHA-256', async (checksum) => {
    const other = openArchive(`${url}&checksum=${checksum}`, { clock });
    const until = new Date(Math.ceil(Date.now() / 1000) * 1000 + hour);
    const evidence = other.forTenant(tenant);
    expect(await evidence.putOnce(block, Buffer.from('block'), { keepUntil: until })).toBe('created');
    const later = new Date(until.getTime() + hour);
    expect(await evidence.keepLonger(block, later)).toBe(true);
    expect(await archive.facts(block)).toEqual({ bytes: 5, keepUntil: later });
    await other.probe();
    await other.close();
  });

  it('removes what its probes left once its time is up', async () => {
    let now = Date.now();
    const probing = openArchive(url, { clock: { now: () => new Date(now), hostNow: () => new Date(now) } });
    const left = async (): Promise<number> => {
      const found = await server.client.send(
        new ListObjectVersionsCommand({ Bucket: bucket, Prefix: 'akashi/one/.probe/' }),
      );
      return (found.Versions ?? []).length + (found.DeleteMarkers ?? []).length;
    };
    await probing.probe();
    await probing.probe();
    expect(await left()).toBe(1);
    await vi.waitFor(
      async () => {
        // A minute later for the probe, so that it looks again; later by the store's clock as time goes by.
        now += 61_000;
        await probing.probe();
        expect(await left()).toBe(1);
      },
      { timeout: 30_000, interval: 4_500 },
    );
    await probing.close();
  });
});

describe.skipIf(store === null)('the probe of an S3 bucket', () => {
  const server = (store as NonNullable<typeof store>)?.server;

  const faultOf = async (url: string, now?: () => Date): Promise<{ code: string; message: string }> => {
    const archive = openArchive(url, { clock: now === undefined ? clock : { now, hostNow: now } });
    try {
      await archive.probe();
    } catch (error) {
      return error as { code: string; message: string };
    } finally {
      await archive.close();
    }
    throw new Error('the probe found nothing wrong');
  };

  it('says that there is no bucket, or one without Object Lock', async () => {
    expect(await faultOf(server.archiveUrl('no-such-bucket'))).toMatchObject({
      code: 'archive-bucket-missing',
      message: expect.stringContaining('no-such-bucket') as string,
    });
    await server.makeBucket('unlocked', { objectLock: false });
    const fault = await faultOf(server.archiveUrl('unlocked'));
    expect(fault.code).toBe('archive-object-lock-missing');
    expect(fault.message).toMatch(/has no Object Lock.*Turn Object Lock on/);
    // Evidence that must stay is not written there either.
    const archive = openArchive(server.archiveUrl('unlocked'), { clock });
    const put = archive.forTenant(tenant).putOnce(block, Buffer.from('x'), { keepUntil: new Date(Date.now() + hour) });
    await expect(put).rejects.toMatchObject({ code: 'archive-object-lock-missing' });
    await archive.close();
  });

  it('says that the credentials are not taken, without telling them', async () => {
    await server.makeBucket('credentials');
    const { AWS_SECRET_ACCESS_KEY: secret, AWS_ACCESS_KEY_ID: id } = process.env;
    try {
      process.env['AWS_SECRET_ACCESS_KEY'] = 'not-the-secret-of-this-server';
      const wrongSecret = await faultOf(server.archiveUrl('credentials'));
      process.env['AWS_ACCESS_KEY_ID'] = 'unheard-of';
      const unknown = await faultOf(server.archiveUrl('credentials'));
      // Never "there is no such object".
      const reading = openArchive(server.archiveUrl('credentials'), { clock }).forTenant(tenant);
      await expect(reading.get(block)).rejects.toMatchObject({ code: 'archive-permission-missing' });
      for (const { code, message } of [wrongSecret, unknown]) {
        expect(code).toBe('archive-permission-missing');
        expect(message).toContain('AWS_ACCESS_KEY_ID');
        expect(message).not.toMatch(/not-the-secret|unheard-of/);
      }
    } finally {
      Object.assign(process.env, { AWS_SECRET_ACCESS_KEY: secret, AWS_ACCESS_KEY_ID: id });
    }
  });

  it('says that the clocks are apart', async () => {
    await server.makeBucket('clocks');
    const fault = await faultOf(server.archiveUrl('clocks'), () => new Date(Date.now() - 20 * 60_000));
    expect(fault).toMatchObject({ code: 'archive-clock-skew' });
    expect(fault.message).toMatch(/20 minutes apart/);
  });

  it('takes a clock that is moved for a drill for no skew, whether the store goes with it or not', async () => {
    await server.makeBucket('moved');
    const day = 24 * 3_600_000;
    const moved = { now: () => new Date(Date.now() + 100 * day), hostNow: () => new Date() };
    const archive = openArchive(server.archiveUrl('moved'), { clock: moved });
    await archive.probe();
    await archive.close();
    const withStore = { now: () => new Date(), hostNow: () => new Date(Date.now() - 100 * day) };
    const other = openArchive(server.archiveUrl('moved'), { clock: withStore });
    await other.probe();
    await other.close();
  });

  it('says what the credentials may not do', async () => {
    const { url, close } = await denyingServer();
    const fault = await faultOf(`s3://evidence/a?endpoint=${url}`);
    await close();
    expect(fault.code).toBe('archive-permission-missing');
    expect(fault.message).toContain('s3:GetBucketObjectLockConfiguration');
  });

  it('says that the store does not answer, within seconds', async () => {
    const fault = await faultOf('s3://evidence/a?endpoint=http://127.0.0.1:9');
    expect(fault).toMatchObject({ code: 'archive-unavailable' });
  });

  it('goes on by itself when the store is back', async () => {
    await server.makeBucket('restarted');
    const archive = openArchive(server.archiveUrl('restarted'), { clock });
    const evidence = archive.forTenant(tenant);
    await evidence.putOnce(block, Buffer.from('block'), { keepUntil: new Date(Date.now() + hour) });
    await server.kill();
    await expect(evidence.get(block)).rejects.toMatchObject({ code: 'archive-unavailable' });
    await server.start();
    expect(await evidence.get(block)).toEqual(Buffer.from('block'));
    expect(await server.client.send(new GetObjectLockConfigurationCommand({ Bucket: 'restarted' }))).toMatchObject({
      ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' },
    });
    await archive.close();
  });
});

/** Stands for a store whose policy denies everything: the real server for tests has its owner's account alone. */
async function denyingServer(): Promise<{ url: string; close: () => Promise<void> }> {
  const server: Server = createServer((_request, response) => {
    response.writeHead(403, { 'content-type': 'application/xml' });
    response.end('<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
