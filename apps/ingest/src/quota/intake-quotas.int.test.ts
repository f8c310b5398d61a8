import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openTestIngest, type TestIngest } from '../ingest.fixtures.ts';

describe('the quotas of an organisation', () => {
  let ingest: TestIngest | undefined;
  afterEach(async () => {
    await ingest?.remove();
    ingest = undefined;
  });

  it('let a batch pass that owes, then say when to come back', async () => {
    ingest = await openTestIngest({ tenant: { quotas: { bytesPerSecond: 1000, burstBytes: 2000 } } });
    const first = await ingest.post('', 'x'.repeat(5000));
    expect(first.status).toBe(201);
    expect(first.headers.get('ratelimit-policy')).toContain('"bytes";q=2000;w=2');
    expect(first.headers.get('ratelimit')).toContain('"bytes";r=0');
    const second = await ingest.post('', 'y');
    expect(second.status).toBe(429);
    expect(Number(second.headers.get('retry-after'))).toBeGreaterThanOrEqual(2);
    expect(await second.json()).toMatchObject({
      code: 'quota-exceeded',
      reason: 'bytesPerSecond',
      params: { limit: 1000 },
    });
    expect(await ingest.metric('akashi_refused_batches_total')).toBe(1);
  });

  it('do not charge for a repetition', async () => {
    ingest = await openTestIngest({ tenant: { quotas: { recordsPerSecond: 1, burstRecords: 3 } } });
    const repeat = () => ingest?.post('', 'a\nb', { 'idempotency-key': 'k' });
    for (let round = 0; round < 5; round += 1) expect((await repeat())?.status).toBe(201);
    expect((await ingest.post('', 'a\nb')).status).toBe(201);
    expect((await ingest.post('', 'c')).status).toBe(429);
  });

  it('refuse a suspended organisation on every way in', async () => {
    ingest = await openTestIngest({ tenant: { status: 'suspended' } });
    const answer = await ingest.post('', 'x');
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ code: 'tenant-suspended' });
    const socket = connect(ingest.running.ports.tcp, '127.0.0.1');
    socket.on('error', () => undefined);
    await new Promise((resolve) => {
      socket.once('close', resolve);
      socket.write('<13>a line\n');
    });
    expect(await ingest.stopAndRead()).toEqual([]);
  });

  it('answer a full storage with a long wait', async () => {
    ingest = await openTestIngest({ tenant: { quotas: { storageBytes: 100 }, storedBytes: 100 } });
    const answer = await ingest.post('', 'x');
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(600);
    expect(await answer.json()).toMatchObject({ code: 'quota-exceeded', reason: 'storageBytes' });
  });

  it('hold a TCP sender back without losing a line', async () => {
    ingest = await openTestIngest({ tenant: { quotas: { bytesPerSecond: 100_000, burstBytes: 50_000 } } });
    const socket = connect(ingest.running.ports.tcp, '127.0.0.1');
    const line = `<13>Nov 22 10:00:00 host app: ${'x'.repeat(969)}\n`;
    const begun = Date.now();
    for (let count = 0; count < 300; count += 1) socket.write(line);
    const accepted = () => ingest?.metric('akashi_accepted_records_total');
    await vi.waitUntil(async () => (await accepted()) === 300, { timeout: 20_000, interval: 50 });
    // What one read brings is let in whole: 300 KB in chunks of 64 KiB, 50 KB at once and the rest at its rate.
    expect(Date.now() - begun).toBeGreaterThan(1000);
    socket.destroy();
    expect(await ingest.stopAndRead()).toHaveLength(300);
  });

  it('drop and count what comes over UDP', async () => {
    ingest = await openTestIngest({ tenant: { quotas: { recordsPerSecond: 1, burstRecords: 10 } } });
    const socket = createSocket('udp4');
    const { udp } = ingest.running.ports;
    for (let count = 0; count < 20; count += 1) {
      await new Promise((resolve) => socket.send('<13>a line', udp, '127.0.0.1', resolve));
    }
    const counted = async () =>
      ((await ingest?.metric('akashi_accepted_records_total')) ?? 0) +
      ((await ingest?.metric('akashi_syslog_dropped_records_total')) ?? 0);
    await vi.waitUntil(async () => (await counted()) === 20, { timeout: 10_000 });
    for (let count = 0; count < 5; count += 1) {
      await new Promise((resolve) => socket.send('<13>a line', udp, '127.0.0.1', resolve));
    }
    await vi.waitUntil(async () => (await counted()) === 25, { timeout: 10_000 });
    expect(await ingest.metric('akashi_syslog_dropped_records_total')).toBeGreaterThan(0);
    socket.close();
  });
});
