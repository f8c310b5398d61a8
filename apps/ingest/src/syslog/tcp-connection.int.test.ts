import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { tenantId, type SyslogSource } from '@akashi/database';
import { createLogger } from '@akashi/server-kit';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Landing } from '../landing/landing.ts';
import { serveTcpConnection } from './tcp-connection.ts';

const source: SyslogSource = {
  id: 'source',
  tenantId: tenantId('0199d0c0-0000-7000-8000-000000000001'),
  kind: 'syslog',
  name: 'source',
  addressRange: '127.0.0.0/8',
  certificateFingerprint: null,
  logGroup: 'syslog',
  timeZone: null,
  format: null,
  encoding: null,
};

let near: Socket;
let far: Socket;
const landed: string[] = [];
const landing: Pick<Landing, 'land'> = {
  land: ({ records }) => {
    landed.push(records.encoded.toString('latin1'));
    return Promise.resolve({
      code: 'accepted',
      repeated: false,
      receipt: { batchId: 'b', records: records.count, bytes: records.recordBytes, receivedAtUs: 0 },
    });
  },
};
const server = createServer();

beforeEach(async () => {
  landed.length = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const coming = once(server, 'connection') as Promise<[Socket]>;
  far = connect((server.address() as AddressInfo).port, '127.0.0.1');
  [near] = await coming;
  serveTcpConnection(
    near,
    {
      landing,
      quotas: { decide: () => ({ code: 'open' }) },
      source,
      kind: 'syslog-tcp',
      address: '127.0.0.1',
      logger: createLogger({ name: 'test', level: 'silent' }),
      onGivenUp: () => undefined,
      onUndecodable: () => undefined,
    },
    () => undefined,
  );
});
afterEach(async () => {
  far.destroy();
  await new Promise((resolve) => server.close(resolve));
});

/** As when nothing came for as long as the socket's timeout. */
async function fallSilentAfter(text: string): Promise<void> {
  far.write(text);
  await vi.waitFor(() => expect(near.bytesRead).toBe(far.bytesWritten));
  near.emit('timeout');
}

it('keeps a line without an end, and the connection: its sender may never send one', async () => {
  await fallSilentAfter('<13>no end');
  await vi.waitFor(() => expect(landed.join()).toContain('<13>no end'));
  expect(near.destroyed).toBe(false);
  await fallSilentAfter('<13>nor here');
  await vi.waitFor(() => expect(landed.join()).toContain('<13>nor here'));
  expect(near.timeout).toBe(3_600_000);
});

it('gives a connection up that leaves a counted message unfinished, or is idle', async () => {
  await fallSilentAfter('40 <13>counted');
  await vi.waitFor(() => expect(landed.join()).toContain('<13>counted'));
  expect(near.destroyed).toBe(true);
});
