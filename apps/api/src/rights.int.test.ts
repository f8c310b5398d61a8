import { randomUUID } from 'node:crypto';
import { tenantRoles } from '@akashi/policy';
import { findDatabaseServer, findSearchServer, hashKey } from '@akashi/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi } from './api.fixtures.ts';
import { describeApi } from './openapi/describe-api.ts';
import { addGroup, addPerson, callApi, type TestAnswer } from './people.fixtures.ts';
import {
  byToken,
  forNobody,
  opensNothing,
  tries,
  type Holder,
  type Place,
  type World,
} from './rights-tries.fixtures.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();
const range = {
  from: new Date(Date.now() - 86_400_000).toISOString(),
  to: new Date(Date.now() + 86_400_000).toISOString(),
};

interface Route {
  name: string;
  method: string;
}

const rightsActs =
  /(^|\s)(key|grant|approval|access-group|access-review|member|invitation|identity-provider|mail-domain|sender|support-access|recovery)\.|(^|\s)report-run\.start/;

/** Every route of the document that changes something and whose acts on record are about rights. */
async function listRoutes(): Promise<Route[]> {
  const { paths } = await describeApi();
  return Object.entries(paths)
    .flatMap(([path, operations]) =>
      Object.entries(operations as Record<string, Record<string, unknown>>).map(([method, operation]) => ({
        name: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase(),
        audit: String(operation['x-akashi-audit']),
        rule: String(operation['x-akashi-rule']),
      })),
    )
    .filter(({ name, method, audit }) => method !== 'GET' && rightsActs.test(audit) && !byToken.test(name))
    .filter(({ name, rule }) => !opensNothing.has(name) && rule !== 'open');
}

const routes = await listRoutes();
const isPreview = (name: string): boolean => name.endsWith('/preview');

describe.skipIf(databaseUrl === undefined || searchUrl === undefined)('rights that reach further', () => {
  let test: TestApi;
  let world: World;
  let holders: Holder[];

  beforeAll(async () => {
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '' });
    const own = await test.createTenant();
    await own.seal('db', ['{"message":"qcanary","user":{"name":"quser"}}']);
    const boss = await addPerson(test, own, 'tenant-admin');
    const approver = await addPerson(test, own, 'approver');
    const wideGroup = await addGroup(own, [boss], { logGroups: ['*', 'akashi/*'] });
    const key = { kind: 'api', logGroups: ['*', 'akashi/*'], responsibleId: boss.userId } as const;
    const people = await Promise.all([...tenantRoles, 'platform-operator'].map((role) => addPerson(test, own, role)));
    world = {
      own,
      boss,
      approver,
      operator: people.find(({ role }) => role === 'platform-operator') ?? boss,
      wideGroup,
      operatorMail: 'operator@platform.example',
      newPerson: () => addPerson(test, own, 'viewer'),
      newKey: () =>
        own.database.accessKeys.put({
          ...key,
          logGroups: [...key.logGroups],
          name: randomUUID(),
          sha256: hashKey(randomUUID()),
        }),
      ask: async () => {
        const content = { logGroups: ['*'], logStreams: [], sources: [], rowFilter: null, hiddenFields: [] };
        const id = await own.database.approvals.request(
          {
            kind: 'grant',
            groupId: wideGroup,
            subjectId: null,
            content: { ...content, validFrom: null, validTo: null, reason: 'more' },
            requestedBy: boss.userId,
            approverId: approver.userId,
            lapsesAt: new Date(Date.now() + 3_600_000),
          },
          async () => {},
        );
        return id ?? '';
      },
    };
    const secret = `aka_${randomUUID()}`;
    const narrow = people.find(({ role }) => role === 'viewer')?.userId ?? null;
    const program = { kind: 'api', name: 'narrow', sha256: hashKey(secret), logGroups: ['*'] } as const;
    const programId = await own.database.accessKeys.put({ ...program, logGroups: ['*'], responsibleId: narrow });
    holders = [
      ...people.map((person) => ({
        role: person.role,
        id: person.userId,
        email: person.email,
        credentials: async () => ({ cookie: await person.signIn() }),
      })),
      { role: 'api-client', id: programId, email: '', credentials: () => Promise.resolve({ key: secret }) },
    ];
  }, 60_000);
  afterAll(() => test.close());

  const send = async (
    method: string,
    { path, body }: Place,
    credentials: Promise<{ cookie?: string; key?: string }>,
  ): Promise<TestAnswer> => callApi(test, { method, path, body }, await credentials);
  const seenBy = async (holder: Holder): Promise<number> => {
    const place = { path: '/v1/search', body: { ...range, logGroups: ['*'] } };
    const items = (await send('POST', place, holder.credentials())).json['items'];
    return Array.isArray(items) ? items.length : 0;
  };

  it('are tried for every route of the document that changes or reveals rights', () => {
    const unnamed = routes.filter(({ name }) => tries[name] === undefined && !isPreview(name));
    expect(unnamed.map(({ name }) => name)).toEqual([]);
    expect(Object.keys(tries).filter((name) => !routes.some((route) => route.name === name))).toEqual([]);
    expect(new Set(holders.map(({ role }) => role)).size).toBe(8);
  });

  it.each(routes.filter(({ name }) => !isPreview(name)))('$name is refused in each role', async ({ name, method }) => {
    const tried = tries[name];
    if (tried === undefined) throw new Error('no try');
    for (const holder of holders.filter(({ role }) => role !== tried.duty)) {
      const answer = await send(method, await tried.place(world, holder), holder.credentials());
      const where = `${holder.role}: ${answer.status} ${answer.text.slice(0, 300)}`;
      expect([403, 404, 409], where).toContain(answer.status);
      expect(answer.text, where).not.toContain('qcanary');
      expect(await seenBy(holder), holder.role).toBe(0);
    }
    const { by, place } = await tried.allowed(world);
    const done = await send(
      method,
      place,
      by.signIn().then((cookie) => ({ cookie })),
    );
    // What stands beyond the rights, a mail server or a provider that is away, says that the rights let it through.
    const isThrough = done.status < 300 || ['mail-unavailable', 'issuer-unusable'].includes(String(done.json['code']));
    expect(forNobody.has(name) ? !isThrough : isThrough, `${done.status} ${done.text.slice(0, 300)}`).toBe(true);
  });

  it('are not told of by the preview of somebody who sees more', async () => {
    for (const holder of holders) {
      const place = {
        path: `/v1/access/members/${world.boss.userId}/preview`,
        body: { ...range, query: 'user.name:q*' },
      };
      const answer = await send('POST', place, holder.credentials());
      const counted = (answer.json['total'] as { value: number } | undefined)?.value ?? 0;
      expect([answer.status === 200 || answer.status === 403, counted], holder.role).toEqual([true, 0]);
    }
    const mine = { path: `/v1/access/members/${world.boss.userId}/preview`, body: { ...range, query: 'user.name:q*' } };
    const boss = await send(
      'POST',
      mine,
      world.boss.signIn().then((cookie) => ({ cookie })),
    );
    expect(boss.json).toMatchObject({ total: { value: 1 } });
  });
});
