import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { release } from 'node:os';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { withShortTurns, type Program } from './short-turns.ts';

function run({ command, args }: Program): { status: number | null; stdout: string } {
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8' });
  return { status, stdout };
}

/** What the kernel says of the turns of a thread, in milliseconds. */
function turnIn(schedule: string): number | undefined {
  const found = /^se\.slice\s*:\s*(\d+)/m.exec(schedule);
  return found === null ? undefined : Number(found[1]) / 1_000_000;
}

/** From Linux 6.12, where the kernel says what it does. */
const areGranted = ((): boolean => {
  const [major = 0, minor = 0] = release().split('.').map(Number);
  return existsSync('/proc/self/sched') && (major > 6 || (major === 6 && minor >= 12));
})();

const threadsOfItself = `
  const { readdirSync, readFileSync } = require('node:fs');
  for (const thread of readdirSync('/proc/self/task')) {
    process.stdout.write(readFileSync('/proc/self/task/' + thread + '/sched', 'utf8') + '\\n');
  }
`;

afterEach(() => vi.unstubAllEnvs());

describe('short turns', () => {
  it('leave a program its arguments and its end', () => {
    const script = 'console.log(JSON.stringify(process.argv.slice(1))); process.exitCode = 7';
    const args = ['-e', script, '--', 'a b', '$HOME', "'", '"', ''];
    expect(run(withShortTurns({ command: process.execPath, args }))).toEqual({
      status: 7,
      stdout: `${JSON.stringify(['a b', '$HOME', "'", '"', ''])}\n`,
    });
  });

  it.skipIf(!areGranted)('are those of every thread of it', () => {
    const { stdout } = run(withShortTurns({ command: process.execPath, args: ['-e', threadsOfItself] }));
    const turns = stdout.split('\n\n').flatMap((schedule) => turnIn(schedule) ?? []);
    expect(turns.length).toBeGreaterThan(4);
    expect(new Set(turns)).toEqual(new Set([0.1]));
  });

  it('are done without where perl is not there', () => {
    vi.stubEnv('PATH', '/nowhere');
    const program = { command: process.execPath, args: ['--version'] };
    expect(withShortTurns(program)).toEqual(program);
  });
});
