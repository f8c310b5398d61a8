import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { takeProcessLock } from '@akashi/durable-files';

const run = promisify(execFile);

const goModule = 'github.com/versity/versitygw';
const version = 'v1.8.0';
/** Of the module's content, as in a go.sum: what Go's checksum database vouches for, and what was tried. */
const moduleSum = 'h1:au+wI+aybno/STsQiSm35Uu6Q6iK5MWReQxgO6SEMFc=';

const buildWithinMs = 9 * 60_000;
const lookAgainMs = 500;

export type FoundProgram = { readonly path: string } | { readonly missing: string };

/**
 * The S3 server for tests, from the person's cache. The first call builds it from its Go module (two minutes on two
 * cores, once a machine); several that call at the same time build it once. Where that is not possible, a sentence.
 */
export async function findVersitygw(): Promise<FoundProgram> {
  const cache = join(homedir(), '.cache', 'akashi');
  const folder = join(cache, `versitygw-${version}`);
  const path = join(folder, 'versitygw');
  await mkdir(cache, { recursive: true });
  while (!existsSync(path)) {
    const lock = takeProcessLock(join(cache, 'versitygw.building'));
    if (lock.outcome === 'held') {
      await delay(lookAgainMs);
      continue;
    }
    try {
      if (!existsSync(path)) await build(cache, folder);
    } catch (cause) {
      return { missing: whyNot(cause) };
    } finally {
      lock.release();
    }
  }
  return { path };
}

/** It appears under its final name only when complete and checked. */
async function build(cache: string, folder: string): Promise<void> {
  await run('go', ['version']);
  process.stderr.write(`building the S3 server for tests (versitygw ${version}, once)\n`);
  const work = await mkdtemp(join(cache, 'build-'));
  try {
    await run('go', ['install', `${goModule}/cmd/versitygw@${version}`], {
      env: { ...process.env, GOBIN: work },
      timeout: buildWithinMs,
    });
    const { stdout } = await run('go', ['version', '-m', join(work, 'versitygw')]);
    if (!stdout.includes(`${goModule}\t${version}\t${moduleSum}`)) {
      throw new Error('what was built is not the version that was asked for');
    }
    await rename(work, folder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

function whyNot(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'Go is not installed, so the S3 server for tests (versitygw) cannot be built';
  return `the S3 server for tests (versitygw ${version}) cannot be built: ${message.split('\n').slice(0, 3).join(' ')}`;
}
