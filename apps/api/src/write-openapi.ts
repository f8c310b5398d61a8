import 'reflect-metadata';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runMain } from '@akashi/server-kit';
import { writeApiDescription } from './openapi/describe-api.ts';

const path = join(import.meta.dirname, '..', 'openapi.json');

runMain(async () => {
  await writeFile(path, await writeApiDescription());
  process.stdout.write(`${path}\n`);
});
