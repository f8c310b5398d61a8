import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface Invocation {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly withinMs?: number;
}

export interface ProgramResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The path of an installed program; daemons live in folders that are not on everybody's PATH. */
export function findProgram(name: string, fromEnvironment?: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin'];
  const candidates = fromEnvironment === undefined ? folders.map((folder) => join(folder, name)) : [fromEnvironment];
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Whether `unshare` may make these namespaces here; containers often refuse it. */
export function mayUnshare(...flags: readonly string[]): boolean {
  return spawnSync('unshare', [...flags, 'true']).status === 0;
}

/** Runs a program to its end; a failing one is a result, not an exception. */
export function runProgram(invocation: Invocation): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const child = begin(invocation);
    const timer = setTimeout(() => child.kill('SIGKILL'), invocation.withinMs ?? 120_000);
    const output = collect(child);
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ code, ...output() });
    });
  });
}

/** A program that goes on until it is stopped. */
export class RunningProgram {
  readonly #child: ChildProcess;
  readonly #output: () => { stdout: string; stderr: string };
  readonly #ended: Promise<number | null>;

  constructor(invocation: Invocation) {
    this.#child = begin(invocation);
    this.#output = collect(this.#child);
    this.#ended = new Promise((resolve, reject) => {
      this.#child.once('error', reject);
      this.#child.once('exit', resolve);
    });
  }

  get output(): string {
    const { stdout, stderr } = this.#output();
    return stdout + stderr;
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.#child.kill(signal);
    return this.#ended;
  }
}

function begin({ command, args, env, cwd }: Invocation): ChildProcess {
  return spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
}

function collect(child: ChildProcess): () => { stdout: string; stderr: string } {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return () => ({ stdout, stderr });
}
