import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { SessionStage } from '@akashi/database';
import type { ApiTenant, TestApi } from './api.fixtures.ts';

export interface TestPerson {
  readonly userId: string;
  readonly email: string;
  readonly role: string;
  /** The cookie of a new session: full, and with a second factor proven just now, unless it says otherwise. */
  signIn(session?: { stage?: SessionStage; steppedUp?: boolean }): Promise<string>;
}

export interface TestAnswer {
  readonly status: number;
  readonly text: string;
  readonly json: Record<string, unknown>;
  readonly headers: Headers;
}

/** People of a tenant, signed in without the way there: what comes before a session has its own tests. */
export async function addPerson(test: TestApi, tenant: ApiTenant, role: string): Promise<TestPerson> {
  const email = `${role}-${randomUUID()}@example.jp`;
  const userId = await tenant.database.users.put({
    email,
    displayName: role,
    role,
    language: 'en',
    passwordHash: null,
  });
  const { sessions } = test.database.platform;
  return {
    userId,
    email,
    role,
    signIn: async ({ stage = 'full', steppedUp = true } = {}) => {
      const token = randomBytes(32).toString('base64url');
      const sessionId = await sessions.create({
        tenantId: tenant.tenant.id,
        userId,
        tokenSha256: createHash('sha256').update(token).digest(),
        expiresAt: new Date(Date.now() + 3_600_000),
        stage,
        methods: ['password', 'totp'],
      });
      if (steppedUp && stage === 'full') await sessions.noteStepUp(sessionId);
      return `akashi_session=${token}`;
    },
  };
}

/** A group of these people that sees what the grant says. */
export async function addGroup(
  tenant: ApiTenant,
  people: readonly TestPerson[],
  grant: { logGroups: string[]; logStreams?: string[]; rowFilter?: string; hiddenFields?: string[] },
): Promise<string> {
  const { accessGroups, accessGrants } = tenant.database;
  const groupId = await accessGroups.create({ name: `group ${randomUUID()}`, description: '', ownerId: null });
  if (groupId === null) throw new Error('the name is taken');
  for (const { userId } of people) await accessGroups.addMember({ groupId, userId, by: null });
  await accessGrants.create({
    groupId,
    logGroups: grant.logGroups,
    logStreams: grant.logStreams ?? [],
    sources: [],
    rowFilter: grant.rowFilter ?? null,
    hiddenFields: grant.hiddenFields ?? [],
    validTo: null,
    reason: 'test',
    approvedBy: 'test',
    createdBy: null,
  });
  return groupId;
}

/** One call with a cookie or a key (or neither). */
export async function callApi(
  test: { readonly api: Pick<TestApi['api'], 'url'> },
  route: { method: string; path: string; body?: unknown },
  credentials: { cookie?: string; key?: string } = {},
): Promise<TestAnswer> {
  const answer = await fetch(`${test.api.url}${route.path}`, {
    method: route.method,
    headers: {
      'x-akashi-csrf': '1',
      ...(credentials.cookie === undefined ? {} : { cookie: credentials.cookie }),
      ...(credentials.key === undefined ? {} : { authorization: `Bearer ${credentials.key}` }),
      ...(route.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(route.body === undefined ? {} : { body: JSON.stringify(route.body) }),
  });
  const text = await answer.text();
  const isJson = /[/+]json/.test(answer.headers.get('content-type') ?? '');
  const json = isJson ? (JSON.parse(text) as Record<string, unknown>) : {};
  return { status: answer.status, text, json, headers: answer.headers };
}
