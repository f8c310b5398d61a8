import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { openDatabase, type Database } from '@akashi/database';
import { createLogger } from '@akashi/server-kit';
import { createTestDatabase, findDatabaseServer, type TestDatabase } from '@akashi/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openLedgerHome, readLanded } from '../ingest.fixtures.ts';
import { startIngest } from '../start-ingest.ts';

interface AuditLine {
  event: { action: string; outcome: string; reason: string };
  source: { ip: string };
  akashi: { audit: { target: { kind: string; name?: string }; count: number } };
}

const serverUrl = findDatabaseServer();

describe.runIf(serverUrl !== undefined)('senders whom nobody knows (10.2.1.4)', { timeout: 60_000 }, () => {
  let test: TestDatabase;
  let database: Database;
  beforeAll(async () => {
    test = await createTestDatabase(serverUrl ?? '');
    database = openDatabase({ url: test.url });
  });
  afterAll(async () => {
    await database.close();
    await test.drop();
  });

  it('stand in the platform’s trail, once a minute for each transport, without what they sent', async () => {
    const {
      home,
      keyring,
      env,
      database: platform,
    } = await openLedgerHome(database, { url: test.url, kind: 'platform' });
    const running = await startIngest(env, createLogger({ name: 'test', level: 'silent' }));
    const { ports } = running;
    const unknownOf = async (transport: string): Promise<number> => {
      const text = await (await fetch(`${running.url}/metrics`)).text();
      return Number(new RegExp(`^akashi_unknown_senders_total\\{.*"${transport}".*\\} (\\d+)$`, 'm').exec(text)?.[1]);
    };

    const datagrams = createSocket('udp4');
    for (let sent = 0; sent < 5; sent += 1) datagrams.send('<13>a stranger’s secret', ports.udp, '127.0.0.1');
    await vi.waitFor(async () => expect(await unknownOf('syslog-udp')).toBe(5), 10_000);
    datagrams.close();
    for (let times = 0; times < 3; times += 1) {
      const socket = connect(ports.tcp, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write('<13>a stranger’s secret\n');
      await once(socket, 'close');
    }
    const secure = connectTls({ port: ports.tls, host: '127.0.0.1', rejectUnauthorized: false });
    secure.on('error', () => undefined);
    await once(secure, 'close');
    const plain = connect(ports.tls, '127.0.0.1');
    plain.on('error', () => undefined);
    plain.write('<13>a stranger’s secret\n');
    await once(plain, 'close');
    const probe = connect(ports.tls, '127.0.0.1');
    await once(probe, 'connect');
    probe.end();
    await once(probe, 'close');
    for (let times = 0; times < 2; times += 1) {
      const answer = await fetch(`${running.url}/v1/log-groups/app/log-streams/s/records`, {
        method: 'POST',
        headers: { authorization: 'Bearer a-secret', 'content-type': 'text/plain' },
        body: 'a stranger’s secret',
      });
      expect(answer.status).toBe(401);
    }
    await running.close();

    const landed = await readLanded(env.inboxDir, keyring);
    const told = landed.map(({ text }) => {
      const { event, source, akashi } = JSON.parse(text) as AuditLine;
      const { target, count } = akashi.audit;
      return [event.action, event.outcome, event.reason, source.ip, target.name ?? target.kind, count].join(' ');
    });
    const refused = 'sender.refused failure no-source 127.0.0.1';
    const noHandshake = 'sender.refused failure no-handshake 127.0.0.1';
    expect(told.sort()).toEqual([
      'key.refused failure unknown-key 127.0.0.1 access-key 1',
      'key.refused failure unknown-key 127.0.0.1 access-key 1',
      `${noHandshake} syslog-tls port ${ports.tls} 1`,
      `${refused} syslog-tcp port ${ports.tcp} 1`,
      `${refused} syslog-tcp port ${ports.tcp} 2`,
      `${refused} syslog-tls port ${ports.tls} 1`,
      `${refused} syslog-udp port ${ports.udp} 1`,
      `${refused} syslog-udp port ${ports.udp} 4`,
    ]);
    expect(landed.every(({ origin }) => origin.logGroup === 'akashi/audit')).toBe(true);
    expect(landed.filter(({ text }) => text.includes('secret'))).toEqual([]);
    expect(await platform.incidents.list({ limit: 9 })).toMatchObject([
      { kind: 'unknown-sender', where: '127.0.0.1', state: 'open', count: 12 },
    ]);
    await rm(home, { recursive: true });
  });
});
