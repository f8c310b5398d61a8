import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { eventually } from '../reading/eventually.ts';
import { LogReader } from '../reading/log-reader.ts';
import { settle, type Shipment } from '../senders/books.ts';
import { sendWithCurl, type HttpBody } from '../senders/http-sender.ts';
import { mayOwnVarLog, NtpHost } from '../senders/ntp-host.ts';
import {
  clearCardNumbers,
  hasRealLogs,
  readRealLines,
  writeLines,
  type OfferedLine,
} from '../senders/offered-lines.ts';
import { findProgram } from '../senders/program.ts';
import {
  hasRsyslogTls,
  sendWithLogger,
  startRsyslog,
  startSyslogNg,
  writeToSocket,
  type SyslogDaemon,
} from '../senders/syslog-senders.ts';
import { verifyOffline } from '../senders/verify-offline.ts';

const demo = inject('demo');
const home = inject('home');
const total = Number(process.env['AKASHI_E2E_LINES'] ?? 5_000);
const run = `r${randomBytes(4).toString('hex')}`;
const reader = new LogReader(demo);
const settleWithinMs = 90_000 + total;
let folder = '';

function part(share: number): number {
  return Math.round(total * share);
}

/** Lines for senders that put the time of sending around them. */
function registerLines(sender: string, count: number): { lines: OfferedLine[]; file: string } {
  const lines = writeLines('japanese', count).map(({ text, sealed, at }) => ({
    text: `run=${run}${sender} ${text}`,
    sealed: `run=${run}${sender} ${sealed}`,
    at,
  }));
  const file = join(folder, `${sender}.lines`);
  writeFileSync(file, lines.map(({ text }) => `${text}\n`).join(''));
  return { lines, file };
}

/** A shipment by syslog; the run's word finds its lines among all others of the group. */
async function shipBySyslog(sender: string, count: number, send: (file: string) => Promise<void>): Promise<Shipment> {
  const { lines, file } = registerLines(sender, count);
  const from = Date.now() - 1_000;
  await send(file);
  const selection = { query: run + sender, logGroups: ['syslog'] };
  // Daemons forward at once; what a slow machine adds still is the time of writing to the socket.
  return { lines, selection, lineStart: /run=/, sent: { from, to: Date.now() + 1_000 } };
}

async function expectWhole(shipment: Shipment): Promise<void> {
  const books = await settle(reader, shipment, settleWithinMs);
  expect(books).toEqual({
    found: shipment.lines.length,
    missing: [],
    unexpected: [],
    wrongTime: [],
    unmarkedMasking: [],
    clearCardNumbers: [],
  });
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'akashi-senders-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('logger', () => {
  it.for([
    ['udp3164', ['--udp', '--rfc3164']],
    ['udp5424', ['--udp', '--rfc5424']],
    ['tcp3164', ['--tcp', '--rfc3164']],
    ['tcp5424', ['--tcp', '--rfc5424', '--octet-count']],
  ] as const)('%s: every line is found once', async ([sender, args], { skip }) => {
    skip(findProgram('logger') === undefined, 'logger is not installed');
    // UDP gives no receipt: a burst stays below what a small receive buffer holds.
    const count = sender.startsWith('udp') ? Math.min(part(0.02), 120) : part(0.03);
    await expectWhole(await shipBySyslog(sender, count, (file) => sendWithLogger(demo, file, args)));
  });
});

describe('rsyslog', () => {
  const command = findProgram('rsyslogd');
  let daemon: SyslogDaemon | undefined;

  beforeAll(() => {
    if (command !== undefined) daemon = startRsyslog(command, demo, folder);
  });

  afterAll(async () => {
    await daemon?.program.stop();
  });

  it.for(['lf', 'octets', 'tls'])('omfwd %s: every line is found once', async (framing, { skip }) => {
    skip(daemon === undefined, 'rsyslogd is not installed');
    skip(framing === 'tls' && !hasRsyslogTls, 'rsyslog-gnutls is not installed');
    const socket = daemon?.sockets[framing] ?? '';
    await eventually(() => existsSync(socket), Boolean, 20_000);
    await expectWhole(await shipBySyslog(`rsyslog${framing}`, part(0.1), (file) => writeToSocket(socket, file)));
  });
});

describe('syslog-ng', () => {
  it('syslog() over TCP: every line is found once', async ({ skip }) => {
    const command = findProgram('syslog-ng', process.env['SYSLOG_NG']);
    skip(command === undefined, 'syslog-ng is not installed');
    const daemon = startSyslogNg(command ?? '', demo, folder);
    try {
      const socket = daemon.sockets['ietf'] ?? '';
      await eventually(() => existsSync(socket), Boolean, 20_000);
      await expectWhole(await shipBySyslog('syslogng', part(0.1), (file) => writeToSocket(socket, file)));
    } finally {
      await daemon.program.stop();
    }
  });
});

describe('curl', () => {
  const logGroup = `e2e/${run}`;
  const bodies: readonly [HttpBody['format'], HttpBody['coding'], string][] = [
    ['text/plain', 'identity', 'linux'],
    ['text/plain', 'deflate', 'ntpd'],
    ['application/x-ndjson', 'gzip', 'japanese'],
    ['application/json', 'zstd', 'apache'],
  ];

  it.for(bodies)('%s, %s: every line is found once', async ([format, coding, kind], { skip }) => {
    skip(findProgram('curl') === undefined, 'curl is not installed');
    const lines = writeLines(kind, part(0.08));
    await send(`${kind}-${coding}`, { format, coding }, lines);
  });

  it.for(['Linux', 'OpenSSH', 'Apache'] as const)(
    'a real log, %s: every line is found once',
    async (name, { skip }) => {
      skip(findProgram('curl') === undefined, 'curl is not installed');
      skip(!hasRealLogs, 'the collection of real logs is not beside the repository');
      await send(name, { format: 'text/plain', coding: 'gzip' }, readRealLines(name, part(0.08)));
    },
  );

  async function send(
    logStream: string,
    { format, coding }: Pick<HttpBody, 'format' | 'coding'>,
    lines: readonly OfferedLine[],
  ): Promise<void> {
    const texts = lines.map(({ text }) => text);
    const receipt = await sendWithCurl(demo, folder, { logGroup, logStream, format, coding, lines: texts });
    expect(receipt.records).toBe(lines.length);
    await expectWhole({ lines, selection: { query: `log.stream:"${logStream}"`, logGroups: [logGroup] } });
  }
});

describe('the agent', () => {
  it.for(['a', 'b'])(
    'with the article’s awslogs.conf on host %s: every line is found once',
    async (letter, { skip }) => {
      skip(!mayOwnVarLog, 'mount namespaces are not allowed here');
      const host = new NtpHost(demo, folder, `sv-${run}-${letter}`);
      const lines = writeLines('ntpd', part(0.1), 1);
      host.write(lines.map(({ text }) => text));
      const { code, stderr } = await host.shipOnce();
      expect(code, stderr).toBe(0);
      await expectWhole({ lines, selection: { query: `log.stream:"${host.name}"`, logGroups: ['ntpd'] } });
    },
  );
});

describe('what was sent', () => {
  it('is nowhere found by its card number', async () => {
    for (const number of clearCardNumbers) expect(await reader.count({ query: number })).toBe(0);
  });

  it('is proven by akashi-verify without a network, record for record', async () => {
    const verification = await verifyOffline(demo, home);
    expect(verification).toMatchObject({ code: 0, ok: true, problemCount: 0, problems: [] });
    expect(verification.recordsOpened).toBe(true);
    expect(await reader.recordsInBlocks(verification.size)).toBe(verification.records);
  });
});
