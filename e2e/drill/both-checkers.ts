import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { repositoryRoot } from '../installation/installation.ts';
import { runCommand } from './run-command.ts';

export interface Asked {
  readonly folder: string;
  /** The verifier key, or a file that holds it. */
  readonly key: string;
  /** Opens every record too, where a checker can. */
  readonly dataKeyFile?: string | undefined;
  /** A checkpoint kept from earlier. */
  readonly since?: string | undefined;
}

export interface Verdict {
  /** 0 proven, 1 altered, 2 could not be judged. */
  readonly code: number;
  /** The objects that were found wanting. */
  readonly named: readonly string[];
}

export interface Verdicts {
  readonly verifier: Verdict;
  readonly checker: Verdict;
}

type Run = (
  argv: readonly string[],
  write: { out: (text: string) => void; err: (text: string) => void },
) => Promise<number>;

const sources = new URL('../../apps/verifier/src/', import.meta.url);
const launcher = join(repositoryRoot, 'apps', 'verifier', 'bin', 'akashi-verify.mjs');
const scripts = join(repositoryRoot, 'e2e', 'verify');

function held({ since }: Asked): string[] {
  return since === undefined ? [] : ['--since', since];
}

function verifierArguments(asked: Asked): string[] {
  const { folder, key, dataKeyFile } = asked;
  const records = dataKeyFile === undefined ? [] : ['--data-key', dataKeyFile];
  return [folder, '--key', key, '--json', ...records, ...held(asked)];
}

/** `akashi-verify` and the independent checker, both in running processes: thousands of verdicts in minutes. */
export class BothCheckers {
  readonly #run: Run;
  readonly #checker: ChildProcessByStdio<Writable, Readable, null>;
  readonly #answers: AsyncIterator<string>;

  private constructor(run: Run) {
    this.#run = run;
    this.#checker = spawn('python3', [join(scripts, 'check_each.py')], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#answers = createInterface({ input: this.#checker.stdout })[Symbol.asyncIterator]();
  }

  static async start(): Promise<BothCheckers> {
    const { run } = (await import(new URL('run.ts', sources).href)) as { run: Run };
    return new BothCheckers(run);
  }

  async judge(asked: Asked): Promise<Verdicts> {
    const { folder, key, since } = asked;
    this.#checker.stdin.write(`${JSON.stringify({ folder, key, since })}\n`);
    let out = '';
    const code = await this.#run(verifierArguments(asked), { out: (text) => (out += text), err: () => undefined });
    const { problems } = (out === '' ? { problems: [] } : JSON.parse(out)) as { problems: { object: string }[] };
    const answer = await this.#answers.next();
    if (answer.done === true) throw new Error('the independent checker ended');
    return {
      verifier: { code, named: problems.map(({ object }) => object) },
      checker: JSON.parse(answer.value) as Verdict,
    };
  }

  /** The exit codes of the two commands themselves. */
  async judgeByCommand(asked: Asked): Promise<{ verifier: number; checker: number }> {
    const [verifier, checker] = await Promise.all([
      runCommand(process.execPath, [launcher, ...verifierArguments(asked)]),
      runCommand('python3', [join(scripts, 'check_archive.py'), asked.folder, '--key', asked.key, ...held(asked)]),
    ]);
    return { verifier: verifier.code, checker: checker.code };
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#checker.once('exit', resolve));
    this.#checker.stdin.end();
    await ended;
  }
}
