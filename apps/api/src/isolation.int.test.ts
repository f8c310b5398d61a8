import { randomUUID } from 'node:crypto';
import { eventFields } from '@akashi/log-event';
import { isPermitted, permissions, type Permission } from '@akashi/policy';
import { findDatabaseServer, findSearchServer } from '@akashi/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi } from './api.fixtures.ts';
import { buildIsolation, plantedPerson, type Caller, type Isolation, type PlantedEvent } from './isolation.fixtures.ts';
import { describeApi } from './openapi/describe-api.ts';
import { callApi, type TestAnswer } from './people.fixtures.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();

interface Route {
  method: string;
  path: string;
  rule: unknown;
}

interface Call {
  method: string;
  path: string;
  body?: unknown;
}

/** Every route of the OpenAPI document: the matrix grows with it by itself. */
async function listRoutes(): Promise<Route[]> {
  const { paths } = await describeApi();
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations as Record<string, Record<string, unknown>>).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      rule: operation['x-akashi-rule'],
    })),
  );
}

const routes = await listRoutes();
const tenants = ['own', 'other'] as const;
const owned = ['access.read or owner', 'access.manage or owner'];
const stages = ['any', 'second-factor', 'enrolment', 'password-change', 'full'];

type Expected = 'unauthenticated' | 'unfinished' | 'forbidden' | 'let in';

/** The rule table: what a caller of a role may expect of a route with a rule. */
function expectedOf(rule: string, { role, responsible }: Pick<Caller, 'role' | 'responsible'>): Expected {
  if (rule === 'open') return 'let in';
  if (role === 'nobody') return 'unauthenticated';
  const stage = role.startsWith('stage:') ? role.slice('stage:'.length) : undefined;
  if (rule.startsWith('stage:')) {
    const wanted = rule.slice('stage:'.length);
    if (role === 'api-client') return 'forbidden';
    return wanted === 'any' || wanted === (stage ?? 'full') ? 'let in' : 'forbidden';
  }
  if (stage !== undefined) return 'unfinished';
  if (rule === 'signed-in' || rule.endsWith(' or owner')) return role === 'api-client' ? 'forbidden' : 'let in';
  const asked = [role, ...(responsible === undefined ? [] : [responsible])];
  return asked.every((each) => isPermitted(each, rule as Permission)) ? 'let in' : 'forbidden';
}

function outcomeOf({ status, json }: TestAnswer): Expected {
  const { code } = json;
  if (status === 401 && code === 'second-factor-required') return 'unfinished';
  if (status === 401 && code === 'unauthenticated') return 'unauthenticated';
  return status === 403 && code === 'forbidden' ? 'forbidden' : 'let in';
}

const fill = (path: string, id: string): string => path.replaceAll(/\{[^}]+\}/g, encodeURIComponent(id));

/** Reads with a body. A new one must be named here with a body that it takes. */
const range = {
  from: new Date(Date.now() - 86_400_000).toISOString(),
  to: new Date(Date.now() + 86_400_000).toISOString(),
};
const triedRule = { kind: 'match', title: 'tried', severity: 'low', key: ['user.name', 'labels.shelf'] };
const facetFields = Object.keys(eventFields);
const readingPosts: Readonly<Record<string, readonly object[]>> = {
  '/v1/search': [
    { ...range, limit: 1000 },
    { ...range, query: 'NOT user.name:nobody' },
    { ...range, query: 'user.name:q*' },
    { ...range, query: `person:${plantedPerson}` },
    { ...range, query: 'NOT person:*' },
    { ...range, logGroups: ['*', 'akashi/*'], sort: 'asc' },
    { ...range, limit: 1000, includeRestored: true },
    { ...range, query: 'NOT user.name:nobody', includeRestored: true },
  ],
  '/v1/search/histogram': [{ ...range }, { ...range, includeRestored: true }],
  '/v1/search/relaxed': [{ ...range, query: 'user.name:q* AND NOT user.name:nobody' }],
  '/v1/search/facets': Array.from({ length: Math.ceil(facetFields.length / 30) }, (_, n) => [
    { ...range, fields: facetFields.slice(n * 30, n * 30 + 30), size: 100 },
    { ...range, fields: facetFields.slice(n * 30, n * 30 + 30), size: 100, prefix: 'q', includeRestored: n === 0 },
  ]).flat(),
  '/v1/search/fields': [{ ...range }],
  '/v1/archive-searches': [
    { ...range },
    { ...range, timeField: 'receivedAt', query: 'user.name:q*' },
    { ...range, logGroups: ['*', 'akashi/*'], query: 'NOT user.name:nobody' },
  ],
  '/v1/rules/try': [
    { ...range, rule: { ...triedRule, where: 'NOT user.name:nobody' } },
    { ...range, rule: { ...triedRule, where: 'q*', key: ['log.group', 'user.name', 'message'] } },
  ],
  [`/v1/people/${plantedPerson}/trail`]: [
    { ...range, limit: 1000 },
    { ...range, limit: 1000, includeRestored: true },
  ],
};

