import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { request as httpsRequest } from 'node:https';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { createIntakeClient, createTrust } from '@akashi/client';
import { openOtherMachine, type OtherMachine } from '@akashi/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestIngest, type TestIngest } from '../ingest.fixtures.ts';
import { tenantHeader } from '../sender/system-sender.ts';

const path = '/v1/log-groups/app/log-streams/web-1/records';

let ingest: TestIngest;
const sockets: Socket[] = [];
beforeEach(async () => {
  ingest = await openTestIngest();
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await ingest.remove();
});

async function authority(): Promise<string> {
  return (await ingest.keyring.ensureServerCertificate({ hosts: ['localhost'] })).ca;
}

function requestText(body: string, headers: Record<string, string> = {}): string {
  const all = { Host: 'x', Authorization: `Bearer ${ingest.ingestKey}`, 'Content-Type': 'text/plain', ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return `POST ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

async function answerTo(socket: Socket, bytes: string | Buffer): Promise<string> {
  sockets.push(socket);
  socket.write(bytes);
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  return answer;
}

const overHttp = (bytes: string | Buffer): Promise<string> =>
  answerTo(connect(ingest.running.ports.http, '127.0.0.1'), bytes);

async function addresses(): Promise<unknown[]> {
  return (await ingest.stopAndRead()).map(({ text, origin }) => [text, origin.source.address]);
}

describe('HTTPS', () => {
  it('takes records with the certificate of the installation', async () => {
    const ca = await authority();
    const { https: port } = ingest.running.ports;
    for (const body of ['one', 'two']) {
      const headers = { authorization: `Bearer ${ingest.ingestKey}`, 'content-type': 'text/plain' };
      const request = httpsRequest({ host: 'localhost', port, path, method: 'POST', ca, headers });
      request.end(body);
      const [answer] = (await once(request, 'response')) as [{ statusCode: number; resume(): void }];
      answer.resume();
      expect(answer.statusCode).toBe(201);
    }
    expect(await addresses()).toEqual([
      ['one', '127.0.0.1'],
      ['two', '127.0.0.1'],
    ]);
  });

  it('is trusted by a client that has the authority, and by no other', async () => {
    const endpoint = `https://localhost:${ingest.running.ports.https}`;
    const batch = { logGroup: 'app', logStream: 'web-1', records: ['a', 'b'] };
    const trust = createTrust(await authority());
    const trusting = createIntakeClient({ endpoint, key: ingest.ingestKey, trust });
    expect(await trusting.send(batch)).toMatchObject({ kind: 'accepted', receipt: { records: 2 } });
    expect(await createIntakeClient({ endpoint, key: 'another', trust }).send(batch)).toMatchObject({ kind: 'denied' });
    expect(await createIntakeClient({ endpoint, key: ingest.ingestKey }).send(batch)).toMatchObject({
      kind: 'unreachable',
      reason: expect.stringMatching(/SELF_SIGNED|UNABLE_TO/),
    });
    trust.agent.destroy();
  });

  it('answers what is no HTTP as the plain way does, and lets go of what is no TLS', async () => {
    const ca = await authority();
    const { https: port } = ingest.running.ports;
    const secure = connectTls({ port, host: '127.0.0.1', servername: 'localhost', ca });
    expect(await answerTo(secure, 'nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 [^]*application\/problem\+json/);
    expect(await answerTo(connect(port, '127.0.0.1'), requestText('x'))).toBe('');
    const old = connectTls({
      port,
      host: '127.0.0.1',
      rejectUnauthorized: false,
      maxVersion: 'TLSv1.1',
      minVersion: 'TLSv1.1',
    });
    await once(old, 'error');
  });
});

