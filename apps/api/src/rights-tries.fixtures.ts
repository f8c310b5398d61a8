/** What reaches further than its caller, for every route that changes rights: the tries of the rights test. */
import { randomUUID } from 'node:crypto';
import { hashKey } from '@akashi/testkit';
import type { ApiTenant } from './api.fixtures.ts';
import type { TestPerson } from './people.fixtures.ts';

/** Somebody of one of the eight roles who sees no log, signed in and stepped up; a program has its key. */
export interface Holder {
  readonly role: string;
  readonly id: string;
  readonly email: string;
  credentials(): Promise<{ cookie?: string; key?: string }>;
}

export interface Place {
  readonly path: string;
  readonly body?: unknown;
}

/** One try at something that reaches further than the holder, and who may do the very same thing. */
export interface Try {
  place(world: World, holder: Holder): Promise<Place>;
  /** The role whose duty it is: it is done for others, and opens nothing to who does it. */
  readonly duty?: string;
  /** Proves that the call is well made: the same is done for this person. */
  allowed(world: World): Promise<{ by: TestPerson; place: Place }>;
}

export interface World {
  readonly own: ApiTenant;
  /** Sees everything. */
  readonly boss: TestPerson;
  readonly approver: TestPerson;
  readonly operator: TestPerson;
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
export const opensNothing = new Set([
  'DELETE /v1/access-keys/{id}',
  'POST /v1/access-groups',
  'PUT /v1/access-groups/{id}',
  'DELETE /v1/access-groups/{id}',
  'DELETE /v1/access-groups/{id}/members/{userId}',
  'POST /v1/access-groups/{id}/grants/{grantId}/revoke',
  'POST /v1/approvals/{id}/withdraw',
  // How long records are kept, never who sees them.
  'PUT /v1/log-groups/{name}/retention',
  'PUT /v1/log-groups/{name}/pci-scope',
  'PUT /v1/retention-policies/{id}',
  'POST /v1/legal-holds/{id}/lift',
  // Removes, and shows nothing.
  'POST /v1/tombstones',
  // Holds once the platform has confirmed it.
  'POST /v1/mail-domains',
  'DELETE /v1/mail-domains/{id}',
  'POST /v1/platform/sender-claims/{id}/withdraw',
  'POST /v1/access-reviews',
  'POST /v1/access-reviews/{id}/close',
  'DELETE /v1/members/invitations/{id}',
  'POST /v1/members/{id}/disable',
  'DELETE /v1/identity-providers/{id}',
  'POST /v1/support-access/{id}/revoke',
]);

/** Before anybody is known: what opens is a token that only a mail holds. Their own tests try them. */
export const byToken = /^POST \/v1\/(invitation|recovery)\//;

export const tries: Readonly<Record<string, Try>> = {
  // Of everything, to who sees nothing.
  'POST /v1/reports/{id}/runs': {
    place: (world) => Promise.resolve(runPlace(world)),
    allowed: (world) => Promise.resolve({ by: world.boss, place: runPlace(world) }),
  },
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
  'POST /v1/platform/tenants/{id}/mail-domains/{domainId}/confirm': {
    duty: 'platform-operator',
    place: domainPlace,
    allowed: async (world) => ({ by: world.operator, place: await domainPlace(world) }),
  },
  'POST /v1/platform/sender-claims/{id}/confirm': {
    duty: 'platform-operator',
    place: claimPlace,
    allowed: async (world) => ({ by: world.operator, place: await claimPlace(world) }),
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
export const forNobody = new Set([
  'POST /v1/platform/tenants/{id}/administrator',
  'POST /v1/platform/tenants/{id}/recovery',
]);

const runPlace = ({ own }: World): Place => ({
  path: '/v1/reports/failed-sign-ins/runs',
  body: { from: '2026-11-01T00:00:00Z', to: '2026-11-02T00:00:00Z', area: own.tenant.id },
});
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

async function domainPlace({ own }: World): Promise<Place> {
  const domain = await own.database.mailDomains.request(`${randomUUID()}.example`, null);
  return {
    path: `/v1/platform/tenants/${own.tenant.id}/mail-domains/${domain?.id ?? ''}/confirm`,
    body: { reason: 'theirs' },
  };
}

async function claimPlace({ own }: World): Promise<Place> {
  const id = await own.database.sources.put({
    kind: 'syslog',
    name: randomUUID(),
    addressRange: `10.${[0, 0, 0].map(() => Math.floor(Math.random() * 256)).join('.')}/32`,
    logGroup: 'db',
  });
  return { path: `/v1/platform/sender-claims/${id}/confirm`, body: { reason: 'theirs' } };
}

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
