import { spawn, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import {
  accessKey,
  buildAgent,
  openWorkplace,
  until,
  type AgentProcess,
  type Workplace,
} from './agent-process.fixtures.ts';
import { startReceivingServer, type ReceivingServer } from './receiving-server.fixtures.ts';

const section = (logs: string, more = '', file = 'app.log'): string =>
  `[app]\nfile = ${logs}/${file}\nlog_group_name = app\nlog_stream_name = {instance_id}\ninitial_position = start_of_file\nbuffer_duration = 100\n${more}`;
const isGap = (line: string): boolean => line.startsWith('akashi-agent: possible gap');

let bundleFolder: string;
let bundle: string;
let place: Workplace;
let server: ReceivingServer;
let log: string;
let count = 0;

/** Appends `much` numbered lines and gives them back. */
function write(path: string, much: number): string[] {
  const lines = Array.from({ length: much }, () => `22 Nov 13:49:00 ntpd[7533]: line ${(count += 1)} clock_sync`);
  appendFileSync(path, lines.map((line) => `${line}\n`).join(''));
  return lines;
}

const plain = (): string[] => server.lines().filter((line) => !isGap(line));
const gaps = (): string[] => server.lines().filter(isGap);

async function received(lines: string[], agent: AgentProcess): Promise<void> {
  const wanted = new Set(lines);
  await until(
    () => plain().filter((line) => wanted.has(line)).length >= wanted.size,
    () => `${plain().length} of ${lines.length} lines; the agent said:\n${agent.said()}`,
  );
}

function copytruncate(path: string, copy: string): void {
  copyFileSync(path, copy);
  truncateSync(path);
}

beforeAll(async () => {
  bundleFolder = mkdtempSync(join(tmpdir(), 'akashi-agent-bundle-'));
  bundle = await buildAgent(bundleFolder);
});
afterAll(() => rmSync(bundleFolder, { recursive: true, force: true }));
beforeEach(async () => {
  place = openWorkplace(bundle, (logs) => section(logs));
  server = await startReceivingServer(accessKey);
  log = join(place.logs, 'app.log');
});
afterEach(async () => {
  await server.close();
  place.clean();
});

describe('the story of ntpd', () => {
  const story = (logs: string): string =>
    `[ntpd]\nfile = ${logs}/ntpd.log\nbuffer_duration = 5000\nlog_stream_name = {instance_id}\ninitial_position = start_of_file\nlog_group_name = ntpd\n`;
  const ntpd = [
    '26 Feb 13:49:00 ntpd[7533]: ntp_io: estimated max descriptors: 1024, initial socket boundary: 16',
    '26 Feb 13:49:00 ntpd[7533]: Listen normally on 1 lo 127.0.0.1 UDP 123',
    '26 Feb 13:49:00 ntpd[7533]: 0.0.0.0 c016 06 restart',
    '26 Feb 13:49:00 ntpd[7533]: 0.0.0.0 c012 02 freq_set kernel 25.435 PPM',
    '26 Feb 13:49:01 ntpd[7533]: 0.0.0.0 c615 05 clock_sync',
  ];

  it('ships the file of two hosts to a stream each, once', async () => {
    writeFileSync(join(place.logs, 'ntpd.log'), `${ntpd.join('\n')}\n`);
    for (const host of ['host-a', 'host-b']) {
      const run = {
        url: server.url,
        config: story(place.logs),
        args: ['--once'],
        host,
        state: join(place.folder, `state-${host}`),
      };
      const first = place.start(run);
      expect([await first.exit, first.said()]).toEqual([
        0,
        expect.stringContaining(`{instance_id} is the host name, ${host}.`),
      ]);
      expect(await place.start(run).exit).toBe(0);
    }
    expect(server.lines('ntpd/host-a')).toEqual(ntpd);
    expect(server.lines('ntpd/host-b')).toEqual(ntpd);
    expect(server.batches).toHaveLength(2);
    expect(server.batches[0]?.headers).toMatchObject({
      'akashi-agent': expect.stringMatching(/^akashi-agent\/\d/),
      'akashi-source-file': join(place.logs, 'ntpd.log'),
      'akashi-time-zone': 'Asia/Tokyo',
      'akashi-sent-at': expect.stringMatching(/^\d{4}-.*Z$/),
      'idempotency-key': expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('remembers in the state_file of [general], in a folder that it makes, and leaves another program’s state alone', async () => {
    writeFileSync(join(place.logs, 'ntpd.log'), `${ntpd.join('\n')}\n`);
    const stateFile = join(place.folder, 'var/state/agent-state');
    const config = `[general]\nstate_file = ${stateFile}\n\n${story(place.logs)}`;
    expect(await place.start({ url: server.url, config, args: ['--once'], state: null }).exit).toBe(0);
    expect(JSON.parse(readFileSync(stateFile, 'utf8'))).toMatchObject({ version: 1 });
    expect(readFileSync(stateFile, 'utf8')).not.toContain('clock_sync');
    writeFileSync(stateFile, 'SQLite format 3\0');
    expect(await place.start({ url: server.url, config, args: ['--once'], state: null }).exit).toBe(0);
    expect(readFileSync(stateFile, 'utf8')).toBe('SQLite format 3\0');
    expect(existsSync(`${stateFile}.akashi.json`)).toBe(true);
  });
});

describe('following', () => {
  it('ships what is added, and holds a line until its end is written', async () => {
    const first = write(log, 3);
    const agent = place.start({ url: server.url });
    await received(first, agent);
    appendFileSync(log, 'half a ');
    const more = write(join(place.logs, 'elsewhere.log'), 1);
    appendFileSync(log, `line\n${more[0] ?? ''}\n`);
    await received([...first, 'half a line', ...more], agent);
    expect(plain()).toEqual([...first, 'half a line', ...more]);
    expect(await agent.stop()).toBe(0);
  });

  it('ships what is left when it is told to stop', async () => {
    const agent = place.start({
      url: server.url,
      config: section(place.logs).replace('buffer_duration = 100', 'buffer_duration = 60000'),
    });
    await until(() => agent.said().includes('goes to'), agent.said);
    const lines = write(log, 5);
    expect(await agent.stop()).toBe(0);
    expect(plain()).toEqual(lines);
  });

  it('reads a renamed file to its end, what comes late included', async () => {
    const lines = write(log, 10);
    const agent = place.start({ url: server.url });
    await received(lines, agent);
    lines.push(...write(log, 5));
    renameSync(log, `${log}.1`);
    lines.push(...write(log, 5), ...write(`${log}.1`, 3));
    await received(lines, agent);
    lines.push(...write(`${log}.1`, 2), ...write(log, 2));
    await received(lines, agent);
    expect(plain().sort()).toEqual(lines.sort());
    expect(gaps()).toEqual([]);
  });

  it('finds several rotations that happened between two looks, in order', async () => {
    const lines = write(log, 10);
    const agent = place.start({ url: server.url });
    await received(lines, agent);
    agent.signal('SIGSTOP');
    for (let rotation = 0; rotation < 3; rotation += 1) {
      lines.push(...write(log, 7));
      for (const number of [2, 1])
        if (existsSync(`${log}.${number}`)) renameSync(`${log}.${number}`, `${log}.${number + 1}`);
      renameSync(log, `${log}.1`);
    }
    lines.push(...write(log, 4));
    agent.signal('SIGCONT');
    await received(lines, agent);
    expect(plain()).toEqual(lines);
    expect(gaps()).toEqual([]);
  });

  it('finds rotations that happened while it was not running', async () => {
    write(`${log}.1`, 3); // from before the agent came: not its business
    const lines = write(log, 10);
    const before = place.start({ url: server.url });
    await received(lines, before);
    expect(await before.stop()).toBe(0);
    lines.push(...write(log, 3));
    renameSync(`${log}.1`, `${log}.3`);
    renameSync(log, `${log}.2`);
    lines.push(...write(log, 3));
    renameSync(log, `${log}.1`);
    lines.push(...write(log, 3));
    const after = place.start({ url: server.url });
    await received(lines, after);
    expect(plain()).toEqual(lines);
    expect(gaps()).toEqual([]);
  });

  it('reads on in a file that was renamed, compressed and removed behind its back', async () => {
    const lines = write(log, 10);
    const agent = place.start({ url: server.url });
    await received(lines, agent);
    agent.signal('SIGSTOP');
    lines.push(...write(log, 5));
    writeFileSync(`${log}.1.gz`, gzipSync(readFileSync(log)));
    unlinkSync(log);
    lines.push(...write(log, 5));
    agent.signal('SIGCONT');
    await received(lines, agent);
    expect(plain()).toEqual(lines);
    expect(gaps()).toEqual([]);
  });

  it('says so when a file was compressed away while it was not running', async () => {
    const lines = write(log, 10);
    const before = place.start({ url: server.url });
    await received(lines, before);
    expect(await before.stop()).toBe(0);
    write(log, 5);
    unlinkSync(log);
    writeFileSync(log, '');
    lines.push(...write(log, 5));
    const after = place.start({ url: server.url });
    await received(lines, after);
    expect(plain()).toEqual(lines);
    expect(gaps()).toEqual([expect.stringMatching(/cause=(rotated_away|replaced) from_byte=\d+ to_byte=unknown/)]);
  });

  it('follows a symbolic link to where it points now', async () => {
    const [one, two] = [join(place.logs, 'day-1'), join(place.logs, 'day-2')];
    const lines = write(one, 5);
    symlinkSync(one, log);
    const agent = place.start({ url: server.url });
    await received(lines, agent);
    lines.push(...write(one, 5), ...write(two, 5));
    symlinkSync(two, `${log}.new`);
    renameSync(`${log}.new`, log);
    await received(lines, agent);
    expect(plain().sort()).toEqual(lines.sort());
  });

  it('tells a new file from an old one that had its inode', async () => {
    const lines = write(log, 20);
    const before = place.start({ url: server.url });
    await received(lines, before);
    expect(await before.stop()).toBe(0);
    const inode = statSync(log).ino;
    let reused = false;
    for (let attempt = 0; attempt < 20 && !reused; attempt += 1) {
      unlinkSync(log);
      writeFileSync(log, '');
      reused = statSync(log).ino === inode;
    }
    const anew = write(log, 40);
    const after = place.start({ url: server.url });
    await received([...lines, ...anew], after);
    expect(plain()).toEqual([...lines, ...anew]);
  });
});

describe('copytruncate', () => {
  it('reads the rest from the copy and says what can be missing', async () => {
    const lines = write(log, 10);
    const agent = place.start({ url: server.url });
    await received(lines, agent);
    agent.signal('SIGSTOP');
    lines.push(...write(log, 30));
    copyFileSync(log, `${log}.1`);
    const copied = statSync(`${log}.1`).size;
    const lost = write(log, 2);
    truncateSync(log);
    lines.push(...write(log, 3));
    agent.signal('SIGCONT');
    await received(lines, agent);
    await until(() => gaps().length === 1, agent.said);
    expect(plain()).toEqual(lines);
    expect(plain()).not.toContain(lost[0]);
    expect(gaps()[0]).toMatch(
      new RegExp(
        `file=${log} cause=copytruncate from_byte=${copied} to_byte=unknown .*copy=${log}.1 .*window_ms=[\\d.]+ last_read=\\d{4}-.*Z detected=`,
      ),
    );
    // In its place: after the last line of the old file, before the first of the new.
    expect(server.lines().findIndex(isGap)).toBe(40);
  });

  it('sees a file that grew past its old size again', async () => {
    const lines = write(log, 5);
    const agent = place.start({ url: server.url });
    await received(lines, agent);
    agent.signal('SIGSTOP');
    copytruncate(log, `${log}.1`);
    lines.push(...write(log, 50));
    agent.signal('SIGCONT');
    await received(lines, agent);
    expect(plain()).toEqual(lines);
    await until(() => gaps().length === 1, agent.said);
  });

  it('sees it also when every file begins with the same line', async () => {
    const banner = '# ntpd log\n';
    writeFileSync(log, banner);
    const lines = write(log, 5);
    const agent = place.start({ url: server.url });
    await received(lines, agent);
    agent.signal('SIGSTOP');
    copytruncate(log, `${log}.1`);
    appendFileSync(log, banner);
    lines.push(...write(log, 50));
    agent.signal('SIGCONT');
    await received(lines, agent);
    expect(plain().filter((line) => line !== banner.trim())).toEqual(lines);
  });

  it('goes through all copies that were made while it was not running', async () => {
    const lines = write(log, 10);
    const before = place.start({ url: server.url });
    await received(lines, before);
    expect(await before.stop()).toBe(0);
    for (let rotation = 0; rotation < 3; rotation += 1) {
      lines.push(...write(log, 5));
      for (const number of [2, 1])
        if (existsSync(`${log}.${number}`)) renameSync(`${log}.${number}`, `${log}.${number + 1}`);
      copytruncate(log, `${log}.1`);
    }
    lines.push(...write(log, 5));
    const after = place.start({ url: server.url });
    await received(lines, after);
    expect(plain()).toEqual(lines);
    await until(() => gaps().length === 3, after.said);
  });

  it('reports a plain truncation, and starts again', async () => {
    const lines = write(log, 10);
    const agent = place.start({ url: server.url });
    await received(lines, agent);
    const size = statSync(log).size;
    agent.signal('SIGSTOP');
    truncateSync(log);
    lines.push(...write(log, 2));
    agent.signal('SIGCONT');
    await received(lines, agent);
    await until(() => gaps().length === 1, agent.said);
    expect(plain()).toEqual(lines);
    expect(gaps()[0]).toContain(`cause=truncated from_byte=${size} to_byte=unknown lost_bytes=unknown copy=none`);
  });

  const hasLogrotate = spawnSync('logrotate', ['--version']).status === 0;
  it.runIf(hasLogrotate)(
    'loses nothing that is on disk under the real logrotate, and says where the window was',
    async () => {
      const config = join(place.folder, 'logrotate.conf');
      writeFileSync(config, `${log} {\n  missingok\n  notifempty\n  copytruncate\n  rotate 20\n}\n`, { mode: 0o644 });
      const lines: string[] = [];
      const agent = place.start({ url: server.url });
      const rotations = 6;
      for (let rotation = 0; rotation < rotations; rotation += 1) {
        lines.push(...write(log, 200));
        if (rotation % 2 === 0) await received(lines, agent);
        const rotated = spawnSync('logrotate', ['-f', '-s', join(place.folder, 'logrotate.state'), config], {
          encoding: 'utf8',
        });
        expect([rotated.status, rotated.stderr]).toEqual([0, '']);
      }
      lines.push(...write(log, 10));
      await received(lines, agent);
      await until(
        () => gaps().length === rotations,
        () => `${gaps().join('\n')}\n${agent.said()}`,
      );
      expect(plain()).toEqual(lines);
      const windows = gaps().map((gap) => Number(/window_ms=([\d.]+)/.exec(gap)?.[1]));
      expect(Math.max(...windows)).toBeLessThan(10_000);
    },
  );
  it.runIf(hasLogrotate)(
    'ships every line that reached the disk once, with a writer that never rests and an agent that is killed',
    async () => {
      const config = join(place.folder, 'logrotate.conf');
      writeFileSync(config, `${log} {\n  missingok\n  notifempty\n  copytruncate\n  rotate 20\n}\n`, { mode: 0o644 });
      const program = `let n = 0; setInterval(() => { let t = ''; for (let i = 0; i < 20; i += 1) t += 'ntpd line ' + String((n += 1)).padStart(9, '0') + '\\n'; require('node:fs').appendFileSync(${JSON.stringify(log)}, t); }, 2);`;
      const writer = spawn(process.execPath, ['-e', program], { stdio: 'ignore' });
      try {
        await until(
          () => existsSync(log),
          () => 'no log',
        );
        let agent = place.start({ url: server.url });
        for (let rotation = 0; rotation < 5; rotation += 1) {
          const seen = server.batches.length;
          await until(() => server.batches.length >= seen + 3, agent.said);
          expect(spawnSync('logrotate', ['-f', '-s', join(place.folder, 'logrotate.state'), config]).status).toBe(0);
          if (rotation % 2 === 1) {
            await agent.kill();
            agent = place.start({ url: server.url });
          }
        }
        writer.kill('SIGKILL');
        await until(
          () => writer.signalCode !== null,
          () => 'the writer lives',
        );
        const kept = readdirSync(place.logs).flatMap((name) =>
          readFileSync(join(place.logs, name), 'utf8').split('\n').slice(0, -1),
        );
        await received(kept, agent);
        expect(await agent.stop()).toBe(0);
      } finally {
        writer.kill('SIGKILL');
      }
      const all = plain();
      expect(new Set(all).size).toBe(all.length);
      expect(gaps()).toHaveLength(5);
      // The stream is in the order of writing; a number is left out, or a line cut by the copying, only where a gap is reported.
      let last = 0;
      let mayMiss = false;
      for (const [index, line] of server.lines().entries()) {
        const number = /^ntpd line (\d{9})$/.exec(line)?.[1];
        if (isGap(line)) mayMiss = true;
        else if (number === undefined) expect(isGap(server.lines()[index + 1] ?? ''), line).toBe(true);
        else {
          expect(mayMiss ? Number(number) > last : Number(number) === last + 1, `${number} after ${last}`).toBe(true);
          last = Number(number);
          mayMiss = false;
        }
      }
    },
  );
  it.runIf(!hasLogrotate)('logrotate is not installed here: its test did not run', () => undefined);
});

describe('wildcards', () => {
  it('takes up new files, and a rotated one is not a new one', async () => {
    const [a, b] = [join(place.logs, 'a.log'), join(place.logs, 'b.log')];
    const lines = write(a, 5);
    const agent = place.start({ url: server.url, config: section(place.logs, '', '*.log*') });
    await received(lines, agent);
    lines.push(...write(b, 5));
    await received(lines, agent);
    lines.push(...write(a, 5));
    renameSync(a, `${a}.1`);
    lines.push(...write(a, 5));
    await received(lines, agent);
    agent.signal('SIGSTOP');
    renameSync(`${a}.1`, `${a}.2`);
    copytruncate(a, `${a}.1`);
    writeFileSync(`${b}.1.gz`, gzipSync('not a log'));
    lines.push(...write(a, 5), ...write(b, 5));
    agent.signal('SIGCONT');
    await received(lines, agent);
    await until(() => gaps().length === 1, agent.said);
    expect(await agent.stop()).toBe(0);
    const again = place.start({ url: server.url, config: section(place.logs, '', '*.log*'), args: ['--once'] });
    expect(await again.exit).toBe(0);
    expect(plain().sort()).toEqual(lines.sort());
  });
});

describe('content', () => {
  it.each([
    ['shift_jis', Buffer.from([0x8e, 0x9e, 0x8d, 0x8f, 0x83, 0x5c, 0x0d, 0x0a]), '時刻ソ'],
    ['euc_jp', Buffer.from([0xbb, 0xfe, 0xb9, 0xef, 0x0a]), '時刻'],
    ['utf_16_le', Buffer.from('\uFEFF時刻\r\n', 'utf16le'), '時刻'],
    ['utf_8', Buffer.from([0xe6, 0x99, 0x82, 0xff, 0x41, 0x0a]), '時\u{10FEFF}A'],
  ])('reads %s', async (encoding, bytes, text) => {
    writeFileSync(log, bytes);
    expect(
      await place.start({ url: server.url, config: section(place.logs, `encoding = ${encoding}\n`), args: ['--once'] })
        .exit,
    ).toBe(0);
    expect(plain()).toEqual([text]);
  });

  it('joins the lines of a record and keeps over-long lines whole in parts', async () => {
    const long = `26 Feb 13:49:00 ${'時刻'.repeat(500_000)}`;
    writeFileSync(log, `26 Feb 13:48:00 a\ncaused by b\n  at c\n${long}\n26 Feb 13:50:00 d\nno end`);
    const config = section(
      place.logs,
      'datetime_format = %d %b %H:%M:%S\nmulti_line_start_pattern = {datetime_format}\n',
    );
    expect(await place.start({ url: server.url, config, args: ['--once'] }).exit).toBe(0);
    const records = plain();
    expect(records[0]).toBe('26 Feb 13:48:00 a\ncaused by b\n  at c');
    expect(records.at(-1)).toBe('26 Feb 13:50:00 d\nno end');
    expect(records.slice(1, -1).join('')).toBe(long);
    expect(records.every((record) => Buffer.byteLength(record) <= 1_048_576)).toBe(true);
    expect(decodeURIComponent(String(server.batches[0]?.headers['akashi-datetime-format']))).toBe('%d %b %H:%M:%S');
  });
});

describe('the server', () => {
  it('may be away, busy or broken: nothing is lost or doubled', async () => {
    const port = Number(new URL(server.url).port);
    await server.close();
    const lines = write(log, 500);
    const agent = place.start({ url: server.url });
    await until(() => agent.said().includes("can't be reached"), agent.said);
    server = await startReceivingServer(accessKey, port);
    const trouble = [
      { status: 503 },
      { status: 429, headers: { 'Retry-After': '1' } },
      { hangUp: true },
      { hangUp: true, stored: true },
      { status: 500 },
    ];
    let busySaidAt = 0;
    server.interfere = () => {
      const next = trouble.shift() ?? null;
      if (next?.status === 429) busySaidAt = Date.now();
      else if (busySaidAt > 0) {
        expect(Date.now() - busySaidAt).toBeGreaterThanOrEqual(990);
        busySaidAt = 0;
      }
      return next;
    };
    await received(lines, agent);
    lines.push(...write(log, 20));
    await received(lines, agent);
    expect(plain()).toEqual(lines);
    expect(server.repeats).toBeGreaterThanOrEqual(1);
  });

  it('gets a batch again under the same key after a kill between receipt and checkpoint', async () => {
    const lines = write(log, 100);
    const first = place.start({ url: server.url });
    server.interfere = () => {
      first.signal('SIGKILL');
      return { hangUp: true, stored: true };
    };
    await first.exit;
    server.interfere = () => null;
    lines.push(...write(log, 10));
    copytruncate(log, `${log}.1`);
    lines.push(...write(log, 10));
    const second = place.start({ url: server.url });
    await received(lines, second);
    expect(plain()).toEqual(lines);
    expect(server.repeats).toBe(1);
  });

  it('gets every line once from an agent that is killed again and again under rotation', async () => {
    const lines: string[] = [];
    let agent = place.start({ url: server.url, config: section(place.logs, 'batch_count = 37\n') });
    let batches = 0;
    for (let round = 0; round < 12; round += 1) {
      lines.push(...write(log, 300));
      const seen = batches + 1 + (round % 4);
      await until(() => (batches = server.batches.length) >= seen || plain().length >= lines.length, agent.said);
      await agent.kill();
      if (round % 3 === 1) {
        for (const number of [3, 2, 1])
          if (existsSync(`${log}.${number}`)) renameSync(`${log}.${number}`, `${log}.${number + 1}`);
        renameSync(log, `${log}.1`);
      }
      agent = place.start({ url: server.url, config: section(place.logs, 'batch_count = 37\n') });
    }
    await received(lines, agent);
    expect(await agent.stop()).toBe(0);
    expect(plain()).toEqual(lines);
    expect(gaps()).toEqual([]);
  });

  it('may refuse one record: its neighbours arrive, and its place is marked', async () => {
    const lines = write(log, 20);
    appendFileSync(log, 'poison\n');
    lines.push(...write(log, 20));
    server.interfere = (batch) => (batch.records.includes('poison') ? { status: 400, code: 'record_invalid' } : null);
    const agent = place.start({ url: server.url, args: ['--once'] });
    expect(await agent.exit).toBe(0);
    const marks = plain().filter((line) => line.startsWith('akashi-agent: record refused'));
    expect(marks).toEqual([expect.stringMatching(/status=400 code=record_invalid$/)]);
    expect(plain().filter((line) => !marks.includes(line))).toEqual(lines);
    expect(plain().indexOf(marks[0] ?? '')).toBe(20);
    expect(agent.said()).not.toContain('poison');
  });

  it('may have smaller limits: batches and records are cut to fit', async () => {
    const long = 'x'.repeat(10_000);
    writeFileSync(log, `${long}\n`);
    const lines = write(log, 200);
    server.interfere = (batch) =>
      JSON.stringify(batch.records).length > 4000 ? { status: 413, code: 'too_large' } : null;
    expect(await place.start({ url: server.url, args: ['--once'] }).exit).toBe(0);
    const parts = plain().filter((line) => line.startsWith('x'));
    expect(parts.join('')).toBe(long);
    expect(plain().slice(parts.length)).toEqual(lines);
  });

  it('that refuses everything is not emptied into', async () => {
    write(log, 3);
    server.interfere = () => ({ status: 400, code: 'time_zone_unknown' });
    const agent = place.start({ url: server.url, args: ['--once'] });
    expect([await agent.exit, agent.said()]).toEqual([
      1,
      expect.stringContaining('refuses everything for log group app (400 time_zone_unknown)'),
    ]);
    server.interfere = () => null;
    expect(await place.start({ url: server.url, args: ['--once'] }).exit).toBe(0);
    expect(plain()).toHaveLength(3);
  });

  it('that does not know the key is told of, and the new key is taken without a restart', async () => {
    const lines = write(log, 3);
    writeFileSync(join(place.folder, 'key'), 'old-key\n');
    const once = place.start({ url: server.url, args: ['--once'] });
    expect([await once.exit, once.said()]).toEqual([
      1,
      expect.stringContaining('does not know the key in the key file (401 key_unknown)'),
    ]);
    const agent = place.start({ url: server.url });
    await until(() => agent.said().includes('does not know the key'), agent.said);
    writeFileSync(join(place.folder, 'key'), `${accessKey}\n`);
    await received(lines, agent);
    expect(plain()).toEqual(lines);
    expect(agent.said()).not.toContain('old-key');
  });

  it('that is not there ends a --once in bounded time with a sentence', async () => {
    write(log, 3);
    await server.close();
    const agent = place.start({ url: server.url, args: ['--once', '--once-wait', '1'] });
    expect([await agent.exit, agent.said()]).toEqual([1, expect.stringContaining("can't be reached (ECONNREFUSED).")]);
  });
});

describe('the state', () => {
  it('belongs to one agent at a time', async () => {
    const lines = write(log, 3);
    const first = place.start({ url: server.url });
    await received(lines, first);
    const second = place.start({ url: server.url });
    expect([await second.exit, second.said()]).toEqual([1, expect.stringContaining('another akashi-agent (process')]);
    await first.kill();
    expect(await place.start({ url: server.url, args: ['--once'] }).exit).toBe(0);
    expect(plain()).toEqual(lines);
  });

  it('that was lost or damaged makes lines come again, never go missing', async () => {
    const lines = write(log, 3);
    expect(await place.start({ url: server.url, args: ['--once'] }).exit).toBe(0);
    writeFileSync(join(place.folder, 'state/agent-state'), '{"version":1,"sec');
    const again = place.start({ url: server.url, args: ['--once'] });
    expect([await again.exit, again.said()]).toEqual([0, expect.stringContaining('state file was damaged')]);
    expect(plain()).toEqual([...lines, ...lines]);
  });
});
