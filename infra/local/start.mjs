import { bootstrap } from './bootstrap.mjs';

process.stdout.write('Akashi (証)\n');
await bootstrap('infra/local/run-installation.ts', process.argv.slice(2));
