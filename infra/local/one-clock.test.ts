import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryRoot } from './installation.ts';

/** The time of the machine, read past the clock that is handed around (`createClock` of packages/server-kit). */
const readsTheTime = /\bDate\.now\b|\bnew Date\(\s*\)|(?<!\bnew )\bDate\(\s*\)|\bTemporal\.Now\b/;

/** Who may read it all the same, and why. */
const exceptions: Readonly<Record<string, string>> = {
  'packages/server-kit/src/clock.ts': 'is the clock of the server’s parts',
  'apps/web/src/env.ts': 'is the clock of the pages on the server',
  'apps/web/src/time/clock.ts': 'is the clock of the pages in the browser',
  'packages/identity/src/code-dispenser.ts': 'is an authenticator: one-time codes stay real',
  'packages/keyring/src/tls-certificates.ts': 'makes certificates, which others judge by the real time',
  'packages/queue/src/duty-queues.ts': 'reads the times of BullMQ, which are real',
  'packages/queue/src/producer.ts': 'orders the jobs of BullMQ by the real time',
  'packages/client/src/intake-client.ts': 'reads a date of HTTP, which the other side’s real clock wrote',
  'packages/client/src/reading-client.ts': 'reads a date of HTTP, which the other side’s real clock wrote',
  'packages/inbox/src/recover-inbox.ts': 'reads the times of files, which the kernel wrote',
};

/** The agent and a witness are on other machines; the test packages have no part in an installation. */
const otherMachines = /^(?:apps\/(?:agent|witness)|packages\/(?:testkit|s3-testserver))\//;

const sources = globSync('{apps,packages}/*/src/**/*.{ts,tsx}', { cwd: repositoryRoot }).filter(
  (path) => !/\.(?:test|fixtures)\.tsx?$/.test(path) && !path.includes('/generated/') && !otherMachines.test(path),
);
const readers = sources.filter((path) => readsTheTime.test(readFileSync(join(repositoryRoot, path), 'utf8')));

describe('one clock', () => {
  it('is all that the apps and packages read the time from', () => {
    expect(readers.filter((path) => !Object.hasOwn(exceptions, path))).toEqual([]);
    expect(sources.length).toBeGreaterThan(300);
  });

  it('has no exception that nobody needs any more', () => {
    expect(Object.keys(exceptions).filter((path) => !readers.includes(path))).toEqual([]);
  });

  it('is not what OpenSearch counts back from: no request and no template has its "now"', () => {
    const asked = globSync('packages/{search,query}/src/**/*.ts', { cwd: repositoryRoot }).filter(
      (path) => !/\.(?:test|fixtures)\.ts$/.test(path),
    );
    // Date maths: now, now-1d, now/d as a value of a request.
    const dateMaths = /['"`]now(?:[-+/|][^'"`]*)?['"`]/;
    expect(asked.filter((path) => dateMaths.test(readFileSync(join(repositoryRoot, path), 'utf8')))).toEqual([]);
    expect(asked.length).toBeGreaterThan(20);
  });

  it.each([
    ['const at = Date.now();', true],
    ['const at = new Date();', true],
    ['f({ nowMs: Date.now })', true],
    ['const at = new Date(text);', false],
    ['const at = clock.now();', false],
  ])('sees %j', (text, isReading) => {
    expect(readsTheTime.test(text)).toBe(isReading);
  });
});
