import { randomUUID } from 'node:crypto';
import { problem, session, type Session } from '@akashi/contracts';
import { createCodeDispenser, totpCodeAt } from '@akashi/identity';
import { findDatabaseServer, findSearchServer } from '@akashi/testkit';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type ApiTenant, type TestApi } from '../api.fixtures.ts';
import { cookieOf, post, type TestPerson } from '../test-people.fixtures.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();

describe.runIf(databaseUrl !== undefined && searchUrl !== undefined)('signing in (PCI DSS 8)', () => {
  let test: TestApi;
  let tenant: ApiTenant;
  let outside: Client;

  beforeAll(async () => {
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '' });
    tenant = await test.createTenant();
    outside = new Client({ connectionString: test.databaseUrl });
    await outside.connect();
  });
  afterAll(async () => {
    await outside.end();
    await test.close();
  });

  /** Each caller has an address of its own, so that no test is throttled for another. */
  let callers = 0;
  const newAddress = (): string => `198.51.100.${++callers}`;
  async function send(
    path: string,
    body: unknown,
    from: { cookie?: string; address?: string } = {},
  ): Promise<Response> {
    const { cookie, address } = from;
    return fetch(`${test.api.url}${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-akashi-csrf': '1',
        ...(cookie === undefined ? {} : { cookie }),
        ...(address === undefined ? {} : { 'x-forwarded-for': address }),
      },
      body: JSON.stringify(body),
    });
  }
  const codeOf = async (answer: Promise<Response>): Promise<string> => problem.parse(await (await answer).json()).code;
  const read = async (answer: Response): Promise<Session> => session.parse(await answer.json());
  const signIn = (person: { email: string; password: string }, address = newAddress()): Promise<Response> =>
    send('/v1/session', { email: person.email, password: person.password }, { address });
  const look = (cookie: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${test.api.url}/v1/session`, { headers: { cookie, ...headers } });
  const groups = (cookie: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${test.api.url}/v1/log-groups`, { headers: { cookie, ...headers } });
  const actsOf = (person: TestPerson): string[] =>
    test.intake.acts.filter(({ user }) => user.id === person.id).map(({ event }) => `${event.action} ${event.outcome}`);

  it('opens nothing before the second factor, and renews the token with it', async () => {
    const person = await tenant.addPerson();
    const first = await signIn(person);
    const pending = cookieOf(first);
    expect(await read(first)).toMatchObject({ stage: 'second-factor', permissions: [], secondFactors: ['totp'] });
    expect(await codeOf(groups(pending))).toBe('second-factor-required');
    expect(await codeOf(send('/v1/session/step-up', { code: '123456' }, { cookie: pending }))).toBe(
      'second-factor-required',
    );
    expect(await codeOf(send('/v1/session/enrolment/totp', {}, { cookie: pending }))).toBe('forbidden');
    expect(await codeOf(send('/v1/session/password', { newPassword: 'x' }, { cookie: pending }))).toBe('forbidden');
    const second = await send('/v1/session/second-factor', { code: await person.codes.next() }, { cookie: pending });
    expect(second.status).toBe(200);
    const full = cookieOf(second);
    expect(full).not.toBe(pending);
    expect(await read(second)).toMatchObject({ stage: 'full', user: { email: person.email } });
    expect((await look(pending)).status).toBe(401);
    expect((await groups(full)).status).toBe(200);
    expect(actsOf(person).filter((act) => act !== 'request.refused failure')).toEqual([
      'sign-in.password success',
      'sign-in.second-factor success',
      'session.start success',
      'log-group.list success',
    ]);
  });

  it('takes a one-time code once, also when two sign-ins bring it at the same moment (8.5.1)', async () => {
    const person = await tenant.addPerson();
    const cookies = [cookieOf(await signIn(person)), cookieOf(await signIn(person)), cookieOf(await signIn(person))];
    const code = await person.codes.next();
    const answers = await Promise.all(
      cookies.map((cookie) => send('/v1/session/second-factor', { code }, { cookie, address: newAddress() })),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 403, 403]);
    const cookie = cookieOf(await signIn(person));
    expect(await codeOf(send('/v1/session/second-factor', { code }, { cookie }))).toBe('second-factor-failed');
    const old = totpCodeAt(person.totpSecret, Date.now() - 90_000);
    expect(await codeOf(send('/v1/session/second-factor', { code: old }, { cookie }))).toBe('second-factor-failed');
  });

  it('answers the same for unknown, wrong, locked, disabled and ended accounts', async () => {
    const people = {
      wrong: await tenant.addPerson(),
      locked: await tenant.addPerson(),
      disabled: await tenant.addPerson(),
      ended: await tenant.addPerson(),
    };
    await tenant.database.users.disable(people.disabled.id, 'left');
    await tenant.database.users.change(people.ended.id, { accessUntil: new Date(Date.now() - 1000) });
    for (let n = 0; n < 10; n++) await signIn({ ...people.locked, password: 'wrong' });
    const answers = await Promise.all([
      signIn({ email: 'nobody@example.jp', password: 'correct horse 9' }),
      signIn({ ...people.wrong, password: 'wrong' }),
      signIn(people.locked),
      signIn(people.disabled),
      signIn(people.ended),
    ]);
    const bodies = await Promise.all(answers.map(async (answer) => problem.parse(await answer.json())));
    for (const body of bodies) {
      expect({ ...body, requestId: '' }).toEqual({ ...bodies[0], requestId: '' });
      expect(body).toMatchObject({ status: 401, code: 'sign-in-failed' });
    }
    expect(new Set(answers.map(({ headers }) => [...headers.keys()].toSorted().join())).size).toBe(1);
  });

  it('takes as long for an address that nobody has as for a wrong password', async () => {
    const person = await tenant.addPerson();
    await signIn(person);
    // The quickest of several, taken in turns: what else the machine does makes tries slower, never quicker.
    const quickest = { known: Infinity, unknown: Infinity };
    const emails = { known: person.email, unknown: `${randomUUID()}@example.jp` };
    for (let n = 0; n < 7; n++) {
      for (const who of ['known', 'unknown'] as const) {
        const startedAt = performance.now();
        await signIn({ email: emails[who], password: 'wrong' });
        quickest[who] = Math.min(quickest[who], performance.now() - startedAt);
      }
    }
    const { known, unknown } = quickest;
    expect(Math.max(known, unknown) / Math.min(known, unknown)).toBeLessThan(2.5);
  });

  it('locks after ten failures for half an hour, across tries at the same moment and restarts (8.3.4)', async () => {
    const person = await tenant.addPerson();
    const tries = Array.from({ length: 14 }, () => signIn({ ...person, password: 'wrong' }));
    expect((await Promise.all(tries)).map(({ status }) => status)).toEqual(Array.from({ length: 14 }, () => 401));
    expect((await signIn(person)).status).toBe(401);
    expect(actsOf(person).filter((act) => act === 'sign-in.locked failure')).toHaveLength(1);
    const back = (minutes: number) =>
      outside.query(`UPDATE sign_in_failure SET last_at = last_at - $1 * interval '1 minute'`, [minutes]);
    await back(29);
    expect((await signIn(person)).status).toBe(401);
    await back(1);
    expect((await signIn(person)).status).toBe(201);
  });

  it('counts wrong codes with wrong passwords, which signing in with the password again does not forgive', async () => {
    const person = await tenant.addPerson();
    let cookie = cookieOf(await signIn(person));
    for (let n = 0; n < 10; n++) {
      if (n % 3 === 2) cookie = cookieOf(await signIn(person));
      expect(
        await codeOf(send('/v1/session/second-factor', { code: '000000' }, { cookie, address: newAddress() })),
      ).toBe('second-factor-failed');
    }
    expect((await look(cookie)).status).toBe(401);
    expect((await signIn(person)).status).toBe(401);
  });

  it('throttles a network address that tries many accounts, and its IPv6 neighbours', async () => {
    const address = '2001:db8:1:2::7';
    const statuses: number[] = [];
    for (let n = 0; n < 51; n++) {
      statuses.push((await signIn({ email: `${randomUUID()}@example.jp`, password: 'wrong' }, address)).status);
    }
    expect(statuses.slice(0, 50).every((status) => status === 401)).toBe(true);
    expect(statuses[50]).toBe(429);
    const neighbour = await signIn(await tenant.addPerson(), '2001:db8:1:2:ffff::1');
    expect(neighbour.status).toBe(429);
    expect(Number(neighbour.headers.get('retry-after'))).toBeGreaterThan(60);
    expect((await signIn(await tenant.addPerson(), '2001:db8:1:3::1')).status).toBe(201);
  });

  it('ends a session after fifteen idle minutes; what the page asks by itself keeps none alive (8.2.8)', async () => {
    const cookie = await (await tenant.addPerson()).signIn();
    const idle = (minutes: number) =>
      outside.query(`UPDATE session SET last_active_at = now() - $1 * interval '1 minute'`, [minutes]);
    await idle(14);
    expect((await groups(cookie, { 'x-akashi-background': '1' })).status).toBe(200);
    expect((await look(cookie, { 'x-akashi-background': '1' })).status).toBe(200);
    const { rows } = await outside.query<{ idle: boolean }>(
      `SELECT bool_and(last_active_at < now() - interval '13 minutes') AS idle FROM session`,
    );
    expect(rows[0]?.idle).toBe(true);
    const kept = await read(await post(`${test.api.url}/v1/session/keep-alive`, {}, cookie));
    expect(Date.parse(kept.idleEndsAt)).toBeGreaterThan(Date.now() + 14 * 60_000);
    await idle(15);
    expect((await groups(cookie)).status).toBe(401);
    expect((await post(`${test.api.url}/v1/session/keep-alive`, {}, cookie)).status).toBe(401);
  });

  it('ends a session at its absolute end, however busy it is', async () => {
    const cookie = await (await tenant.addPerson()).signIn();
    const { endsAt } = await read(await look(cookie));
    expect(Date.parse(endsAt) - Date.now()).toBeLessThanOrEqual(12 * 3_600_000);
    await outside.query('UPDATE session SET expires_at = now()');
    expect((await groups(cookie)).status).toBe(401);
  });

  it('keeps to the organisation’s own limits where they are stricter', async () => {
    const strict = await test.createTenant();
    const person = await strict.addPerson();
    await strict.database.organisation.change({ security: { lockAfterFailures: 3, absoluteHours: 1, idleMinutes: 5 } });
    const cookie = await person.signIn();
    const { endsAt, idleEndsAt } = await read(await look(cookie));
    expect(Date.parse(endsAt) - Date.now()).toBeLessThanOrEqual(3_600_000);
    expect(Date.parse(idleEndsAt) - Date.now()).toBeLessThanOrEqual(300_000);
    for (let n = 0; n < 3; n++) await signIn({ ...person, password: 'wrong' });
    expect((await signIn(person)).status).toBe(401);
  });

  it('disables an account that was not used for ninety days (8.2.6)', async () => {
    const person = await tenant.addPerson();
    await outside.query(`UPDATE app_user SET active_since = now() - interval '90 days' WHERE id = $1`, [person.id]);
    expect((await signIn(person)).status).toBe(401);
    expect(await tenant.database.users.find(person.id)).toMatchObject({ disabledReason: 'dormant' });
  });

  it('asks for a new password where one is due, before anything opens (8.3.5, 8.3.6, 8.3.7)', async () => {
    const person = await tenant.addPerson();
    await outside.query('UPDATE app_user SET must_change_password = true WHERE id = $1', [person.id]);
    const pending = cookieOf(await signIn(person));
    const code = await person.codes.next();
    const answer = await send('/v1/session/second-factor', { code }, { cookie: pending });
    const cookie = cookieOf(answer);
    expect(await read(answer)).toMatchObject({ stage: 'password-change', passwordMinLength: 12 });
    expect(await codeOf(groups(cookie))).toBe('second-factor-required');
    const change = async (newPassword: string) =>
      problem.parse(await (await send('/v1/session/password', { newPassword }, { cookie })).json());
    expect(await change('short 1')).toMatchObject({ code: 'password-refused', reason: 'too-short' });
    expect(await change('only letters here')).toMatchObject({ reason: 'needs-letters-and-digits' });
    expect(await change('Password12345')).toMatchObject({ reason: 'breached' });
    expect(await change(`${person.email} 7`)).toMatchObject({ reason: 'like-the-person' });
    expect(await change(person.password)).toMatchObject({ reason: 'used-before' });
    const changed = await send('/v1/session/password', { newPassword: 'lantern orchard 58' }, { cookie });
    expect(await read(changed)).toMatchObject({ stage: 'full' });
    expect((await groups(cookieOf(changed))).status).toBe(200);
    expect((await look(cookie)).status).toBe(401);
    expect((await signIn(person)).status).toBe(401);
    expect((await signIn({ ...person, password: 'lantern orchard 58' })).status).toBe(201);
  });

  it('signs nobody in while the trail cannot be written', async () => {
    const person = await tenant.addPerson();
    test.intake.isAway = true;
    try {
      expect((await signIn(person)).status).toBe(503);
    } finally {
      test.intake.isAway = false;
    }
    expect((await signIn(person)).status).toBe(201);
  });

  it('proves the second factor again for a step-up, and counts what fails', async () => {
    const person = await tenant.addPerson();
    const cookie = await person.signIn();
    const stepUp = (code: string): Promise<Response> => send('/v1/session/step-up', { code }, { cookie });
    expect(await codeOf(stepUp('000000'))).toBe('second-factor-failed');
    const codes = createCodeDispenser(person.totpSecret);
    expect(await codeOf(stepUp(await codes.next()))).toBe('second-factor-failed');
    const proven = await read(await stepUp(await person.codes.next()));
    expect(Date.parse(proven.stepUpEndsAt ?? '')).toBeGreaterThan(Date.now() + 4 * 60_000);
    for (let n = 0; n < 10; n++) await stepUp('000000');
    expect((await look(cookie)).status).toBe(401);
  });
});
