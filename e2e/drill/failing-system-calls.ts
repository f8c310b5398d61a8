import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** One call on a file, in the order in which the calls ended. */
export interface SystemCall {
  readonly name: string;
  readonly path: string;
  readonly failed: boolean;
}

const watched = 'fdatasync,fsync,write,writev,pwrite64,pwritev,pwritev2,ftruncate';
const attachWithinMs = 20_000;

/** `name(3</path>, …) = -1 EIO …`, possibly cut in two where another thread came in between. */
function parseTrace(trace: string): SystemCall[] {
  const calls: SystemCall[] = [];
  const begun = new Map<string, { name: string; path: string }>();
  for (const line of trace.split('\n')) {
    const thread = /^\d+/.exec(line)?.[0] ?? '';
    const start = /^\d+\s+(\w+)\(\d+<([^>]*)>/.exec(line);
    if (start !== null) begun.set(thread, { name: start[1] ?? '', path: start[2] ?? '' });
    const result = /\) += (-?\d+)/.exec(line)?.[1];
    const call = begun.get(thread);
    if (result === undefined || call === undefined) continue;
    begun.delete(thread);
    calls.push({ ...call, failed: Number(result) < 0 });
  }
  return calls;
}

/** System calls of a running process that fail as on a broken disk, and a record of them all. */
export class FailingSystemCalls {
  readonly #strace: ChildProcess;
  readonly #traceFile: string;

  private constructor(strace: ChildProcess, traceFile: string) {
    this.#strace = strace;
    this.#traceFile = traceFile;
  }

  /** From now on these calls fail with EIO, before they reach the kernel; undefined where that is not permitted. */
  static async arm(pid: number, names: string, traceFile: string): Promise<FailingSystemCalls | undefined> {
    const options = [
      '-f',
      '-y',
      '-s',
      '0',
      '-o',
      traceFile,
      '-e',
      `trace=${watched}`,
      '-e',
      `inject=${names}:error=EIO`,
    ];
    const strace = spawn('strace', [...options, '-p', String(pid)], { stdio: ['ignore', 'ignore', 'pipe'] });
    const ended = new Promise<'ended'>((resolve) => {
      strace.once('error', () => resolve('ended'));
      strace.once('exit', () => resolve('ended'));
    });
    const attached = once(strace.stderr, 'data').then((data) =>
      String(data).includes('attached') ? 'attached' : 'ended',
    );
    const outcome = await Promise.race([ended, attached, delay(attachWithinMs, 'ended', { ref: false })]);
    if (outcome === 'attached') return new FailingSystemCalls(strace, traceFile);
    strace.kill('SIGKILL');
    return undefined;
  }

  /** The calls work again. */
  async disarm(): Promise<SystemCall[]> {
    const ended = once(this.#strace, 'exit');
    this.#strace.kill('SIGINT');
    await ended;
    const calls = parseTrace(readFileSync(this.#traceFile, 'utf8'));
    rmSync(this.#traceFile);
    return calls;
  }
}
