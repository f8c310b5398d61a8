import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { takeProcessLock } from '@akashi/durable-files';

const run = promisify(execFile);

const buildWithinMs = 9 * 60_000;
const lookAgainMs = 500;

/** A command of a Go module that tests use, at one version. */
export interface GoProgram {
  /** Its last part of `package`, and the name in the cache. */
  readonly name: string;
  /** What it is for, as in "the S3 server for tests". */
  readonly what: string;
  readonly module: string;
  readonly package: string;
  readonly version: string;
  /** Of the module's content, as in a go.sum: what Go's checksum database vouches for, and what was tried. */
  readonly moduleSum: string;
}

export type FoundProgram = { readonly path: string } | { readonly missing: string };

/**
 * The program, from the person's cache. The first call builds it from its Go module, once a machine; several that call at
 * the same time build it once. Where that is not possible, a sentence.
 */
export async function findGoProgram(program: GoProgram): Promise<FoundProgram> {
  const { name, version } = program;
  const cache = join(homedir(), '.cache', 'akashi');
  const folder = join(cache, `${name}-${version}`);
  const path = join(folder, name);
  await mkdir(cache, { recursive: true });
  while (!existsSync(path)) {
    const lock = takeProcessLock(join(cache, `${name}.building`));
    if (lock.outcome === 'held') {
      await delay(lookAgainMs);
      continue;
    }
    try {
      if (!existsSync(path)) await build(program, cache, folder);
    } catch (cause) {
      return { missing: whyNot(program, cause) };
    } finally {
      lock.release();
    }
  }
  return { path };
}

/** It appears under its final name only when complete and checked. */
async function build(program: GoProgram, cache: string, folder: string): Promise<void> {
  const { name, what, module, version, moduleSum } = program;
  await run('go', ['version']);
  process.stderr.write(`building ${what} (${name} ${version}, once)\n`);
  const work = await mkdtemp(join(cache, 'build-'));
  try {
    await run('go', ['install', `${program.package}@${version}`], {
      env: { ...process.env, GOBIN: work },
      timeout: buildWithinMs,
    });
    const { stdout } = await run('go', ['version', '-m', join(work, name)]);
    if (!stdout.includes(`${module}\t${version}\t${moduleSum}`)) {
      throw new Error('what was built is not the version that was asked for');
    }
    await rename(work, folder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

function whyNot({ name, what, version }: GoProgram, cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'ENOENT') return `Go is not installed, so ${what} (${name}) cannot be built`;
  return `${what} (${name} ${version}) cannot be built: ${message.split('\n').slice(0, 3).join(' ')}`;
}
