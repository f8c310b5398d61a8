import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { identityProvider, identityProvidersAnswer, mailDomain, problem, session } from '@akashi/contracts';
import { addressLimits } from '@akashi/policy';
import { findDatabaseServer, findSearchServer, TestOpenIdProvider, type ProviderPerson } from '@akashi/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, testWebUrl, type ApiTenant, type TestApi } from '../api.fixtures.ts';
import { addPerson } from '../people.fixtures.ts';
import { ensurePlatformTenant } from '../audit-trail/platform-tenant.ts';
import { post } from '../test-people.fixtures.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();

type Seated = Omit<ProviderPerson, 'name'>;

describe.runIf(databaseUrl !== undefined && searchUrl !== undefined)('signing in through an identity provider', () => {
  let test: TestApi;
  let tenant: ApiTenant;
  let provider: TestOpenIdProvider;
  let providerId: string;
  let groupId: string;
  let operator: string;

  beforeAll(async () => {
    provider = await TestOpenIdProvider.start(`${testWebUrl}/api/v1/session/provider/callback`);
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '' });
    tenant = await test.createTenant();
    const platform = await ensurePlatformTenant(test);
    const home = { ...tenant, tenant: platform, database: test.database.forTenant(platform.id) };
    operator = await (await addPerson(test, home as unknown as ApiTenant, 'platform-operator')).signIn();
    const admin = await tenant.addPerson({ role: 'tenant-admin' });
    const cookie = await admin.signIn();
    const group = await post(`${test.api.url}/v1/access-groups`, { name: 'DB', description: '' }, cookie);
    ({ id: groupId } = (await group.json()) as { id: string });
    const made = await post(
      `${test.api.url}/v1/identity-providers`,
      {
        name: '社内アカウント',
        issuer: provider.issuer,
        clientId: provider.client.id,
        clientSecret: provider.client.secret,
        groupMapping: [
          { values: ['approvers'], role: 'approver', groupIds: [] },
          { values: ['db-team'], role: 'viewer', groupIds: [groupId] },
        ],
      },
      cookie,
    );
    ({ id: providerId } = identityProvider.parse(await made.json()));
    await confirmDomain(cookie, 'example.jp');
    const listed = await fetch(`${test.api.url}/v1/identity-providers`, { headers: { cookie } });
    const text = await listed.text();
    expect(identityProvidersAnswer.parse(JSON.parse(text)).items).toHaveLength(1);
    expect(text).not.toContain(provider.client.secret);
  });
  afterAll(async () => {
    await test.close();
    provider.stop();
  });

  /** An administrator asks, an operator confirms. */
  async function confirmDomain(cookie: string, domain: string, of: ApiTenant = tenant): Promise<void> {
    const asked = await post(`${test.api.url}/v1/mail-domains`, { domain }, cookie);
    const { id } = mailDomain.parse(await asked.json());
    const path = `/v1/platform/tenants/${of.tenant.id}/mail-domains/${id}/confirm`;
    const confirmed = await post(`${test.api.url}${path}`, { reason: 'a test' }, operator);
    expect(confirmed.status).toBe(200);
  }

  /** The browser's part: to the provider, through its redirects, and back to the callback's address. */
  async function visit(startUrl: string): Promise<URL> {
    const jar = new Map<string, string>();
    let url = new URL(startUrl);
    for (let hop = 0; hop < 10; hop++) {
      if (url.origin === testWebUrl) return url;
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await fetch(url, { redirect: 'manual', headers: { cookie } });
      for (const set of answer.headers.getSetCookie()) {
        const [name = '', value = ''] = (set.split(';')[0] ?? '').split('=');
        jar.set(name, value);
      }
      const next = answer.headers.get('location');
      if (next === null) throw new Error(`the provider answered ${answer.status}: ${await answer.text()}`);
      url = new URL(next, url);
    }
    throw new Error('the provider did not come back');
  }

  async function start(returnPath?: string): Promise<{ url: string; kept: string; set: string }> {
    const answer = await post(`${test.api.url}/v1/session/provider`, { providerId, returnPath });
    const set = answer.headers.get('set-cookie') ?? '';
    const { url } = (await answer.json()) as { url: string };
    return { url, kept: set.split(';')[0] ?? '', set };
  }
  const comeBack = (back: URL, kept: string): Promise<Response> =>
    fetch(`${test.api.url}/v1/session/provider/callback${back.search}`, { headers: { cookie: kept } });
  const sessionOf = (answer: Response): string | undefined =>
    answer.headers
      .getSetCookie()
      .find((each) => each.startsWith('akashi_session='))
      ?.split(';')[0];
  const seat = (person: Seated): void => provider.seat({ name: '外部 太郎', ...person });
  async function signIn(person: Seated): Promise<Response> {
    seat(person);
    const { url, kept } = await start();
    return comeBack(await visit(url), kept);
  }
  async function refused(person: Seated): Promise<void> {
    const answer = await signIn(person);
    expect(sessionOf(answer)).toBeUndefined();
    expect(await answer.text()).toContain('/sign-in?problem=provider-refused');
  }

  it('shows its button to the organisation it belongs to', async () => {
    const read = async (slug: string) =>
      (await fetch(`${test.api.url}/v1/session/providers?organisation=${slug}`)).json();
    expect(await read(tenant.tenant.slug)).toEqual({ items: [{ id: providerId, name: '社内アカウント' }] });
    expect(await read('nobody')).toEqual({ items: [] });
  });

  it('makes a person with the mapped role and groups, who still enrols a second factor here', async () => {
    const { url, set } = await start();
    expect(set).toMatch(/SameSite=Lax/);
    const asked = new URL(url).searchParams;
    expect([asked.get('response_type'), asked.get('code_challenge_method')]).toEqual(['code', 'S256']);
    expect([asked.get('state'), asked.get('nonce')].every((each) => (each ?? '').length > 20)).toBe(true);
    const answer = await signIn({ sub: 'p1', email: 'Outside@Example.jp', groups: ['db-team'] });
    expect(answer.status).toBe(200);
    const cookie = sessionOf(answer) ?? '';
    const mine = await fetch(`${test.api.url}/v1/session`, { headers: { cookie } });
    expect(session.parse(await mine.json())).toMatchObject({
      stage: 'enrolment',
      user: { email: 'outside@example.jp', name: '外部 太郎', role: 'viewer' },
    });
    const groups = await fetch(`${test.api.url}/v1/log-groups`, { headers: { cookie } });
    expect(problem.parse(await groups.json()).code).toBe('second-factor-required');
    const listed = await tenant.database.users.list();
    expect(listed.find(({ email }) => email === 'outside@example.jp')).toMatchObject({ groups: ['DB'] });
  });

  it('takes role and groups from the provider at every sign-in', async () => {
    await signIn({ sub: 'p2', email: 'changing@example.jp', groups: ['db-team'] });
    expect(sessionOf(await signIn({ sub: 'p2', email: 'changing@example.jp', groups: ['approvers'] }))).toBeDefined();
    const found = (await tenant.database.users.list()).find(({ email }) => email === 'changing@example.jp');
    expect(found).toMatchObject({ role: 'approver', groups: [] });
    await refused({ sub: 'p2', email: 'changing@example.jp', groups: [] });
  });

  it('vouches for no address of a domain that the platform has not confirmed for this organisation', async () => {
    const reasonOf = () => test.intake.acts.findLast(({ event }) => event.action === 'sign-in.provider')?.event.reason;
    await refused({ sub: 'd1', email: 'd1@elsewhere.example', groups: ['db-team'] });
    expect(reasonOf()).toBe('mail-domain-unconfirmed');
    await refused({ sub: 'd2', email: 'd2@sub.example.jp', groups: ['db-team'] });
    await refused({ sub: 'd3', email: '"d3@example.jp"@elsewhere.example', groups: ['db-team'] });
    const other = await test.createTenant();
    const otherCookie = await (await other.addPerson({ role: 'tenant-admin' })).signIn();
    await confirmDomain(otherCookie, 'elsewhere.example', other);
    await refused({ sub: 'd1', email: 'd1@elsewhere.example', groups: ['db-team'] });
    const cookie = await (await tenant.addPerson({ role: 'tenant-admin' })).signIn();
    const asked = await post(`${test.api.url}/v1/mail-domains`, { domain: 'Elsewhere.example' }, cookie);
    const { id, state, domain } = mailDomain.parse(await asked.json());
    expect([asked.status, state, domain]).toEqual([201, 'requested', 'elsewhere.example']);
    expect((await post(`${test.api.url}/v1/mail-domains`, { domain }, cookie)).status).toBe(409);
    await refused({ sub: 'd1', email: 'd1@elsewhere.example', groups: ['db-team'] });
    // An administrator of the organisation cannot confirm, whichever way.
    const path = `/v1/platform/tenants/${tenant.tenant.id}/mail-domains/${id}/confirm`;
    expect((await post(`${test.api.url}${path}`, { reason: 'ours' }, cookie)).status).toBe(403);
    const confirm = (): Promise<Response> => post(`${test.api.url}${path}`, { reason: 'the contract' }, operator);
    expect(mailDomain.parse(await (await confirm()).json()).state).toBe('confirmed');
    expect((await confirm()).status).toBe(409);
    const trails = test.intake.acts.filter(({ event }) => event.action === 'mail-domain.confirm');
    expect(trails.map(({ tenantId }) => tenantId)).toContain(tenant.tenant.id);
    expect(new Set(trails.map(({ tenantId }) => tenantId)).size).toBeGreaterThan(1);
    const vouched = { sub: 'd1', email: 'd1@elsewhere.example', groups: ['db-team'] };
    expect(sessionOf(await signIn(vouched))).toBeDefined();
    // What is taken back ends at once, also for people who are linked.
    const removed = await fetch(`${test.api.url}/v1/mail-domains/${id}`, {
      method: 'DELETE',
      headers: { cookie, 'x-akashi-csrf': '1' },
    });
    expect(removed.status).toBe(204);
    await refused(vouched);
    const wrong = { domain: 'no domain' };
    expect((await post(`${test.api.url}/v1/mail-domains`, wrong, cookie)).status).toBe(400);
  });

  it('leaves the last administrator the role, whatever the provider says', async () => {
    const administrators = async () =>
      (await tenant.database.users.list()).filter(({ role }) => role === 'tenant-admin').map(({ email }) => email);
    const [only, ...others] = await administrators();
    for (const user of await tenant.database.users.list())
      if (others.includes(user.email)) await tenant.database.users.change(user.id, { role: 'viewer' });
    await signIn({ sub: 'p8', email: only ?? '', groups: ['approvers'] });
    expect(await administrators()).toEqual([only]);
  });

  it('is not added while no provider answers at the issuer, or one of another name', async () => {
    const admin = await tenant.addPerson({ role: 'tenant-admin' });
    const cookie = await admin.signIn();
    const refusalOf = async (issuer: string) => {
      const groupMapping = [{ values: ['approvers'], role: 'approver', groupIds: [] }];
      const wanted = { name: '打ち間違い', issuer, clientId: 'akashi', clientSecret: 'secret', groupMapping };
      const answer = await post(`${test.api.url}/v1/identity-providers`, wanted, cookie);
      const { code, params } = problem.parse(await answer.json());
      return [answer.status, code, params?.['reason']];
    };
    const elsewhere = createServer((request, response) => {
      if (request.url?.startsWith('/moved/')) response.writeHead(302, { location: `${provider.issuer}/` }).end();
      else response.setHeader('content-type', 'application/json').end(JSON.stringify({ issuer: provider.issuer }));
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    const at = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
    expect(await refusalOf('http://127.0.0.1:1')).toEqual([400, 'issuer-unusable', 'no-answer']);
    expect(await refusalOf(`${provider.issuer}/mistyped`)).toEqual([400, 'issuer-unusable', 'no-answer']);
    expect(await refusalOf(`${at}/moved`)).toEqual([400, 'issuer-unusable', 'no-answer']);
    expect(await refusalOf(at)).toEqual([400, 'issuer-unusable', 'other-issuer']);
    elsewhere.close();
    const listed = await fetch(`${test.api.url}/v1/identity-providers`, { headers: { cookie } });
    expect(identityProvidersAnswer.parse(await listed.json()).items).toHaveLength(1);
  });

  it('goes to no address that the platform does not let it go to, whoever names it', async () => {
    const admin = await tenant.addPerson({ role: 'tenant-admin' });
    const cookie = await admin.signIn();
    let visits = 0;
    const inside = createServer((_request, response) => {
      visits += 1;
      response.end('{}');
    });
    await new Promise<void>((resolve) => inside.listen(0, '::1', resolve));
    const address = `http://[::1]:${(inside.address() as AddressInfo).port}`;
    const named = createServer((_request, response) => {
      const issuer = `http://127.0.0.1:${(named.address() as AddressInfo).port}`;
      const places = {
        token_endpoint: `${address}/token`,
        jwks_uri: `${address}/keys`,
        userinfo_endpoint: `${address}/me`,
      };
      const document = { issuer, authorization_endpoint: `${issuer}/auth`, ...places };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(document));
    });
    await new Promise<void>((resolve) => named.listen(0, '127.0.0.1', resolve));
    const create = async (issuer: string) => {
      const groupMapping = [{ values: ['approvers'], role: 'approver', groupIds: [] }];
      const wanted = { name: '内部', issuer, clientId: 'akashi', clientSecret: 'secret', groupMapping };
      const answer = await post(`${test.api.url}/v1/identity-providers`, wanted, cookie);
      return { status: answer.status, body: (await answer.json()) as { id: string; params?: { reason: string } } };
    };
    for (const issuer of [address, 'https://169.254.169.254', 'https://10.0.0.1/realms/a', 'https://[fd00::1]']) {
      const { status, body } = await create(issuer);
      expect([status, body.params?.reason], issuer).toEqual([400, 'address-refused']);
    }
    const { body: made } = await create(`http://127.0.0.1:${(named.address() as AddressInfo).port}`);
    const begun = await post(`${test.api.url}/v1/session/provider`, { providerId: made.id });
    const state = new URL(((await begun.json()) as { url: string }).url).searchParams.get('state') ?? '';
    const kept = (begun.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const back = new URL(`${testWebUrl}/?${new URLSearchParams({ code: 'c', state }).toString()}`);
    expect(await (await comeBack(back, kept)).text()).toContain('problem=provider-refused');
    expect(visits).toBe(0);
    inside.close();
    named.close();
    await tenant.database.identityProviders.disable(made.id);
  });

  it('refuses another issuer for a provider whose people are linked to this one', async () => {
    const admin = await tenant.addPerson({ role: 'tenant-admin' });
    const answer = await fetch(`${test.api.url}/v1/identity-providers/${providerId}`, {
      method: 'PUT',
      headers: { cookie: await admin.signIn(), 'content-type': 'application/json', 'x-akashi-csrf': '1' },
      body: JSON.stringify({
        name: '社内アカウント',
        issuer: 'http://127.0.0.1:1',
        clientId: 'akashi',
        groupsClaim: 'groups',
        groupMapping: [{ values: ['approvers'], role: 'approver', groupIds: [] }],
      }),
    });
    expect([answer.status, problem.parse(await answer.json()).code]).toEqual([400, 'request-invalid']);
  });

  it('refuses who has no mapped group, an unverified address, another organisation’s, or a disabled account', async () => {
    await refused({ sub: 'p3', email: 'nobody@example.jp', groups: ['strangers'] });
    await refused({ sub: 'p4', email: 'unverified@example.jp', email_verified: false, groups: ['db-team'] });
    const other = await test.createTenant();
    await refused({ sub: 'p5', email: other.email, groups: ['db-team'] });
    const leaver = await tenant.addPerson();
    await tenant.database.users.disable(leaver.id, 'left');
    const before = await tenant.database.users.list();
    await refused({ sub: 'p6', email: leaver.email, groups: ['approvers'] });
    expect(await tenant.database.users.list()).toEqual(before);
  });

  it('leads back to the sign-in of the same organisation and on the way to the same page, refused or not', async () => {
    const wanted = '/explorer?v=1&q=a%20b';
    for (const groups of [['strangers'], ['db-team']]) {
      seat({ sub: 'p9', email: 'p9@example.jp', groups });
      const { url, kept } = await start(wanted);
      const page = await (await comeBack(await visit(url), kept)).text();
      const led = new URL((/url=([^"]*)"/.exec(page)?.[1] ?? '').replaceAll('&amp;', '&'));
      expect(led.pathname).toBe('/sign-in');
      expect(Object.fromEntries(led.searchParams)).toEqual({
        organisation: tenant.tenant.slug,
        return: wanted,
        ...(groups.includes('strangers') ? { problem: 'provider-refused' } : {}),
      });
    }
  });

  it('asks a provider once for what it publishes, and lets nobody begin for ever without coming back', async () => {
    const guest = await test.createTenant();
    const cookie = await (await guest.addPerson({ role: 'tenant-admin' })).signIn();
    let reads = 0;
    const counted = createServer((_request, response) => {
      reads += 1;
      const issuer = `http://127.0.0.1:${(counted.address() as AddressInfo).port}`;
      const document = {
        issuer,
        authorization_endpoint: `${issuer}/a`,
        token_endpoint: `${issuer}/t`,
        jwks_uri: `${issuer}/k`,
      };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(document));
    });
    await new Promise<void>((resolve) => counted.listen(0, '127.0.0.1', resolve));
    const issuer = `http://127.0.0.1:${(counted.address() as AddressInfo).port}`;
    const groupMapping = [{ values: ['approvers'], role: 'approver', groupIds: [] }];
    const wanted = { name: '数える', issuer, clientId: 'akashi', clientSecret: 'secret', groupMapping };
    const made = await post(`${test.api.url}/v1/identity-providers`, wanted, cookie);
    const { id } = identityProvider.parse(await made.json());
    reads = 0;
    const begin = async (): Promise<number> => {
      const headers = { 'content-type': 'application/json', 'x-akashi-csrf': '1', 'x-forwarded-for': '198.51.100.77' };
      const body = JSON.stringify({ providerId: id });
      return (await fetch(`${test.api.url}/v1/session/provider`, { method: 'POST', headers, body })).status;
    };
    const statuses = await Promise.all(Array.from({ length: 60 }, begin));
    expect(reads).toBe(1);
    expect(statuses.filter((status) => status === 200)).toHaveLength(addressLimits.maxFailures);
    expect(new Set(statuses)).toEqual(new Set([200, 429]));
    counted.close();
  });

  it('carries no return path that is no page of this site', async () => {
    for (const returnPath of ['https://elsewhere.example', '//elsewhere.example', '/\t/elsewhere.example']) {
      const answer = await post(`${test.api.url}/v1/session/provider`, { providerId, returnPath });
      expect([answer.status, problem.parse(await answer.json()).code]).toEqual([400, 'request-invalid']);
    }
  });

  it('refuses an answer to another attempt, without an attempt, or a second time', async () => {
    seat({ sub: 'p7', email: 'p7@example.jp', groups: ['db-team'] });
    const [first, second] = [await start(), await start()];
    const back = await visit(first.url);
    expect(sessionOf(await comeBack(back, second.kept))).toBeUndefined();
    expect(sessionOf(await comeBack(back, ''))).toBeUndefined();
    expect(sessionOf(await comeBack(back, `${first.kept.slice(0, -8)}AAAAAAAA`))).toBeUndefined();
    const again = await start();
    const answered = await visit(again.url);
    expect(sessionOf(await comeBack(answered, again.kept))).toBeDefined();
    expect(sessionOf(await comeBack(answered, again.kept))).toBeUndefined();
  });
});
