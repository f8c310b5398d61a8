import { relaxedAnswer } from '@akashi/contracts';
import { findDatabaseServer, findSearchServer } from '@akashi/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type ApiTenant, type TestApi } from '../api.fixtures.ts';
import type { RecordedAct } from '../audit-trail/test-intake.fixtures.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();

describe.skipIf(databaseUrl === undefined || searchUrl === undefined)('the audit trail of the API', () => {
  let test: TestApi;
  let own: ApiTenant;
  let range: { from: string; to: string };

  beforeAll(async () => {
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '' });
    own = await test.createTenant();
    await own.seal('linux/auth', [
      'Nov 22 10:00:01 host-a sshd[42]: Failed password for root from 203.0.113.9 port 4711',
    ]);
    const now = Date.now();
    range = { from: new Date(now - 86_400_000).toISOString(), to: new Date(now + 86_400_000).toISOString() };
  });
  afterAll(() => test.close());

  const call = async (path: string, body?: object, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${test.api.url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${own.apiKey}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const acts = async (work: () => Promise<unknown>): Promise<RecordedAct[]> => {
    const before = test.intake.acts.length;
    await work();
    return test.intake.acts.slice(before);
  };

  it('has each look before it is answered, with the six parts of PCI DSS 10.2.2', async () => {
    const [act, ...more] = await acts(() => call('/v1/search', { ...range, query: 'event.outcome:failure', limit: 5 }));
    expect(more).toEqual([]);
    expect(act).toMatchObject({
      tenantId: own.tenant.id,
      logStream: 'api',
      event: { action: 'search', outcome: 'success' },
      user: { roles: 'api-client' },
      source: { ip: '127.0.0.1' },
      akashi: {
        audit: { query: 'event.outcome:failure', from: range.from, to: range.to, actor: 'api-key', group: 'reading' },
      },
    });
    for (const [path, action] of [
      ['/v1/events/0-0', 'event.view'],
      ['/v1/events/0-0/context', 'event.context'],
      ['/v1/events/0-0/proof', 'event.proof'],
      ['/v1/log-groups', 'log-group.list'],
      ['/v1/sources', 'source.list'],
      ['/v1/log/checkpoint', 'log.checkpoint'],
      ['/v1/log/blocks', 'log.blocks'],
      ['/v1/log/verifications', 'verification.list'],
    ] as const) {
      const recorded = await acts(async () => expect((await call(path)).status, path).toBe(200));
      expect(recorded.map(({ event }) => [event.action, event.outcome])).toEqual([[action, 'success']]);
    }
  });

  it('has what was refused, with the reason', async () => {
    const missing = await acts(() => call('/v1/events/999-1'));
    expect(missing[0]).toMatchObject({
      event: { action: 'event.view', outcome: 'failure', reason: 'not-found' },
      akashi: { audit: { target: { kind: 'event', id: '999-1' } } },
    });
    const unreadable = await acts(() => call('/v1/search', { ...range, query: '((' }));
    expect(unreadable[0]?.event).toMatchObject({ action: 'search', outcome: 'failure', reason: 'query-unreadable' });
    const invalid = await acts(() => call('/v1/search', { query: 5 }));
    expect(invalid[0]?.event).toMatchObject({ action: 'search', outcome: 'failure', reason: 'request-invalid' });
  });

  it('shares a request between looks at the same time, and loses none of them', async () => {
    const recorded = await acts(() => Promise.all(Array.from({ length: 30 }, () => call('/v1/log-groups'))));
    expect(recorded.filter(({ event }) => event.action === 'log-group.list')).toHaveLength(30);
  });

  it('records the first of what a screen repeats and counts the others', async () => {
    const background = { 'x-akashi-background': '1' };
    const recorded = await acts(async () => {
      for (let i = 0; i < 4; i++) await call('/v1/search', { ...range, query: 'tail' }, background);
    });
    expect(recorded).toHaveLength(1);
  });

  const actOf = async (body: object): Promise<string> => {
    const { act } = (await (await call('/v1/search', body)).json()) as { act: string };
    return act;
  };
  const actions = (recorded: readonly RecordedAct[]): string[] => recorded.map(({ event }) => event.action);

  it('has one act of a search with its chart, counts, fields and further pages', async () => {
    await own.seal('web', ['one', 'two', 'three']);
    const question = { ...range, timeField: 'receivedAt', query: 'log.group:web' };
    const recorded = await acts(async () => {
      const first = (await (await call('/v1/search', { ...question, limit: 1 })).json()) as {
        act: string;
        next: string;
      };
      const { act, next } = first;
      const page = await call('/v1/search', { ...question, limit: 1, cursor: next, act });
      expect(await page.json()).toMatchObject({ items: [{ message: 'two' }], act });
      for (const path of ['histogram', 'fields']) {
        expect((await call(`/v1/search/${path}`, { ...question, act })).status).toBe(200);
      }
      expect((await call('/v1/search/facets', { ...question, fields: ['host.name'], act })).status).toBe(200);
    });
    expect(actions(recorded)).toEqual(['search']);
  });

  it('has the counts without each condition as one act of their own, whatever act they bring', async () => {
    const query = 'event.outcome:failure AND user.name:nobody AND NOT event.outcome:success';
    const question = { ...range, timeField: 'receivedAt', query };
    const act = await actOf(question);
    const recorded = await acts(async () => {
      const answer = await (await call('/v1/search/relaxed', { ...question, act })).json();
      const { conditions } = relaxedAnswer.parse(answer);
      expect(conditions.map(({ query }) => query)).toEqual([
        'user.name:nobody AND NOT event.outcome:success',
        'event.outcome:failure AND NOT event.outcome:success',
        'event.outcome:failure AND user.name:nobody',
      ]);
      expect(conditions.map(({ total }) => total.value > 0)).toEqual([false, true, false]);
    });
    expect(actions(recorded)).toEqual(['search.relaxed']);
  });

  it('has a call that brings the act of another question, range or caller as an act of its own', async () => {
    const question = { ...range, query: 'event.outcome:failure' };
    const act = await actOf(question);
    const other = await test.createTenant();
    const recorded = await acts(async () => {
      await call('/v1/search/histogram', { ...question, query: 'user.name:*', act });
      await call('/v1/search/histogram', { ...question, logGroups: ['web'], act });
      await call('/v1/search/histogram', { ...question, includeOwnLogs: true, act });
      await call('/v1/search/histogram', { ...question, from: new Date(0).toISOString(), act });
      await call('/v1/search/histogram', { ...question, act: `${act.slice(0, -4)}AAAA` });
      await call('/v1/search/histogram', { ...question, act }, { authorization: `Bearer ${other.apiKey}` });
      // A first page is looked at anew, however often.
      await call('/v1/search', { ...question, act });
      await call('/v1/search', { ...question, query: '*', act, follow: true });
    });
    expect(actions(recorded)).toEqual([...Array.from({ length: 6 }, () => 'search.histogram'), 'search', 'search']);
    expect(recorded[0]?.akashi.audit).toMatchObject({ query: 'user.name:*' });
  });

  it('has a follow as its start, and no look back as a part of it', async () => {
    const moved = (by: number) => ({
      from: new Date(Date.parse(range.from) + by).toISOString(),
      to: new Date(Date.parse(range.to) + by).toISOString(),
    });
    const query = 'event.outcome:success';
    let act = await actOf({ ...range, query });
    const recorded = await acts(async () => {
      for (const by of [1_000, 2_000, 3_000]) {
        act = await actOf({ ...moved(by), query, act, follow: true });
        await call('/v1/search/histogram', { ...moved(by), query, act });
      }
    });
    expect(actions(recorded)).toEqual(['live-tail']);
    expect(recorded[0]?.akashi.audit).toMatchObject({ query, ...moved(1_000) });
    const back = await acts(() => call('/v1/search', { ...moved(-60_000), query, act, follow: true }));
    expect(actions(back)).toEqual(['search']);
  });

  it('finds the trail itself only when it is asked for', async () => {
    await own.seal('akashi/audit', ['{"event":{"action":"search"}}']);
    const groups = async (body: object): Promise<unknown[]> => {
      const answer = await call('/v1/search/facets', {
        ...range,
        timeField: 'receivedAt',
        fields: ['log.group'],
        ...body,
      });
      const { facets } = (await answer.json()) as { facets: { values: { value: unknown }[] }[] };
      return (facets[0]?.values ?? []).map(({ value }) => value).filter((value) => String(value).startsWith('akashi/'));
    };
    for (const body of [
      {},
      { query: 'NOT user.name:nobody' },
      { query: 'NOT log.group:akashi/audit' },
      { logGroups: ['*'] },
    ]) {
      expect(await groups(body), JSON.stringify(body)).toEqual([]);
    }
    for (const body of [
      { includeOwnLogs: true },
      { logGroups: ['akashi/audit'] },
      { logGroups: ['*', 'akashi/*'] },
      { query: 'log.group:akashi/audit' },
      { query: 'log.group:akashi/*' },
      { query: 'log.group:(web OR akashi/audit)' },
    ]) {
      expect(await groups(body), JSON.stringify(body)).toEqual(['akashi/audit']);
    }
  });

  it('answers nothing that it cannot record', async () => {
    test.intake.isAway = true;
    try {
      const refused = await call('/v1/log-groups');
      expect(refused.status).toBe(503);
      expect(await refused.json()).toMatchObject({ code: 'audit-trail-unavailable' });
      expect(refused.headers.get('retry-after')).toBe('2');
    } finally {
      test.intake.isAway = false;
    }
  });
});
