import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { promisify } from 'node:util';
import { destroySegment, listSegments } from '@akashi/inbox';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openTestIngest, type TestIngest } from '../ingest.fixtures.ts';

const run = promisify(execFile);

let ingest: TestIngest;
beforeEach(async () => {
  ingest = await openTestIngest({
    fingerprint: async (keyring) => (await keyring.issueClientCertificate('web-01')).fingerprint,
  });
});
afterEach(() => ingest.remove());

async function landedCount(expected: number): Promise<void> {
  await vi.waitFor(async () => expect(await ingest.metric('akashi_accepted_records_total')).toBe(expected), {
    timeout: 20_000,
    interval: 50,
  });
}

function findProgram(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/bin'];
  return folders
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

describe('UDP', () => {
  it('lands each datagram as one record of its source', async () => {
    const socket = createSocket('udp4');
    const messages = [
      '<13>Nov 22 10:00:00 host app: one',
      '<13>1 2026-11-22T00:00:00Z h a - - - two\nlines\n',
      '<13>three\0',
    ];
    for (const message of messages) socket.send(message, ingest.running.ports.udp, '127.0.0.1');
    await landedCount(3);
    socket.close();
    const landed = await ingest.stopAndRead();
    expect(landed.map((record) => record.text)).toEqual([
      '<13>Nov 22 10:00:00 host app: one',
      '<13>1 2026-11-22T00:00:00Z h a - - - two\nlines',
      '<13>three',
    ]);
    expect(landed[0]?.origin).toMatchObject({
      logGroup: 'syslog',
      logStream: null,
      timeZone: 'Asia/Tokyo',
      source: { id: 'loopback', kind: 'syslog-udp', address: '127.0.0.1' },
    });
    expect(landed[0]?.origin.batchId).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('a source in another encoding', () => {
  const shiftJis = Buffer.concat([
    Buffer.from('<13>pos: '),
    Buffer.from([0x83, 0x4a, 0x81, 0x46]),
    Buffer.from('4556'),
  ]);

  async function openWith(encoding: string): Promise<void> {
    await ingest.remove();
    ingest = await openTestIngest({ encoding });
  }

  it('lands its messages as text, and counts the bytes that are none', async () => {
    await openWith('shift_jis');
    const socket = createSocket('udp4');
    for (const message of [shiftJis, Buffer.from([0x3c, 0x31, 0x33, 0x3e, 0xff])])
      socket.send(message, ingest.running.ports.udp, '127.0.0.1');
    await landedCount(2);
    socket.close();
    const connection = connect(ingest.running.ports.tcp, '127.0.0.1');
    connection.end(Buffer.concat([shiftJis, Buffer.from('\n'), Buffer.from(`${shiftJis.length} `), shiftJis]));
    await landedCount(4);
    expect(await ingest.metric('akashi_undecodable_bytes_total')).toBe(1);
    const landed = await ingest.stopAndRead();
    const text = '<13>pos: カ：4556';
    expect(landed.map((record) => record.text)).toEqual([text, '<13>\u{10FEFF}', text, text]);
    expect(landed[0]?.origin.encoding).toBe('shift_jis');
  });

  it('has lines of UTF-16, and parts of a long line that are whole characters', async () => {
    await openWith('utf-16le');
    const long = '表示、'.repeat(60_000);
    const connection = connect(ingest.running.ports.tcp, '127.0.0.1');
    connection.end(Buffer.from(`\ufeff<13>a\r\n${long}\n<13>\u0a0a\n`, 'utf16le'));
    await landedCount(5);
    const landed = await ingest.stopAndRead();
    expect(landed.map(({ flags }) => flags)).toEqual([0, 2, 3, 1, 0]);
    expect([landed[0]?.text, landed.at(-1)?.text]).toEqual(['<13>a', '<13>\u0a0a']);
    const parts = landed.slice(1, -1);
    expect(parts.map(({ text }) => text).join('')).toBe(long);
    expect(parts.every(({ bytes }) => bytes.length <= 256 * 1024)).toBe(true);
  });
});

describe('TCP', () => {
  it('lands what was sent, in order, an unfinished message at the end too', async () => {
    const socket = connect(ingest.running.ports.tcp, '127.0.0.1');
    const lines = Array.from({ length: 5000 }, (_, n) => `<13>Nov 22 10:00:00 host app: line ${n}`);
    socket.write(`${lines.join('\n')}\n`);
    socket.end('<13>unfinished');
    await landedCount(5001);
    expect((await ingest.stopAndRead()).map((record) => record.text)).toEqual([...lines, '<13>unfinished']);
  });

  it('reads what is on its way before it stops', async () => {
    const socket = connect(ingest.running.ports.tcp, '127.0.0.1');
    socket.on('error', () => undefined);
    const lines = Array.from({ length: 20_000 }, (_, n) => `<13>Nov 22 10:00:00 host app: line ${n}`);
    await new Promise((resolve) => socket.write(`${lines.join('\n')}\n`, resolve));
    expect((await ingest.stopAndRead()).map((record) => record.text)).toEqual(lines);
  });

  it('keeps what arrived before a reset', async () => {
    const socket = connect(ingest.running.ports.tcp, '127.0.0.1');
    socket.write('<13>before\n<13>half');
    await landedCount(1);
    socket.resetAndDestroy();
    await landedCount(2);
    expect((await ingest.stopAndRead()).map((record) => record.text)).toEqual(['<13>before', '<13>half']);
  });

  it('refuses and counts a sender that no source names', async () => {
    const socket = connect({ port: ingest.running.ports.tcp, host: '127.0.0.1', localAddress: '127.0.0.1' });
    await once(socket, 'connect');
    socket.destroy();
    await vi.waitFor(async () => expect(await ingest.metric('akashi_syslog_connections')).toBe(0), { timeout: 5000 });
    await writeFile(join(ingest.home, 'inbox', 'senders.json'), JSON.stringify({ version: 1, keys: [], sources: [] }));
    await ingest.restart();
    const stranger = connect(ingest.running.ports.tcp, '127.0.0.1');
    stranger.on('error', () => undefined);
    await once(stranger, 'close');
    expect(await ingest.metric('akashi_unknown_senders_total')).toBe(1);
  });

  it('stops reading while the inbox is full, and loses nothing when there is room again', async () => {
    await ingest.restart({ AKASHI_INBOX_MAX_MIB: '2' });
    const inbox = join(ingest.home, 'inbox');
    const socket = connect(ingest.running.ports.tcp, '127.0.0.1');
    const total = 6000;
    socket.write(`<13>${'z'.repeat(995)}\n`.repeat(total));
    await vi.waitFor(async () => expect(await ingest.metric('akashi_refused_batches_total')).toBeGreaterThan(0), {
      timeout: 10_000,
    });
    expect(await ingest.metric('akashi_inbox_backlog_bytes')).toBeLessThan(2 * 1024 * 1024);
    await vi.waitFor(
      async () => {
        for (const segment of await listSegments(inbox)) await destroySegment(inbox, segment);
        expect(await ingest.metric('akashi_accepted_records_total')).toBe(total);
      },
      { timeout: 30_000, interval: 100 },
    );
    socket.destroy();
  });

  it('stops in time although the inbox is full, and says what it gave up', async () => {
    await ingest.restart({ AKASHI_DISK_RESERVE_MIB: '10000000' });
    const socket = connect(ingest.running.ports.tcp, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write('<13>never landed\n');
    await vi.waitFor(async () => expect(await ingest.metric('akashi_refused_batches_total')).toBeGreaterThan(0));
    expect(await ingest.stopAndRead()).toEqual([]);
  });
});

describe('TLS', () => {
  it('lands records by address, and by client certificate when one is mapped', async () => {
    const { ca } = await ingest.keyring.ensureServerCertificate({ hosts: ['localhost'] });
    const client = await ingest.keyring.issueClientCertificate('web-01');
    const port = ingest.running.ports.tls;
    for (const identity of [{}, { cert: client.cert, key: client.key }]) {
      const socket = connectTls({ port, host: '127.0.0.1', servername: 'localhost', ca, ...identity });
      socket.end('15 <13>over tls: x');
      socket.resume();
      await once(socket, 'close');
    }
    await landedCount(2);
    expect(await ingest.metric('akashi_syslog_connections')).toBe(0);
    const sources = (await ingest.stopAndRead()).map(({ text, origin }) => [text, origin.logGroup, origin.source.kind]);
    expect(sources).toEqual([
      ['<13>over tls: x', 'syslog', 'syslog-tls'],
      ['<13>over tls: x', 'secure', 'syslog-tls'],
    ]);
  });

  it('refuses TLS below 1.2', async () => {
    const socket = connectTls({
      port: ingest.running.ports.tls,
      host: '127.0.0.1',
      rejectUnauthorized: false,
      maxVersion: 'TLSv1.1',
      minVersion: 'TLSv1.1',
    });
    const [error] = (await once(socket, 'error')) as [Error];
    expect(error.message).toMatch(/alert|protocol|version|handshake/i);
  });
});

describe('real senders', () => {
  const logger = findProgram('logger');
  const rsyslogd = findProgram('rsyslogd');

  it.runIf(logger !== undefined)('logger over UDP and TCP', async () => {
    const port = String(ingest.running.ports.tcp);
    const to = ['--server', '127.0.0.1', '--port', port];
    await run(logger ?? '', [...to, '--udp', '--rfc3164', '-t', 'ntpd', 'udp 3164 時刻']);
    await run(logger ?? '', [...to, '--udp', '--rfc5424', 'udp 5424']);
    await run(logger ?? '', [...to, '--tcp', 'tcp lf']);
    await run(logger ?? '', [...to, '--tcp', '--octet-count', 'tcp counted']);
    await landedCount(4);
    const landed = (await ingest.stopAndRead()).map((record) => record.text);
    for (const end of ['udp 3164 時刻', 'udp 5424', 'tcp lf', 'tcp counted']) {
      expect(
        landed.filter((text) => text.startsWith('<') && text.endsWith(end)),
        end,
      ).toHaveLength(1);
    }
  });

  let daemon: ChildProcess | undefined;
  let folder: string | undefined;
  afterEach(async () => {
    if (daemon?.exitCode === null) {
      daemon.kill('SIGTERM');
      await once(daemon, 'exit');
    }
    if (folder !== undefined) await rm(folder, { recursive: true });
    daemon = undefined;
    folder = undefined;
  });

  async function forwardWithRsyslog(action: string, globals = ''): Promise<void> {
    folder = await mkdtemp(join(tmpdir(), 'akashi-rsyslog-'));
    const inputPort = ingest.running.ports.tcp;
    const lines = Array.from({ length: 2000 }, (_, n) => `<30>Nov 22 10:00:00 web-01 app[17]: 明細 ${n}`);
    await writeFile(join(folder, 'input.log'), `${lines.join('\n')}\n`);
    await writeFile(
      join(folder, 'rsyslog.conf'),
      [
        `global(workDirectory="${folder}" ${globals})`,
        'module(load="imfile")',
        `input(type="imfile" file="${folder}/input.log" tag="batch:" freshStartTail="off")`,
        `action(type="omfwd" target="127.0.0.1" ${action.replaceAll('$PORT', String(inputPort))})`,
        '',
      ].join('\n'),
    );
    daemon = spawn(rsyslogd ?? '', ['-n', '-f', join(folder, 'rsyslog.conf'), '-i', join(folder, 'pid')], {
      stdio: 'ignore',
    });
    await landedCount(2000);
    const landed = await ingest.stopAndRead();
    const numbers = landed.map(({ text }) => Number(/明細 (\d+)$/.exec(text)?.[1]));
    expect(numbers.sort((a, b) => a - b)).toEqual(lines.map((_, n) => n));
  }

  it.runIf(rsyslogd !== undefined)('rsyslog omfwd, LF framing', async () => {
    await forwardWithRsyslog('protocol="tcp" port="$PORT"');
  });

  it.runIf(rsyslogd !== undefined)('rsyslog omfwd, octet counting', async () => {
    await forwardWithRsyslog('protocol="tcp" port="$PORT" TCP_Framing="octet-counted"');
  });

  const gtls = ['/usr/lib/x86_64-linux-gnu/rsyslog/lmnsd_gtls.so', '/usr/lib64/rsyslog/lmnsd_gtls.so'].some((path) => {
    try {
      accessSync(path);
      return true;
    } catch {
      return false;
    }
  });

  it.runIf(rsyslogd !== undefined && gtls)('rsyslog gtls with a checked server name', async () => {
    const action = [
      `protocol="tcp" port="${ingest.running.ports.tls}" StreamDriver="gtls" StreamDriverMode="1"`,
      'StreamDriverAuthMode="x509/name" StreamDriverPermittedPeers="localhost"',
    ].join(' ');
    await forwardWithRsyslog(action, `defaultNetstreamDriverCAFile="${ingest.keyring.caPath}"`);
  });

  const missing = [
    logger === undefined ? 'logger' : [],
    rsyslogd === undefined ? 'rsyslogd' : [],
    gtls ? [] : 'the gtls driver of rsyslog',
    findProgram('syslog-ng') === undefined ? 'syslog-ng' : [],
  ].flat();
  it.runIf(missing.length > 0)(`not tried here, because it is not installed: ${missing.join(', ')}`, (context) => {
    context.skip();
  });

  const syslogNg = findProgram('syslog-ng');
  it.runIf(syslogNg !== undefined)('syslog-ng with both framings', async () => {
    folder = await mkdtemp(join(tmpdir(), 'akashi-syslog-ng-'));
    const lines = Array.from({ length: 500 }, (_, n) => `<30>Nov 22 10:00:00 web-01 app[17]: row ${n}`);
    await writeFile(join(folder, 'input.log'), `${lines.join('\n')}\n`);
    const port = ingest.running.ports.tcp;
    await writeFile(
      join(folder, 'syslog-ng.conf'),
      [
        '@version: 3.38',
        `source s { file("${folder}/input.log" follow-freq(1) read-old-records(yes)); };`,
        `destination lf { network("127.0.0.1" port(${port}) transport("tcp")); };`,
        `destination counted { syslog("127.0.0.1" port(${port}) transport("tcp")); };`,
        'log { source(s); destination(lf); destination(counted); };',
        '',
      ].join('\n'),
    );
    const files = ['-f', join(folder, 'syslog-ng.conf'), '-R', join(folder, 'persist'), '-p', join(folder, 'pid')];
    daemon = spawn(syslogNg ?? '', ['-F', '--no-caps', '-c', join(folder, 'ctl'), ...files], { stdio: 'ignore' });
    await landedCount(1000);
  });
});
