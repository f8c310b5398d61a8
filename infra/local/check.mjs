import { bootstrap } from './bootstrap.mjs';

process.stdout.write('Akashi (証): format, lint, boundaries, unused code, types, unit tests\n');
await bootstrap('infra/local/run-checks.ts', process.argv.slice(2));
