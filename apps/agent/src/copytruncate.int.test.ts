import { spawn, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  copytruncate,
  gaps,
  isGap,
  log,
  place,
  plain,
  received,
  server,
  useAgentPlace,
  write,
} from './agent-place.fixtures.ts';
import { until } from './agent-process.fixtures.ts';

useAgentPlace();

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
