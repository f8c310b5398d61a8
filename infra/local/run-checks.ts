import { join } from 'node:path';
import { repositoryRoot } from './installation.ts';
import { runProgram } from './run-program.ts';

const bin = join(repositoryRoot, 'node_modules', '.bin');

/** What `npm run check` runs, in order; the first failure ends it. */
const checks: readonly { name: string; command: string; args: readonly string[] }[] = [
  { name: 'build', command: 'turbo', args: ['run', 'build', '--output-logs=errors-only'] },
  { name: 'format', command: 'prettier', args: ['--check', '.', '--log-level=warn'] },
  { name: 'lint', command: 'oxlint', args: ['--type-aware', '--deny-warnings'] },
  { name: 'boundaries', command: 'turbo', args: ['boundaries'] },
  { name: 'what nothing uses', command: 'knip', args: ['--no-progress'] },
  { name: 'types', command: 'turbo', args: ['run', 'typecheck', '--output-logs=errors-only'] },
  { name: 'unit tests', command: 'vitest', args: ['run', '--project', 'unit', '--reporter=dot'] },
];

for (const check of checks) {
  process.stdout.write(`— ${check.name}\n`);
  const status = await runProgram({ command: join(bin, check.command), args: check.args, cwd: repositoryRoot });
  if (status !== 0) {
    process.stderr.write(`akashi: the check "${check.name}" failed; the lines above say where.\n`);
    process.exit(status);
  }
}
process.stdout.write('All checks passed.\n');
