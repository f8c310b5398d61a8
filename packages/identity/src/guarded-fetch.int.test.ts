import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AddressRefusedError, createGuardedFetch } from './guarded-fetch.ts';

const publicOnly = createGuardedFetch({ allowedNetworks: [] });
const withLoopback = createGuardedFetch({ allowedNetworks: ['127.0.0.0/8'] });
const withOthers = createGuardedFetch({ allowedNetworks: ['10.0.0.0/8'] });

let server: Server;
let port: number;
const asked: string[] = [];

const answer: RequestListener = (request, response) => {
  asked.push(request.url ?? '');
  if (request.url === '/moved') response.writeHead(302, { location: '/elsewhere' }).end();
  else if (request.url === '/long') response.end(Buffer.alloc(2 * 1024 * 1024));
  else if (request.url === '/nothing') response.writeHead(204).end();
  else request.pipe(response);
};

beforeAll(async () => {
  server = createServer(answer);
  // Every address of this machine, so that only the guard stands between.
  await new Promise<void>((resolve) => server.listen(0, '::', resolve));
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

it.each([
  'http://127.0.0.1:PORT/a',
  'https://127.0.0.1:PORT/a',
  'https://localhost:PORT/a',
  'https://2130706433:PORT/a',
  'https://0x7f.1:PORT/a',
  'https://0.0.0.0:PORT/a',
  'https://[::1]:PORT/a',
  'https://[::]:PORT/a',
  'https://[::ffff:127.0.0.1]:PORT/a',
  'https://[::ffff:7f00:1]:PORT/a',
  'https://169.254.169.254/latest/meta-data',
  'https://10.0.0.1/a',
  'ftp://127.0.0.1/a',
  'file:///etc/passwd',
])('goes nowhere with %s', async (address) => {
  const before = asked.length;
  const failure: unknown = await publicOnly(address.replace('PORT', String(port)), {}).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(AddressRefusedError);
  expect(asked).toHaveLength(before);
});

it('goes where the platform lets it, by name and by address, and nowhere else', async () => {
  const sent = await withLoopback(`http://127.0.0.1:${port}/a`, {
    method: 'POST',
    body: new URLSearchParams({ a: 'b' }),
  });
  expect([sent.status, await sent.text()]).toEqual([200, 'a=b']);
  for (const host of ['127.0.0.1', 'localhost', '[::1]']) {
    const refused = withOthers(`http://${host}:${port}/a`, {});
    await expect(refused, host).rejects.toBeInstanceOf(AddressRefusedError);
  }
  await expect(withLoopback(`http://[::1]:${port}/a`, {})).rejects.toBeInstanceOf(AddressRefusedError);
});

it('judges every answer of the names anew, and connects to what it judged', async () => {
  const answers = [['127.0.0.1'], ['10.0.0.1'], ['127.0.0.1', '10.0.0.1'], []];
  const resolved: string[] = [];
  const changing = createGuardedFetch({
    allowedNetworks: ['127.0.0.0/8'],
    resolve: (hostname, _options, done) => {
      resolved.push(hostname);
      const addresses = answers.shift() ?? ['10.0.0.1'];
      done(
        null,
        addresses.map((address) => ({ address, family: 4 })),
      );
    },
  });
  const address = `http://hooks.example.test:${port}/named`;
  expect((await changing(address, { method: 'POST', body: 'x' })).status).toBe(200);
  // One look-up a call: there is no second answer for the connection to follow.
  expect(resolved).toEqual(['hooks.example.test']);
  for (let call = 0; call < 3; call += 1) {
    await expect(changing(address, {})).rejects.toBeInstanceOf(AddressRefusedError);
  }
  expect([resolved.length, asked.filter((path) => path === '/named').length]).toEqual([4, 1]);
});

it('follows no redirect, reads no endless answer, and knows an empty one', async () => {
  const moved = await withLoopback(`http://127.0.0.1:${port}/moved`, {});
  expect([moved.status, moved.headers.get('location')]).toEqual([302, '/elsewhere']);
  expect(asked).not.toContain('/elsewhere');
  await expect(withLoopback(`http://127.0.0.1:${port}/long`, {})).rejects.toThrow('too long');
  expect((await withLoopback(`http://127.0.0.1:${port}/nothing`, {})).status).toBe(204);
});

it('stops when it is told to', async () => {
  const signal = AbortSignal.abort();
  await expect(withLoopback(`http://127.0.0.1:${port}/a`, { signal })).rejects.toThrow();
});
