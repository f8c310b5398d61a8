import { bootstrap } from './bootstrap.mjs';

process.stdout.write('Akashi (証): every test tier\n');
await bootstrap('infra/local/run-tests.ts', process.argv.slice(2));
