import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { takeProcessLock } from './process-lock.ts';

const contender = fileURLToPath(new URL('./process-lock.fixtures.ts', import.meta.url));

let root: string;
let lock: string;
const children: ChildProcess[] = [];
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'akashi-lock-'));
  lock = join(root, 'writer.lock');
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(root, { recursive: true });
});

function startContender(): ChildProcess {
  const child = fork(contender, [lock], { execArgv: ['--conditions=source'] });
  children.push(child);
  return child;
}

async function ask(child: ChildProcess, question: string): Promise<string> {
  const answer = once(child, 'message');
  child.send(question);
  return String((await answer)[0]);
}

it('is held by one, also against the same process, until it is given up', () => {
  const first = takeProcessLock(lock);
  expect(first.outcome).toBe('taken');
  expect(takeProcessLock(lock)).toEqual({ outcome: 'held', pid: process.pid });
  if (first.outcome === 'taken') first.release();
  expect(existsSync(lock)).toBe(false);
  expect(takeProcessLock(lock).outcome).toBe('taken');
});

it('is taken over from a process that was killed, and from one whose number another program has now', async () => {
  const child = startContender();
  expect(await ask(child, 'take')).toBe('taken');
  expect(takeProcessLock(lock)).toEqual({ outcome: 'held', pid: child.pid });
  const [claim = ''] = readdirSync(lock);
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  expect(takeProcessLock(lock).outcome).toBe('taken');

  await rm(lock, { recursive: true });
  mkdirSync(lock);
  const [, , boot = ''] = claim.split('.');
  writeFileSync(join(lock, `${process.ppid}.1.${boot}.1`), '');
  expect(takeProcessLock(lock).outcome).toBe('taken');
});

it('understands the file of an earlier release', () => {
  const start = readFileSync(`/proc/${process.ppid}/stat`, 'latin1').split(') ')[1]?.split(' ')[19] ?? '';
  writeFileSync(lock, `${process.ppid} ${start}`);
  expect(takeProcessLock(lock)).toEqual({ outcome: 'held', pid: process.ppid });
  writeFileSync(lock, `${process.ppid} 1`);
  expect(takeProcessLock(lock).outcome).toBe('taken');
});

it('is never won twice, however many find a dead process’s lock at the same moment', async () => {
  const contenders = Array.from({ length: 6 }, startContender);
  await Promise.all(contenders.map((child) => ask(child, 'greet')));
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
  let won = 0;
  for (let round = 0; round < 12; round += 1) {
    mkdirSync(lock, { recursive: true });
    writeFileSync(join(lock, `${process.pid}.1.${boot}.${round}`), '');
    const answers = await Promise.all(contenders.map((child) => ask(child, 'take')));
    const winners = answers.filter((answer) => answer === 'taken').length;
    expect(winners).toBeLessThanOrEqual(1);
    won += winners;
    await Promise.all(contenders.map((child) => ask(child, 'release')));
  }
  expect(won).toBeGreaterThan(0);
});