/** What reads ask for in their address. */
const readingQueries: Readonly<Record<string, string>> = {
  '/v1/coverage': `?day=${new Date().toISOString().slice(0, 10)}`,
  '/v1/report-runs/{id}/file': '?format=ndjson',
  '/v1/retention/evidence': '?format=json',
  '/v1/log-reviews': '?from=2026-11-19&to=2026-11-21',
};

describe.skipIf(databaseUrl === undefined || searchUrl === undefined)('isolation', () => {
  let test: TestApi;
  let world: Isolation;

  beforeAll(async () => {
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '' });
    world = await buildIsolation(test);
  }, 240_000);
  afterAll(() => test.close());

  const ask = async (caller: Caller, method: string, path: string, body?: unknown): Promise<TestAnswer> =>
    callApi(test, { method, path, body }, await caller.credentials());
  const leaks = (caller: Caller, { text }: TestAnswer): string[] =>
    world.canaries.filter((canary) => !caller.sees.includes(canary) && text.includes(canary));

  it('knows a rule for every route', () => {
    const known = [...permissions, 'open', 'signed-in', ...owned, ...stages.map((stage) => `stage:${stage}`)];
    expect(routes.length).toBeGreaterThan(10);
    for (const { method, path, rule } of routes) expect(known, `${method} ${path}`).toContain(rule);
    const posts = routes.filter(({ method, rule }) => method === 'POST' && rule === 'logs.search');
    expect(Object.keys(readingPosts)).toEqual(expect.arrayContaining(posts.map(({ path }) => path)));
  });

  it.each(routes)('$method $path ($rule) lets in those whom its rule names, and nobody else', async (route) => {
    const path = fill(route.path, randomUUID());
    const body = route.method === 'GET' || route.method === 'DELETE' ? undefined : { unknown: true };
    const outcomes: Record<string, Expected> = {};
    const expected: Record<string, Expected> = {};
    for (const caller of world.callers) {
      const answer = await ask(caller, route.method, path, body);
      expect(answer.status, `${caller.name}: ${answer.text.slice(0, 200)}`).toBeLessThan(500);
      expect(leaks(caller, answer), caller.name).toEqual([]);
      outcomes[caller.name] = outcomeOf(answer);
      expected[caller.name] = expectedOf(String(route.rule), caller);
    }
    expect(outcomes).toEqual(expected);
  });

  /** The reading calls that a caller can make, with every id of both tenants where one is asked for. */
  const readingCalls = async (caller: Caller): Promise<Call[]> => {
    const side = caller.tenant === 'other' ? 'other' : 'own';
    const ids = [...world.logGroups, ...world.ids.own, ...world.ids.other];
    const calls: Call[] = Object.entries(readingPosts).flatMap(([path, bodies]) =>
      bodies.map((body) => ({ method: 'POST', path, body })),
    );
    for (const { method, path } of routes) {
      const isPreview = path === '/v1/access/members/{id}/preview';
      if (method !== 'GET' && !isPreview) continue;
      const body = isPreview ? range : undefined;
      const query = readingQueries[path] ?? '';
      const first = await ask(caller, method, fill(path, randomUUID()) + query, body);
      if (first.status === 401 || first.status === 403) continue;
      const own = namesFor(path, { events: world.events[side].map(({ name }) => name), ids });
      const places = path.includes('{') ? own.map((id) => fill(path, id) + query) : [path + query];
      calls.push(...places.map((place) => ({ method, path: place, body })));
    }
    return calls;
  };

  /** What a path can name: where only few things can be meant, it is asked for those of both tenants and no other. */
  const namesFor = (path: string, { events, ids }: { events: readonly string[]; ids: readonly string[] }) => {
    if (path.startsWith('/v1/events/')) return events;
    if (path.startsWith('/v1/rules/')) return Object.values(world.rules);
    return path.startsWith('/v1/alerts/')
      ? Object.values(world.alerts).flatMap((planted) => planted.map(({ id }) => id))
      : ids;
  };

  it.each(tenants)(
    'shows callers of %s their own canaries and no other, in every answer',
    async (tenant) => {
      for (const caller of world.callers.filter((each) => each.tenant === tenant)) {
        const credentials = await caller.credentials();
        const seen = new Set<string>();
        for (const call of await readingCalls(caller)) {
          const answer = await callApi(test, call, credentials);
          const where = `${caller.name} ${JSON.stringify(call)}`;
          expect(answer.status, `${where} ${answer.text.slice(0, 200)}`).toBeLessThan(500);
          expect(leaks(caller, answer), where).toEqual([]);
          for (const canary of caller.sees) if (answer.text.includes(canary)) seen.add(canary);
        }
        expect([...seen].toSorted(), caller.name).toEqual(caller.sees.toSorted());
      }
    },
    1_800_000,
  );

  it('names no log group that is out of the scope of who asks', async () => {
    const key = world.callers.find(({ name }) => name === 'key for web of own');
    if (key === undefined) throw new Error('no such caller');
    const answers = [
      await ask(key, 'GET', '/v1/log-groups'),
      await ask(key, 'GET', '/v1/sources'),
      await ask(key, 'GET', '/v1/areas'),
      await ask(key, 'POST', '/v1/search/facets', { ...range, fields: ['log.group', 'log.stream', 'akashi.segment'] }),
    ];
    for (const { text } of answers) expect(text).not.toMatch(/"(db|hr|akashi\/audit)"/);
    expect(answers.at(-1)?.json).toMatchObject({ facets: [{ values: [{ value: 'web', count: 2 }] }, {}, {}] });
  });

  it("shows of a person's acts those that the asker sees, to those who may know of people", async () => {
    for (const caller of world.callers.filter(({ tenant, role }) => tenant !== 'none' && !role.startsWith('stage:'))) {
      const answer = await ask(caller, 'POST', `/v1/people/${plantedPerson}/trail`, { ...range, limit: 1000 });
      const mayKnow = isPermitted(caller.role, 'masters.read');
      expect(answer.status, caller.name).toBe(mayKnow ? 200 : 403);
      if (!mayKnow) continue;
      expect(leaks(caller, answer), caller.name).toEqual([]);
      expect(answer.text, caller.name).toContain(plantedPerson);
    }
  });

  it('answers for what is out of scope as for what is not there', async () => {
    for (const caller of world.callers.filter(({ tenant }) => tenant !== 'none')) {
      const foreign = caller.tenant === 'own' ? 'other' : 'own';
      // People see no `web`, the key sees nothing else.
      const hidden = ({ group }: PlantedEvent): boolean => (group === 'web') !== (caller.role === 'api-client');
      const seenPlace = caller.role === 'api-client' ? 'web' : 'db';
      const hiddenAlerts = [
        ...world.alerts[foreign],
        ...world.alerts[caller.tenant === 'own' ? 'own' : 'other'].filter(({ place }) => place !== seenPlace),
      ].map(({ id }) => id);
      for (const { path, rule } of routes.filter(({ method, path: each }) => method === 'GET' && each.includes('{'))) {
        // The organisations themselves are what the platform's operators look after; their logs are not.
        if (String(rule).startsWith('platform.')) continue;
        const isEvent = path.startsWith('/v1/events/');
        const query = readingQueries[path] ?? '';
        const unknown = await ask(caller, 'GET', fill(path, isEvent ? '987654-0' : randomUUID()) + query);
        if (unknown.status !== 404) continue;
        const own = caller.tenant === 'own' ? world.events.own : world.events.other;
        // Places in the log say nothing of whose log they are in.
        const others = world.events[foreign].filter(({ name }) => name.includes('.'));
        const outside = path.startsWith('/v1/alerts/')
          ? hiddenAlerts
          : namesFor(path, {
              events: [...own.filter(hidden), ...others].map(({ name }) => name),
              ids: world.ids[foreign],
            }).filter((name) => name !== world.rules[caller.tenant === 'own' ? 'own' : 'other']);
        for (const id of outside) {
          const answer = await ask(caller, 'GET', fill(path, id) + query);
          expect({ ...answer.json, requestId: '' }, `${caller.name} ${path} ${id}`).toEqual({
            ...unknown.json,
            requestId: '',
          });
        }
      }
    }
  }, 1_800_000);
});
