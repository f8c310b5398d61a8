import {
  appendFileSync,
  existsSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  copytruncate,
  gaps,
  log,
  place,
  plain,
  received,
  section,
  server,
  useAgentPlace,
  write,
} from './agent-place.fixtures.ts';
import { until } from './agent-process.fixtures.ts';

useAgentPlace();

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
