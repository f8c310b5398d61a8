import { findDatabaseServer, findSearchServer } from '@akashi/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type ApiTenant, type TestApi } from '../api.fixtures.ts';
import type { RecordedAct } from './test-intake.fixtures.ts';

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
