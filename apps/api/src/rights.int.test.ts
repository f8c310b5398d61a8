import { randomUUID } from 'node:crypto';
import { tenantRoles } from '@akashi/policy';
import { findDatabaseServer, findSearchServer, hashKey } from '@akashi/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type ApiTenant, type TestApi } from './api.fixtures.ts';
import { describeApi } from './openapi/describe-api.ts';
import { addGroup, addPerson, callApi, type TestAnswer, type TestPerson } from './people.fixtures.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();
const range = {
  from: new Date(Date.now() - 86_400_000).toISOString(),
  to: new Date(Date.now() + 86_400_000).toISOString(),
};

/** Somebody of one of the eight roles who sees no log, signed in and stepped up; a program has its key. */
interface Holder {
  readonly role: string;
  readonly id: string;
  readonly email: string;
  credentials(): Promise<{ cookie?: string; key?: string }>;
}

interface Place {
  readonly path: string;
  readonly body?: unknown;
}

/** One try at something that reaches further than the holder, and who may do the very same thing. */
interface Try {
  place(world: World, holder: Holder): Promise<Place>;
  /** Proves that the call is well made: the same is done for this person. */
  allowed(world: World): Promise<{ by: TestPerson; place: Place }>;
}

interface World {
  readonly own: ApiTenant;
  /** Sees everything. */
  readonly boss: TestPerson;
  readonly approver: TestPerson;
  /** An access group that opens everything. */
  readonly wideGroup: string;
  newKey(): Promise<string>;
  newPerson(): Promise<TestPerson>;
  ask(): Promise<string>;
  readonly operatorMail: string;
}

const grantBody = (approvedBy: string) => ({ logGroups: ['*'], reason: 'to see more', approvedBy });
const group = (world: World, rest: string): string => `/v1/access-groups/${world.wideGroup}/${rest}`;

/** What only takes away, or is about names and settings that open nothing: nobody sees more by it. */
const opensNothing = new Set([
  'DELETE /v1/access-keys/{id}',
  'POST /v1/access-groups',
  'PUT /v1/access-groups/{id}',
  'DELETE /v1/access-groups/{id}',
  'DELETE /v1/access-groups/{id}/members/{userId}',
  'POST /v1/access-groups/{id}/grants/{grantId}/revoke',
  'POST /v1/approvals/{id}/withdraw',
  'POST /v1/access-reviews',
  'POST /v1/access-reviews/{id}/close',
  'DELETE /v1/members/invitations/{id}',
  'POST /v1/members/{id}/disable',
  'DELETE /v1/identity-providers/{id}',
  'POST /v1/support-access/{id}/revoke',
]);

/** Before anybody is known: what opens is a token that only a mail holds. Their own tests try them. */
const byToken = /^POST \/v1\/(invitation|recovery)\//;

