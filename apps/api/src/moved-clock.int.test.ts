import { session, type SupportAccessAnswer } from '@akashi/contracts';
import { findDatabaseServer, findSearchServer } from '@akashi/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type ApiTenant, type TestApi } from './api.fixtures.ts';
import { addGroup } from './people.fixtures.ts';
import { post, type TestPerson } from './test-people.fixtures.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();
const hourMs = 3_600_000;
/** Fewer than an account may be idle: the people of the test were made by the real clock. */
const days = 60;

describe.runIf(databaseUrl !== undefined && searchUrl !== undefined)('an API whose clock is moved', () => {
  let test: TestApi;
  let tenant: ApiTenant;
  let admin: TestPerson;
  let cookie: string;

  /** How far a moment is from the moved now, in hours. */
  const hoursFromNow = (text: string | undefined): number =>
    (Date.parse(text ?? '') - (Date.now() + days * 24 * hourMs)) / hourMs;

  beforeAll(async () => {
    test = await startTestApi({
      databaseUrl: databaseUrl ?? '',
      searchUrl: searchUrl ?? '',
      clockOffsetSeconds: days * 86_400,
    });
    tenant = await test.createTenant();
    admin = await tenant.addPerson({ role: 'tenant-admin' });
    await addGroup(tenant, [{ ...admin, userId: admin.id, role: 'tenant-admin' }], { logGroups: ['*'] });
    // With a one-time code of the real time.
    cookie = await admin.signIn();
  });
  afterAll(() => test.close());

  it('ends sessions by it', async () => {
    const answer = await fetch(`${test.api.url}/v1/session`, { headers: { cookie } });
    const { endsAt, idleEndsAt } = session.parse(await answer.json());
    expect(hoursFromNow(endsAt)).toBeGreaterThan(1);
    expect(hoursFromNow(endsAt)).toBeLessThan(24);
    expect(hoursFromNow(idleEndsAt)).toBeCloseTo(0.25, 1);
  });

  it('dates what is on record by it', () => {
    const acts = test.intake.acts.filter(({ user }) => user.id === admin.id) as unknown as { '@timestamp': string }[];
    expect(acts.length).toBeGreaterThan(0);
    for (const act of acts) expect(hoursFromNow(act['@timestamp'])).toBeCloseTo(0, 0);
  });

  it('decides by it, and keeps the moment of it', async () => {
    const grant = (endsAt: number): Promise<Response> =>
      post(
        `${test.api.url}/v1/support-access`,
        {
          operator: 'o@platform.example',
          purpose: 'a drill',
          logGroups: ['*'],
          endsAt: new Date(endsAt).toISOString(),
        },
        cookie,
      );
    expect((await grant(Date.now() + 4 * hourMs)).status).toBe(400);
    const granted = await grant(Date.now() + days * 24 * hourMs + 4 * hourMs);
    expect(granted.status).toBe(201);
    const { grantedAt, state } = (await granted.json()) as SupportAccessAnswer;
    expect(state).toBe('current');
    expect(hoursFromNow(grantedAt)).toBeCloseTo(0, 0);
  });
});
