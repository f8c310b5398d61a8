import { join } from 'node:path';
import { InstallationError, repositoryRoot } from './installation.ts';
import { runProgram } from './run-program.ts';

/** Builds what changed since the last build (turbo keeps the rest); throws one sentence when it fails. */
export async function buildAll(): Promise<void> {
  const status = await runProgram({
    command: join(repositoryRoot, 'node_modules', '.bin', 'turbo'),
    args: ['run', 'build', '--output-logs=errors-only'],
    cwd: repositoryRoot,
  });
  if (status !== 0) throw new InstallationError('the build failed; the lines above say where.');
}