const tries: Readonly<Record<string, Try>> = {
  'POST /v1/access-keys': {
    place: () => Promise.resolve(newKeyPlace()),
    allowed: ({ boss }) => Promise.resolve({ by: boss, place: newKeyPlace() }),
  },
  'PUT /v1/access-keys/{id}': {
    place: async (world) => ({ path: `/v1/access-keys/${await world.newKey()}`, body: prolonged() }),
    allowed: async (world) => ({
      by: world.boss,
      place: { path: `/v1/access-keys/${await world.newKey()}`, body: prolonged() },
    }),
  },
  'POST /v1/access-keys/{id}/rotate': {
    place: async (world) => ({ path: `/v1/access-keys/${await world.newKey()}/rotate`, body: {} }),
    allowed: async (world) => ({
      by: world.boss,
      place: { path: `/v1/access-keys/${await world.newKey()}/rotate`, body: {} },
    }),
  },
  'POST /v1/access-groups/{id}/grants': {
    place: (world, { id }) => Promise.resolve({ path: group(world, 'grants'), body: grantBody(id) }),
    allowed: (world) =>
      Promise.resolve({
        by: world.boss,
        place: { path: group(world, 'grants'), body: grantBody(world.approver.userId) },
      }),
  },
  'POST /v1/access-groups/{id}/members': {
    place: (world, { id }) => Promise.resolve({ path: group(world, 'members'), body: { userId: id } }),
    allowed: async (world) => ({
      by: world.boss,
      place: { path: group(world, 'members'), body: { userId: (await world.newPerson()).userId } },
    }),
  },
  'POST /v1/approvals/{id}/confirm': {
    place: async (world) => ({ path: `/v1/approvals/${await world.ask()}/confirm`, body: {} }),
    allowed: async (world) => ({
      by: world.approver,
      place: { path: `/v1/approvals/${await world.ask()}/confirm`, body: {} },
    }),
  },
  'POST /v1/approvals/{id}/decline': {
    place: async (world) => ({ path: `/v1/approvals/${await world.ask()}/decline`, body: {} }),
    allowed: async (world) => ({
      by: world.approver,
      place: { path: `/v1/approvals/${await world.ask()}/decline`, body: {} },
    }),
  },
  'POST /v1/members/invitations': {
    place: (world) => Promise.resolve(invitationPlace(world)),
    // The mail has nowhere to go in this test: that it is tried says that the call is allowed.
    allowed: (world) => Promise.resolve({ by: world.boss, place: invitationPlace(world) }),
  },
  'POST /v1/members/invitations/{id}/resend': {
    place: async (world) => ({ path: `/v1/members/invitations/${await openInvitation(world)}/resend` }),
    allowed: async (world) => ({
      by: world.boss,
      place: { path: `/v1/members/invitations/${await openInvitation(world)}/resend` },
    }),
  },
  'PATCH /v1/members/{id}': {
    place: (_world, { id }) => Promise.resolve({ path: `/v1/members/${id}`, body: { role: 'reviewer' } }),
    allowed: async (world) => ({
      by: world.boss,
      place: { path: `/v1/members/${(await world.newPerson()).userId}`, body: { role: 'reviewer' } },
    }),
  },
  'POST /v1/members/{id}/enable': {
    place: (_world, { id }) => Promise.resolve({ path: `/v1/members/${id}/enable` }),
    allowed: async (world) => {
      const { userId } = await world.newPerson();
      await world.own.database.users.disable(userId, 'left');
      return { by: world.boss, place: { path: `/v1/members/${userId}/enable` } };
    },
  },
  'POST /v1/members/{id}/reset': {
    place: (_world, { id }) => Promise.resolve({ path: `/v1/members/${id}/reset` }),
    allowed: async (world) => ({
      by: world.boss,
      place: { path: `/v1/members/${(await world.newPerson()).userId}/reset` },
    }),
  },
  'POST /v1/identity-providers': {
    place: (world) => Promise.resolve({ path: '/v1/identity-providers', body: providerBody(world) }),
    allowed: (world) =>
      Promise.resolve({ by: world.boss, place: { path: '/v1/identity-providers', body: providerBody(world) } }),
  },
  'PUT /v1/identity-providers/{id}': {
    place: async (world) => ({ path: `/v1/identity-providers/${await provider(world)}`, body: providerBody(world) }),
    allowed: async (world) => ({
      by: world.boss,
      place: { path: `/v1/identity-providers/${await provider(world)}`, body: providerBody(world) },
    }),
  },
  'POST /v1/support-access': {
    place: (world) => Promise.resolve({ path: '/v1/support-access', body: supportBody(world) }),
    allowed: (world) =>
      Promise.resolve({ by: world.boss, place: { path: '/v1/support-access', body: supportBody(world) } }),
  },
  'POST /v1/access-reviews/{id}/items/{itemId}': {
    place: async (world, holder) => decideOwn(world, holder.id),
    allowed: async (world) => decideOf(world),
  },
  'POST /v1/platform/tenants/{id}/administrator': {
    place: (world) => Promise.resolve(administratorPlace(world, 'administrator')),
    allowed: (world) => Promise.resolve({ by: world.boss, place: administratorPlace(world, 'administrator') }),
  },
  'POST /v1/platform/tenants/{id}/recovery': {
    place: (world) => Promise.resolve(administratorPlace(world, 'recovery')),
    allowed: (world) => Promise.resolve({ by: world.boss, place: administratorPlace(world, 'recovery') }),
  },
};

