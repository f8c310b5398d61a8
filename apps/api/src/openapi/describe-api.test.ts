import 'reflect-metadata';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { problemCodes } from '@akashi/contracts';
import { errorKinds } from '@akashi/server-kit';
import { expect, it } from 'vitest';
import { describeApi, writeApiDescription } from './describe-api.ts';

it('is what openapi.json says; `npm run openapi` writes it', async () => {
  const committed = await readFile(join(import.meta.dirname, '..', '..', 'openapi.json'), 'utf8');
  expect(await writeApiDescription()).toBe(committed);
});

it('describes every route with its answer and the problem document', async () => {
  const { paths } = await describeApi();
  expect(Object.keys(paths)).toContain('/v1/search');
  for (const [path, methods] of Object.entries(paths)) {
    for (const operation of Object.values(methods) as { responses: Record<string, unknown> }[]) {
      expect(Object.keys(operation.responses), path).toContain('default');
    }
  }
});

it('knows the same error codes as the servers', () => {
  expect([...problemCodes].toSorted()).toEqual(Object.keys(errorKinds).toSorted());
});
