import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { findGoProgram, type FoundProgram } from '@akashi/s3-testserver';

const checker = fileURLToPath(new URL('../../../../e2e/verify/check_archive.py', import.meta.url));
const tessera = 'github.com/transparency-dev/tessera';

export interface Outcome {
  readonly code: number;
  readonly output: string;
}

function run(command: string, args: readonly string[]): Outcome {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  return { code: status ?? -1, output: `${stdout}${stderr}` };
}

/** The checker in Python, which shares no code with the product. */
export function checkByPython(folder: string, verifierKey: string): Outcome {
  return run('python3', [checker, folder, '--key', verifierKey]);
}

/** Tessera's check of a log in C2SP tlog-tiles, which knows nothing of what our entries say. */
export function findFsck(): Promise<FoundProgram> {
  return findGoProgram({
    name: 'fsck',
    what: "Tessera's check of a log",
    module: tessera,
    package: `${tessera}/cmd/fsck`,
    version: 'v1.0.4',
    moduleSum: 'h1:IXjGowubcLR0T3zUQrysSMKgtTh9KGKQ0iajUiubyP4=',
  });
}

/** The size of the log that it proved, or null; it says so in words alone and ends with 0 in any case. */
export function acceptedByFsck(program: string, folder: string, verifierKey: string): number | null {
  const keyFile = join(folder, '..', 'newest-verifier-key.txt');
  writeFileSync(keyFile, verifierKey);
  const log = `${pathToFileURL(join(folder, 'log')).href}/`;
  const { output } = run(program, ['--storage_url', log, '--public_key', keyFile, '--ui=false', '--v=1']);
  const proven = /Successfully fsck'd log with size (\d+)/.exec(output);
  return proven === null ? null : Number(proven[1]);
}
