import { appendFileSync, existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  copytruncate,
  gaps,
  log,
  place,
  plain,
  received,
  restartServer,
  section,
  server,
  useAgentPlace,
  write,
} from './agent-place.fixtures.ts';
import { accessKey, until } from './agent-process.fixtures.ts';

useAgentPlace();

describe('content', () => {
  it.each([
    ['shift_jis', Buffer.from([0x8e, 0x9e, 0x8d, 0x8f, 0x83, 0x5c, 0x0d, 0x0a]), '時刻ソ'],
    ['euc_jp', Buffer.from([0xbb, 0xfe, 0xb9, 0xef, 0x0a]), '時刻'],
    ['utf_16_le', Buffer.from('\uFEFF時刻\r\n', 'utf16le'), '時刻'],
    ['utf_8', Buffer.from([0xe6, 0x99, 0x82, 0xff, 0x41, 0x0a]), '時\u{10FEFF}A'],
    ['utf_8_sig', Buffer.from('\uFEFF時刻\n'), '時刻'],
    ['iso2022_jp', Buffer.from('\x1b$B;~9o\x1b(B 4556\n'), '時刻 4556'],
    ['utf_16', Buffer.from('\uFEFF時刻\r\n', 'utf16le').swap16(), '時刻'],
    ['utf_16', Buffer.from('\uFEFF時刻\r\n', 'utf16le'), '時刻'],
    ['utf_32_be', Buffer.from([0, 0, 0x66, 0x42, 0, 0, 0, 0x0a]), '時'],
    ['', Buffer.from('\uFEFF時刻\r\n', 'utf16le'), '時刻'],
  ])('reads %s', async (encoding, bytes, text) => {
    writeFileSync(log, bytes);
    const config = section(place.logs, encoding === '' ? '' : `encoding = ${encoding}\n`);
    expect(await place.start({ url: server.url, config, args: ['--once'] }).exit).toBe(0);
    expect(plain()).toEqual([text]);
  });

  it('refuses an encoding that nobody knows, and names those that are', async () => {
    const config = section(place.logs, 'encoding = klingon\n');
    const agent = place.start({ url: server.url, config, args: ['--once'] });
    expect(await agent.exit).toBe(1);
    expect(agent.said()).toMatch(/encoding "klingon" is not known.*utf_8, .*shift_jis, .*iso2022_jp/s);
  });

  it('says once that a path names no file, and ships the file that comes', async () => {
    const run = { url: server.url, config: section(place.logs, '', 'nothing-*.log') };
    const once = place.start({ ...run, args: ['--once'] });
    expect(await once.exit).toBe(0);
    expect(once.said()).toContain(`no file matches ${place.logs}/nothing-*.log (section [app])`);
    const agent = place.start(run);
    await until(() => agent.said().includes('no file matches'), agent.said);
    await received(write(join(place.logs, 'nothing-yet.log'), 1), agent);
    expect(agent.said().match(/no file matches/g)).toHaveLength(1);
    expect(await agent.stop()).toBe(0);
  });

  it('cuts an over-long line apart from a number, and says which records are parts of one', async () => {
    const number = '4556 7345 0008 5943';
    const long = `${'some words, and others; '.repeat(21_845)}${number} ${'and more, '.repeat(60_000)}`;
    writeFileSync(log, `a\n${long}\nb\n`);
    expect(await place.start({ url: server.url, args: ['--once'] }).exit).toBe(0);
    const parts = plain().slice(1, -1);
    expect(parts).toHaveLength(3);
    expect(parts.join('')).toBe(long);
    expect(parts.some((part) => part.includes(number))).toBe(true);
    const said = server.batches.map((batch) => batch.headers['akashi-line-parts']);
    expect(said.filter((each) => each !== undefined)).toEqual(['more', 'continues, more', 'continues']);
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
    expect(records.every((record) => Buffer.byteLength(record) <= 524_288)).toBe(true);
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
    await restartServer(port);
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
