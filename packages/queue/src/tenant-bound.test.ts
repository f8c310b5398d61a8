import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import * as exported from './index.ts';

const tenant = '11111111-1111-4111-8111-111111111111';
const { jobKinds } = exported;

/** One payload of each version that was ever put in line: those of older releases must still be read. */
const inFlight: readonly { kind: exported.JobKind; payload: Record<string, unknown> }[] = [
  { kind: 'segment', payload: { schema: 1, tenantId: tenant, segmentId: '0192f0c0-0000-7000-8000-000000000001' } },
  { kind: 'duty-tick', payload: { schema: 1 } },
  { kind: 'duty-run', payload: { schema: 1, tenantId: tenant, duty: 'heartbeat', period: '2026-11-30T09:05Z' } },
  { kind: 'duty-run', payload: { schema: 1, tenantId: null, duty: 'storage-watch', period: '2026-W49' } },
  { kind: 'report-run', payload: { schema: 1, tenantId: tenant, runId: '22222222-2222-4222-8222-222222222222' } },
  { kind: 'restore', payload: { schema: 1, tenantId: tenant, restoreId: '22222222-2222-4222-8222-222222222222' } },
];

/** Kinds that are nobody's, with the reason. */
const withoutTenant: readonly exported.JobKind[] = [
  // The look at what is due, for all organisations in one query.
  'duty-tick',
];

it('adds no job but of a kind that has its schemas in the one place', () => {
  const sources = readdirSync(import.meta.dirname).filter((name) => /(?<!\.test|\.fixtures)\.ts$/.test(name));
  const text = sources.map((name) => readFileSync(join(import.meta.dirname, name), 'utf8')).join('\n');
  const names = [...text.matchAll(/'([a-z-]+)' satisfies JobKind/g)].map(([, name = '']) => name);
  expect(names.toSorted()).toEqual(Object.keys(jobKinds).toSorted());
});

it('reads every payload that may be in flight, as the newest version', () => {
  expect(new Set(inFlight.map(({ kind }) => kind))).toEqual(new Set(Object.keys(jobKinds)));
  for (const { kind, payload } of inFlight) expect(jobKinds[kind].read.parse(payload), kind).toEqual(payload);
});

it('names a tenant in each, or says for the installation that there is none', () => {
  for (const { kind, payload } of inFlight.filter(({ kind: each }) => !withoutTenant.includes(each))) {
    for (const tenantId of [undefined, '', '*', 'a tenant'])
      expect(jobKinds[kind].read.safeParse({ ...payload, tenantId }).success, kind).toBe(false);
  }
});

it('carries references and no text', () => {
  for (const { kind, payload } of inFlight) {
    for (const field of Object.keys(payload).filter((name) => name !== 'schema')) {
      const line = { ...payload, [field]: 'su: pam_unix(su:session): session opened' };
      expect(jobKinds[kind].read.safeParse(line).success, `${kind} ${field}`).toBe(false);
    }
  }
});

it('exports no client of the server behind it', () => {
  expect(Object.keys(exported).toSorted()).toEqual([
    'QueueUnavailableError',
    'jobKinds',
    'openQueue',
    'prepareQueue',
    'queueSchema',
  ]);
});
