import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, statSync, truncateSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const largestLogBytes = 64 * 1024 * 1024;
const restartDelaysMs = [500, 1_000, 2_000, 5_000, 10_000, 30_000];
/** A part that stayed up this long begins again with the shortest restart delay. */
const stableAfterMs = 10_000;

export interface ServiceDefinition {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Which variables of this process it gets beside `env`; left out: all of them. */
  readonly inherits?: readonly string[];
  readonly logFile: string;
  /** Resolves true when the service can do its job. */
  readonly isReady: () => Promise<boolean>;
  readonly readyWithinMs: number;
  /** For fault drills: the crash point that the next start is armed with, given once. */
  readonly takeCrashpoint?: () => string | undefined;
  readonly stopSignal?: NodeJS.Signals;
  /** After this long without an exit the process group is killed. */
  readonly stopWithinMs?: number;
}

function inherited({ inherits }: ServiceDefinition): NodeJS.ProcessEnv {
  if (inherits === undefined) return process.env;
  return Object.fromEntries(inherits.map((name) => [name, process.env[name]]));
}

/** One supervised process: started, watched, restarted with back-off, stopped in its own process group. */
export class ServiceProcess {
  readonly definition: ServiceDefinition;
  readonly #say: (sentence: string) => void;
  #child: ChildProcess | undefined;
  #exited: Promise<void> = Promise.resolve();
  #stopping = false;
  #failures = 0;

  constructor(definition: ServiceDefinition, say: (sentence: string) => void) {
    this.definition = definition;
    this.#say = say;
  }

  /** Starts the process and waits until it is ready; rejects with one sentence when it ends or stays unready. */
  async start(): Promise<void> {
    this.#spawn();
    const deadline = Date.now() + this.definition.readyWithinMs;
    let nextSign = Date.now() + 10_000;
    while (Date.now() < deadline) {
      if (this.#stopping) return;
      if (await this.definition.isReady()) return;
      if (this.#child === undefined && this.#failures >= 3) break;
      if (Date.now() > nextSign) {
        this.#say(`… waiting for ${this.definition.name}`);
        nextSign = Date.now() + 10_000;
      }
      await delay(150);
    }
    throw new Error(`${this.definition.name} did not become ready; its log is ${this.definition.logFile}`);
  }

  /** Asks the process to stop, waits, and kills its whole group when it does not. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const child = this.#child;
    if (child?.pid === undefined) return;
    this.#signal(this.definition.stopSignal ?? 'SIGTERM');
    const timer = setTimeout(() => this.#signal('SIGKILL'), this.definition.stopWithinMs ?? 20_000);
    await this.#exited;
    clearTimeout(timer);
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Tells the process something that it listens to. */
  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  #signal(signal: NodeJS.Signals): void {
    const pid = this.#child?.pid;
    if (pid === undefined) return;
    try {
      // The group: a JVM behind its start script, Next behind its launcher.
      process.kill(-pid, signal);
    } catch {
      // It ended between the check and the signal.
    }
  }

  #spawn(): void {
    const { command, args, cwd, env, logFile } = this.definition;
    keepLogBounded(logFile);
    const log = openSync(logFile, 'a', 0o600);
    const startedAt = Date.now();
    // A group of its own, so that a terminal's Ctrl-C reaches only the supervisor, which stops parts in order.
    const environment: NodeJS.ProcessEnv = { ...inherited(this.definition), ...env };
    const crashpoint = this.definition.takeCrashpoint?.();
    if (crashpoint !== undefined) environment['AKASHI_CRASHPOINT'] = crashpoint;
    const child = spawn(command, args, { cwd, env: environment, stdio: ['ignore', log, log], detached: true });
    closeSync(log);
    this.#child = child;
    this.#exited = new Promise((resolve) => {
      const ended = (): void => {
        if (this.#child === child) this.#child = undefined;
        resolve();
        if (!this.#stopping) void this.#restart(startedAt);
      };
      child.once('error', ended);
      child.once('exit', ended);
    });
  }

  async #restart(startedAt: number): Promise<void> {
    this.#failures = Date.now() - startedAt > stableAfterMs ? 1 : this.#failures + 1;
    const waitMs = restartDelaysMs[Math.min(this.#failures, restartDelaysMs.length) - 1] ?? 30_000;
    this.#say(
      `${this.definition.name} ended by itself; starting it again in ${waitMs / 1000} s (log: ${this.definition.logFile})`,
    );
    await delay(waitMs);
    if (!this.#stopping) this.#spawn();
  }
}

function keepLogBounded(path: string): void {
  try {
    if (statSync(path).size > largestLogBytes) truncateSync(path, 0);
  } catch {
    // No log yet.
  }
}