/** Nobody may do these to an organisation that has an administrator: there is no one for whom it is done. */
const forNobody = new Set(['POST /v1/platform/tenants/{id}/administrator', 'POST /v1/platform/tenants/{id}/recovery']);

const newKeyPlace = (): Place => ({
  path: '/v1/access-keys',
  body: { kind: 'api', name: `all ${randomUUID()}`, logGroups: ['*', 'akashi/*'] },
});
const prolonged = () => ({
  name: `longer ${randomUUID()}`,
  logGroups: ['*', 'akashi/*'],
  expiresAt: new Date(Date.now() + 300 * 86_400_000).toISOString(),
});
const invitationPlace = (world: World): Place => ({
  path: '/v1/members/invitations',
  body: {
    name: 'accomplice',
    email: `${randomUUID()}@example.jp`,
    role: 'viewer',
    language: 'en',
    groupIds: [world.wideGroup],
    accessUntil: null,
  },
});
const providerBody = (world: World) => ({
  name: 'own provider',
  issuer: 'http://127.0.0.1:9',
  clientId: 'akashi',
  clientSecret: 'not a secret',
  groupMapping: [{ values: ['everyone'], role: 'viewer', groupIds: [world.wideGroup] }],
});
const supportBody = ({ operatorMail }: World) => ({
  operator: operatorMail,
  purpose: 'to look',
  logGroups: ['*'],
  endsAt: new Date(Date.now() + 3_600_000).toISOString(),
});
const administratorPlace = ({ own }: World, step: string): Place => ({
  path: `/v1/platform/tenants/${own.tenant.id}/${step}`,
  body: {
    email: `${randomUUID()}@example.jp`,
    displayName: 'mine',
    ...(step === 'recovery' ? { reason: 'none' } : {}),
  },
});

async function openInvitation({ own, wideGroup }: World): Promise<string> {
  return own.database.invitations.create({
    purpose: 'invite',
    email: `${randomUUID()}@example.jp`,
    displayName: 'accomplice',
    role: 'viewer',
    language: 'en',
    groupIds: [wideGroup],
    accessUntil: null,
    tokenSha256: hashKey(randomUUID()),
    createdBy: null,
    expiresAt: new Date(Date.now() + 3_600_000),
  });
}

async function provider({ own }: World): Promise<string> {
  const id = randomUUID();
  const { name, issuer, clientId } = { name: 'own provider', issuer: 'http://127.0.0.1:9', clientId: 'akashi' };
  const values = { id, name, issuer, clientId, groupsClaim: 'groups', sealedClientSecret: Buffer.from('x') };
  await own.database.identityProviders.put({ ...values, groupMapping: [] });
  return id;
}

async function reviewOf({ own }: World) {
  const { accessReviews } = own.database;
  const open = (await accessReviews.list()).find(({ closedAt }) => closedAt === null);
  const id = open?.id ?? (await accessReviews.open({ dueAt: new Date(Date.now() + 86_400_000), by: null })) ?? '';
  return { id, items: await accessReviews.items(id) };
}

async function decideOwn(world: World, subjectId: string): Promise<Place> {
  const { id, items } = await reviewOf(world);
  const item = items.find((each) => each.subjectId === subjectId);
  return {
    path: `/v1/access-reviews/${id}/items/${item?.id ?? randomUUID()}`,
    body: { decision: 'confirm', note: 'me' },
  };
}

async function decideOf(world: World): Promise<{ by: TestPerson; place: Place }> {
  return { by: world.boss, place: await decideOwn(world, world.approver.userId) };
}

interface Route {
  name: string;
  method: string;
}

const rightsActs =
  /(^|\s)(key|grant|approval|access-group|access-review|member|invitation|identity-provider|support-access|recovery)\./;

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
    world = {
      own,
      boss,
      approver,
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
    const people = await Promise.all([...tenantRoles, 'platform-operator'].map((role) => addPerson(test, own, role)));
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
    for (const holder of holders) {
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
