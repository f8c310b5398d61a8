import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ZodObject } from 'zod';
import * as exported from './index.ts';

const schemas = Object.entries<unknown>(exported).flatMap(([name, value]) =>
  value instanceof ZodObject ? [{ name, schema: value }] : [],
);

it('has a payload schema for every kind of job, and a tenant in each', () => {
  const sources = readdirSync(import.meta.dirname).filter((name) => /(?<!\.test|\.fixtures)\.ts$/.test(name));
  const text = sources.map((name) => readFileSync(join(import.meta.dirname, name), 'utf8')).join('\n');
  // Each kind of job is added in one place, under a name, after its schema has read it.
  const kinds = new Set(text.match(/queue\.add\(\w+/g));
  expect(schemas.length).toBeGreaterThanOrEqual(kinds.size);
  for (const { name, schema } of schemas) {
    const tenant: unknown = schema.shape['tenantId'];
    expect(tenant, name).toBeDefined();
    const valid = { schema: 1, tenantId: '11111111-1111-4111-8111-111111111111', segmentId: 's' };
    expect(schema.safeParse(valid).success, name).toBe(true);
    for (const tenantId of [undefined, '', '*', 'a tenant'])
      expect(schema.safeParse({ ...valid, tenantId }).success, name).toBe(false);
  }
});

it('exports no client of the server behind it', () => {
  expect(Object.keys(exported).toSorted()).toEqual([
    'QueueUnavailableError',
    'openQueue',
    'prepareQueue',
    'queueSchema',
    'segmentPayload',
  ]);
});
