import { join } from 'node:path';
import { partEnvironment } from './app-services.ts';
import { readInstallation, repositoryRoot } from './installation.ts';
import { outsideStores } from './outside-stores.ts';
import { runProgram } from './run-program.ts';

// Beside a running installation, with the same AKASHI_HOME and PORT_BASE: `npm run keys -- rotate --purpose data --reason TEXT`.
const programs: Readonly<Record<string, string>> = { rotate: 'rotate-keys-now.js' };

const installation = readInstallation();
const [command = '', ...args] = process.argv.slice(2);
const program = programs[command];
if (program === undefined) {
  process.stderr.write('akashi: npm run keys -- rotate [--tenant SLUG] --purpose data|signing|inbox --reason TEXT\n');
  process.exitCode = 2;
} else {
  process.exitCode = await runProgram({
    command: process.execPath,
    args: [join(repositoryRoot, 'apps', 'worker', 'dist', program), ...args],
    cwd: repositoryRoot,
    env: partEnvironment('worker', installation, outsideStores(installation)),
  });
}