describe('proxies', () => {
  const forwarded = { 'X-Forwarded-For': '192.0.2.1, 192.0.2.7', 'X-Forwarded-Proto': 'https' };

  it('are not believed unless they are named', async () => {
    expect(await overHttp(requestText('x', forwarded))).toMatch(/^HTTP\/1\.1 201 /);
    expect(await overHttp(`PROXY TCP4 192.0.2.7 192.0.2.8 1 2\r\n${requestText('y')}`)).toMatch(/^HTTP\/1\.1 400 /);
    expect(await addresses()).toEqual([['x', '127.0.0.1']]);
  });

  it('say whose request it is, by the header of the request or of the connection', async () => {
    await ingest.restart({ AKASHI_INGEST_PROXIES: '127.0.0.1' });
    expect(await overHttp(requestText('a', forwarded))).toMatch(/^HTTP\/1\.1 201 /);
    const ca = await authority();
    const { https, tcp } = ingest.running.ports;
    const raw = connect(https, '127.0.0.1');
    sockets.push(raw);
    raw.write('PROXY TCP4 192.0.2.9 192.0.2.8 40000 443\r\n');
    const secure = connectTls({ socket: raw, servername: 'localhost', ca });
    expect(await answerTo(secure, requestText('b', { 'X-Forwarded-For': '192.0.2.1' }))).toMatch(/^HTTP\/1\.1 201 /);
    // Syslog: nobody is known by that address, whatever the peer's is.
    const stranger = connect(tcp, '127.0.0.1');
    stranger.write('PROXY TCP4 192.0.2.9 192.0.2.8 40000 514\r\n<13>of a stranger\n');
    await once(stranger.resume(), 'close');
    const known = connect(tcp, '127.0.0.1');
    known.end('PROXY TCP4 127.0.0.5 192.0.2.8 40000 514\r\n<13>of a source\n');
    await once(known.resume(), 'close');
    expect(await addresses()).toEqual([
      ['a', '192.0.2.7'],
      ['b', '192.0.2.9'],
      ['<13>of a source', '127.0.0.5'],
    ]);
  });

  it('do not make a plain connection a safe one', async () => {
    await ingest.restart({ AKASHI_INGEST_PROXIES: '127.0.0.1' });
    const answer = await overHttp(requestText('a', { 'X-Forwarded-For': '192.0.2.7' }));
    expect(answer).toMatch(/^HTTP\/1\.1 403 [^]*"code":"https-required"/);
    expect(answer).toContain(`"port":${ingest.running.ports.https}`);
    await ingest.restart({ AKASHI_INGEST_PROXIES: '127.0.0.1', AKASHI_PLAIN_HTTP_FROM: '10.0.0.0/8, 192.0.2.0/24' });
    expect(await overHttp(requestText('b', { 'X-Forwarded-For': '192.0.2.7' }))).toMatch(/^HTTP\/1\.1 201 /);
    expect(await addresses()).toEqual([['b', '192.0.2.7']]);
  });
});

describe('from another machine', () => {
  let machine: OtherMachine | undefined;
  afterEach(() => machine?.close());

  it('keys come by HTTPS only, unless it is allowed', async ({ skip }) => {
    machine = await openOtherMachine();
    skip(machine === undefined, 'no network namespace can be made here');
    if (machine === undefined) return;
    const { here, address } = machine;
    const anywhere = { BIND_ADDRESS: '0.0.0.0', AKASHI_TLS_HOSTS: here };
    await ingest.restart(anywhere);
    const caFile = join(ingest.home, 'authority.pem');
    await writeFile(caFile, await authority());
    const send = (base: string, body: string): Promise<string> =>
      machine?.run('curl', [
        '-sS',
        '-m20',
        `-HAuthorization: Bearer ${ingest.ingestKey}`,
        '-HContent-Type: text/plain',
        '--cacert',
        caFile,
        `-d${body}`,
        base + path,
      ]) ?? Promise.resolve('');
    expect(JSON.parse(await send(`http://${here}:${ingest.running.ports.http}`, 'plain'))).toMatchObject({
      status: 403,
      code: 'https-required',
    });
    expect(JSON.parse(await send(`https://${here}:${ingest.running.ports.https}`, 'secure'))).toMatchObject({
      records: 1,
    });
    await ingest.restart({ ...anywhere, AKASHI_PLAIN_HTTP_FROM: address });
    expect(JSON.parse(await send(`http://${here}:${ingest.running.ports.http}`, 'allowed'))).toMatchObject({
      records: 1,
    });
    expect(await addresses()).toEqual([
      ['secure', address],
      ['allowed', address],
    ]);
  });
});

describe('connections that are only held', () => {
  async function hold(port: number, bytes: string): Promise<Socket> {
    const socket = connect(port, '127.0.0.1');
    sockets.push(socket);
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    if (bytes !== '') socket.write(bytes);
    return socket;
  }

  it('keep nobody out, by none of the ways in', async () => {
    const { http, https, tcp, tls } = ingest.running.ports;
    for (const [port, bytes] of [
      [http, ''],
      [http, 'POST / HT'],
      [https, '\x16\x03\x01'],
      [tcp, '<13>held'],
      [tls, '\x16\x03\x01'],
    ] as const) {
      for (let count = 0; count < 600; count += 1) await hold(port, bytes);
    }
    expect((await ingest.post('', 'x')).status).toBe(201);
    const own = await fetch(`${ingest.running.url}/v1/log-groups/akashi/audit/log-streams/api/records`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await ingest.keyring.systemSenderKey()}`,
        'content-type': 'application/json',
        [tenantHeader]: ingest.tenantId,
      },
      body: '["an act"]',
    });
    expect(own.status).toBe(201);
    const secure = connectTls({ port: https, host: '127.0.0.1', servername: 'localhost', ca: await authority() });
    expect(await answerTo(secure, requestText('y'))).toMatch(/^HTTP\/1\.1 201 /);
    for (const socket of [
      connect(tcp, '127.0.0.1'),
      connectTls({ port: tls, host: '127.0.0.1', servername: 'localhost', ca: await authority() }),
    ]) {
      socket.end('<13>a line\n');
      await once(socket.resume(), 'close');
    }
    expect(await ingest.metric('akashi_connections_given_up_total')).toBeGreaterThan(400);
    const texts = (await ingest.stopAndRead()).map(({ text }) => text);
    expect(texts.filter((text) => text !== '<13>held').sort()).toEqual([
      '<13>a line',
      '<13>a line',
      'an act',
      'x',
      'y',
    ]);
  });
});
