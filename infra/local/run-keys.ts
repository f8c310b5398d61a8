import { join } from 'node:path';
import { partEnvironment } from './app-services.ts';
import { readInstallation, repositoryRoot } from './installation.ts';
import { outsideStores } from './outside-stores.ts';
import { runProgram } from './run-program.ts';

// Beside a running installation, with the same AKASHI_HOME and PORT_BASE: `npm run keys -- rotate --purpose data --reason TEXT`.
// `recover` needs nothing that runs.
const usage = [
  'akashi: npm run keys -- rotate [--tenant SLUG] --purpose data|signing|inbox --reason TEXT',
  '        npm run keys -- export --file FILE',
  '        npm run keys -- recover FILE',
].join('\n');

const installation = readInstallation();
const [command = '', ...args] = process.argv.slice(2);

function ofWorker(program: string, options: readonly string[]): Promise<number> {
  return runProgram({
    command: process.execPath,
    args: [join(repositoryRoot, 'apps', 'worker', 'dist', program), ...options],
    cwd: repositoryRoot,
    env: partEnvironment('worker', installation, outsideStores(installation)),
  });
}

/** Imported late: it needs what is built. */
async function recover([file]: readonly string[]): Promise<number> {
  const { recoverFrom } = await import('./recover-keys.ts');
  return recoverFrom(installation.home, file);
}

const commands: Readonly<Record<string, () => Promise<number>>> = {
  rotate: () => ofWorker('rotate-keys-now.js', args),
  export: () => ofWorker('export-keys-now.js', args),
  recover: () => recover(args),
};
const run = commands[command];
if (run === undefined) process.stderr.write(`${usage}\n`);
process.exitCode = run === undefined ? 2 : await run();
