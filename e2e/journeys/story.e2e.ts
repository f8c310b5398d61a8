import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { eventually } from '../reading/eventually.ts';
import { LogReader, type FoundEvent } from '../reading/log-reader.ts';
import { onceSealed } from '../reading/once-sealed.ts';
import { verifyOffline } from '../senders/verify-offline.ts';
import { mayOwnVarLog, NtpHost } from '../senders/ntp-host.ts';
import { latestInJapan, writeLines } from '../senders/offered-lines.ts';
import { findProgram } from '../senders/program.ts';

const demo = inject('demo');
const home = inject('home');
const reader = new LogReader(demo);
const run = randomBytes(3).toString('hex');
const logrotate = findProgram('logrotate');
const cannot = mayOwnVarLog
  ? logrotate === undefined
    ? 'logrotate is not installed'
    : ''
  : 'mount namespaces are not allowed here';

/** The article's own lines. */
const article = [
  '26 Feb 13:49:00 ntpd[7533]: ntp_io: estimated max descriptors: 1024, initial socket boundary: 16',
  '26 Feb 13:49:00 ntpd[7533]: Listen normally on 1 lo 127.0.0.1 UDP 123',
  '26 Feb 13:49:00 ntpd[7533]: 0.0.0.0 c016 06 restart',
  '26 Feb 13:49:00 ntpd[7533]: 0.0.0.0 c012 02 freq_set kernel 25.435 PPM',
  '26 Feb 13:49:01 ntpd[7533]: 0.0.0.0 c615 05 clock_sync',
];

let folder = '';
let hosts: NtpHost[] = [];

function streamOf(host: NtpHost): Promise<FoundEvent[]> {
  return reader.readAll({ query: `log.stream:"${host.name}"`, logGroups: ['ntpd'] });
}

function shipped(host: NtpHost, count: number): Promise<FoundEvent[]> {
  return eventually(
    () => streamOf(host),
    (events) => events.length >= count,
  );
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'akashi-story-'));
  if (cannot !== '') return;
  hosts = ['a', 'b'].map((letter) => new NtpHost(demo, folder, `i-${run}${letter}`));
  for (const host of hosts) host.startAgent();
});

afterAll(async () => {
  await Promise.all(hosts.map((host) => host.stopAgent()));
  rmSync(folder, { recursive: true, force: true });
});

describe('the log that nobody keeps', () => {
  it('reaches the log group ntpd, one stream an instance, each line once and understood', async ({ skip }) => {
    skip(cannot !== '', cannot);
    for (const host of hosts) host.write(article);
    for (const host of hosts) {
      const events = await shipped(host, article.length);
      expect(events.map(({ record }) => record).toSorted()).toEqual(article.toSorted());
      const byLine = new Map(events.map((event) => [event.record, event]));
      const told = article.map((line) => byLine.get(line));
      expect(told.map((event) => event?.fields['event.action'])).toEqual([
        'ntp_io',
        'ntp_listen',
        'ntp_restart',
        'ntp_freq_set',
        'ntp_clock_sync',
      ]);
      expect(told.map((event) => event?.parse)).toEqual(article.map(() => ({ format: 'ntpd', status: 'parsed' })));
      expect(told.map((event) => Date.parse(event?.['@timestamp'] ?? ''))).toEqual(
        article.map((line) => latestInJapan('Feb', '26', line.slice(7, 15)).getTime()),
      );
      expect(told[2]?.fields).toMatchObject({ 'ntp.state': 'unsynchronized', 'ntp.status_word': 'c016' });
      expect(told[4]?.fields).toMatchObject({ 'ntp.state': 'synchronized', 'ntp.clock_source': 'ntp' });
    }
  });

  it('goes on over a night’s copytruncate, and the place where it can lose lines is shown', async ({ skip }) => {
    skip(cannot !== '', cannot);
    const [host] = hosts;
    const before = writeLines('ntpd', 200, 10_000).map(({ text }) => text);
    const after = writeLines('ntpd', 200, 20_000).map(({ text }) => text);
    host?.write(before);
    await host?.rotate(logrotate ?? '');
    host?.write(after);
    const events = host === undefined ? [] : await shipped(host, article.length + 401);
    const gaps = events.filter(({ record }) => record.includes('possible gap'));
    expect(gaps).toHaveLength(1);
    const lines = events.filter((event) => !gaps.includes(event)).map(({ record }) => record);
    expect(lines.toSorted()).toEqual([...article, ...before, ...after].toSorted());
  });

  it('tells who stepped the clock, and with whom a host is in step', async ({ skip }) => {
    skip(cannot !== '', cannot);
    const host = hosts[1];
    const [clock = ''] = (writeLines('ntpd', 1)[0]?.text ?? '').split(' ntpd[');
    host?.write([
      `${clock} ntpd[812]: 0.0.0.0 c61c 0c clock_step +0.238417 s`,
      `${clock} ntpd[812]: 10.1.0.2 963a 8a sys_peer`,
    ]);
    if (host !== undefined) await shipped(host, article.length + 2);
    const stream = `log.stream:"${host?.name ?? ''}"`;
    const [step, ...more] = await reader.readAll({ query: `${stream} event.action:ntp_clock_step` });
    expect(more).toEqual([]);
    expect(step?.fields).toMatchObject({ 'ntp.offset_seconds': 0.238417, 'process.pid': 812 });
    const [peer] = await reader.readAll({ query: `${stream} event.action:ntp_sys_peer` });
    expect(peer?.fields).toMatchObject({ 'ntp.peer': '10.1.0.2', 'ntp.state': 'synchronized' });
  });

  it('shows the group with its streams, and when each was last heard', async ({ skip }) => {
    skip(cannot !== '', cannot);
    const { items } = await reader.get<{ items: { name: string; lastSeenAt: string }[] }>('/v1/log-groups');
    expect(items.map(({ name }) => name)).toContain('ntpd');
    const sources = await reader.get<{ items: Record<string, unknown>[] }>('/v1/sources');
    const streams = sources.items.filter((source) => hosts.some(({ name }) => source['logStream'] === name));
    expect(streams).toHaveLength(2);
  });

  it('can be proven line by line, and as a whole without a network', async ({ skip }) => {
    skip(cannot !== '', cannot);
    const [host] = hosts;
    const [event] = host === undefined ? [] : await streamOf(host);
    const proof = `/v1/events/${event?.id ?? ''}/proof`;
    const answer = await onceSealed(() => reader.get<{ proof: { format: string } }>(proof));
    expect(answer.proof.format).toBe('akashi event proof v1');
    expect(await verifyOffline(demo, home)).toMatchObject({ code: 0, ok: true, problemCount: 0 });
  });
});
