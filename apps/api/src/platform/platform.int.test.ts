import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { SMTPServer } from 'smtp-server';
import { formatAuditLine } from '@akashi/audit-trail';
import { senderClaimsAnswer } from '@akashi/contracts';
import { tenantId } from '@akashi/database';
import { defaultQuotas } from '@akashi/policy';
import { findDatabaseServer, findSearchServer } from '@akashi/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type ApiTenant, type TestApi } from '../api.fixtures.ts';
import { addGroup, addPerson, type TestAnswer, type TestPerson } from '../people.fixtures.ts';
import { ensurePlatformTenant } from '../audit-trail/platform-tenant.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();

describe.skipIf(databaseUrl === undefined || searchUrl === undefined)('organisations on one installation', () => {
  let test: TestApi;
  let own: ApiTenant;
  let other: ApiTenant;
  let admin: TestPerson;
  let adminCookie: string;
  let operatorEmail: string;
  let operatorCookie: string;
  let platformId: string;
  let range: { from: string; to: string };
  let mails = '';
  const mailServer = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      stream.on('data', (part: Buffer) => (mails += part.toString()));
      stream.on('end', () => done());
    },
  });

  /** An operator with a full session and a second factor proven just now. */
  const addOperator = async (): Promise<void> => {
    const { database, keyring } = test;
    const home = await ensurePlatformTenant({ database, keyring });
    platformId = home.id;
    operatorEmail = `operator-${randomUUID()}@platform.example`;
    const userId = await database.forTenant(home.id).users.put({
      email: operatorEmail,
      displayName: 'Op Erator',
      role: 'platform-operator',
      language: 'en',
      passwordHash: null,
    });
    const token = randomBytes(32).toString('base64url');
    const sessionId = await database.platform.sessions.create({
      tenantId: home.id,
      userId,
      tokenSha256: createHash('sha256').update(token).digest(),
      expiresAt: new Date(Date.now() + 3_600_000),
      stage: 'full',
      methods: ['password', 'totp'],
    });
    await database.platform.sessions.noteStepUp(sessionId);
    operatorCookie = `akashi_session=${token}`;
  };

  beforeAll(async () => {
    await new Promise<void>((resolve) => mailServer.listen(0, '127.0.0.1', resolve));
    const mailAddress = mailServer.server.address();
    const mailPort = typeof mailAddress === 'object' && mailAddress !== null ? mailAddress.port : 0;
    const smtpUrl = `smtp://127.0.0.1:${mailPort}`;
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '', smtpUrl });
    own = await test.createTenant();
    other = await test.createTenant();
    await own.seal('db/audit', ['the own database line']);
    await own.seal('web', ['the own web line']);
    await other.seal('db/audit', ['the neighbour’s line']);
    admin = await addPerson(test, own, 'tenant-admin');
    await addGroup(own, [admin], { logGroups: ['*'] });
    adminCookie = await admin.signIn();
    await addOperator();
    const now = Date.now();
    range = { from: new Date(now - 86_400_000).toISOString(), to: new Date(now + 86_400_000).toISOString() };
  });
  afterAll(async () => {
    await test.close();
    await new Promise<void>((resolve) => mailServer.close(resolve));
  });

  interface Call {
    cookie: string;
    body?: unknown;
    support?: string;
  }

  const call = async (method: string, path: string, { cookie, body, support }: Call): Promise<TestAnswer> => {
    const answer = await fetch(`${test.api.url}${path}`, {
      method,
      headers: {
        cookie,
        'x-akashi-csrf': '1',
        ...(support === undefined ? {} : { 'x-akashi-support': support }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      text,
      json: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
      headers: answer.headers,
    };
  };
  const actsOf = (tenantId: string) =>
    test.intake.acts.filter((act) => act.tenantId === tenantId).map(({ event }) => event.action);

  it('lets an organisation see and tighten its settings, and refuses weaker ones with the number', async () => {
    const seen = await call('GET', '/v1/organisation', { cookie: adminCookie });
    expect(seen.json).toMatchObject({
      id: own.tenant.id,
      security: { idleMinutes: 15 },
      quotas: { burstRecords: defaultQuotas.burstRecords },
      sealIntervalSeconds: 60,
    });
    const change = {
      nameEn: 'Own Ltd',
      sealIntervalSeconds: 300,
      security: { idleMinutes: 10 },
    };
    const changed = await call('PATCH', '/v1/organisation', { cookie: adminCookie, body: change });
    expect(changed.status).toBe(200);
    expect(changed.json).toMatchObject({
      nameEn: 'Own Ltd',
      sealIntervalSeconds: 300,
      security: { idleMinutes: 10, lockMinutes: 30 },
    });
    for (const security of [{ idleMinutes: 16 }, { passwordMinLength: 11 }, { lockAfterFailures: 11 }]) {
      const weak = await call('PATCH', '/v1/organisation', { cookie: adminCookie, body: { security } });
      expect(weak).toMatchObject({ status: 400, json: { code: 'setting-too-weak', reason: Object.keys(security)[0] } });
      expect(weak.text).toContain('pci:4.0.1:8.');
    }
    const reset = await call('PATCH', '/v1/organisation', {
      cookie: adminCookie,
      body: { security: { idleMinutes: null } },
    });
    expect(reset.json).toMatchObject({ security: { idleMinutes: 15 } });
    const stale = await admin.signIn({ steppedUp: false });
    const refused = await call('PATCH', '/v1/organisation', { cookie: stale, body: change });
    expect(refused).toMatchObject({ status: 403, json: { code: 'step-up-required' } });
    for (const body of [
      { quotas: {} },
      { timeZone: 'Asia/Nowhere' },
      { status: 'active' },
      { contacts: [{ name: 'x' }] },
      { sealIntervalSeconds: 9 },
      { sealIntervalSeconds: 301 },
      { sealIntervalSeconds: 60.5 },
    ])
      expect(
        (await call('PATCH', '/v1/organisation', { cookie: adminCookie, body })).status,
        JSON.stringify(body),
      ).toBe(400);
    expect(actsOf(own.tenant.id)).toContain('settings.change');
  });

  it('shows operators figures and nobody else anything', async () => {
    const listed = await call('GET', '/v1/platform/tenants', { cookie: operatorCookie });
    expect(listed.status).toBe(200);
    expect(listed.text).toContain(own.tenant.slug);
    for (const hidden of ['db/audit', 'own database line']) expect(listed.text).not.toContain(hidden);
    const health = await call('GET', '/v1/platform/health', { cookie: operatorCookie });
    expect(health.json).toMatchObject({ parts: [{ name: 'database', state: 'ready' }, {}, {}, {}, {}] });
    for (const path of ['/v1/platform/tenants', '/v1/platform/health', `/v1/platform/tenants/${other.tenant.id}`])
      expect((await call('GET', path, { cookie: adminCookie })).status, path).toBe(403);
    expect((await call('GET', '/v1/organisation', { cookie: operatorCookie })).status).toBe(403);
    expect((await call('GET', `/v1/platform/tenants/${randomUUID()}`, { cookie: operatorCookie })).status).toBe(404);
    expect(actsOf(platformId)).toEqual(expect.arrayContaining(['tenant.list', 'platform.view']));
  });

  it('makes an organisation with keys and an invitation, suspends, resumes and closes it', async () => {
    const slug = `made-${randomUUID().slice(0, 8)}`;
    const wanted = {
      slug,
      nameJa: '新しい組織',
      nameEn: 'New',
      timeZone: 'Asia/Tokyo',
      language: 'ja',
      admin: { email: `first@${slug}.example`, displayName: '最初 の人' },
    };
    const made = await call('POST', '/v1/platform/tenants', { cookie: operatorCookie, body: wanted });
    expect(made.status, made.text).toBe(201);
    const id = String(made.json['id']);
    expect(made.json['invitationSent']).toBe(true);
    expect(mails).toContain(`To: `);
    expect(mails).toContain(`first@${slug}.example`);
    expect(test.keyring.forTenant(id).verifierKey()).toContain(`akashi.log/${id}`);
    expect(actsOf(id)).toEqual(['tenant.create', 'member.invite']);
    const again = await call('POST', '/v1/platform/tenants', { cookie: operatorCookie, body: wanted });
    expect(again).toMatchObject({ status: 409, json: { code: 'slug-taken' } });

    const act = (name: string, body: object) =>
      call('POST', `/v1/platform/tenants/${id}/${name}`, { cookie: operatorCookie, body });
    expect((await act('suspend', { reason: 'unpaid' })).json).toMatchObject({ status: 'suspended' });
    expect((await act('resume', { reason: 'paid' })).json).toMatchObject({ status: 'active', suspendedAt: null });
    expect((await act('close', { reason: 'left', confirm: 'other' })).status).toBe(400);
    expect((await act('close', { reason: 'left', confirm: slug })).json).toMatchObject({ status: 'closed' });
    expect(await act('resume', { reason: 'back' })).toMatchObject({ status: 409, json: { code: 'tenant-closed' } });
    const home = await call('POST', `/v1/platform/tenants/${platformId}/suspend`, {
      cookie: operatorCookie,
      body: { reason: 'x' },
    });
    expect(home.status).toBe(403);
    expect(actsOf(id)).toEqual(['tenant.create', 'member.invite', 'tenant.suspend', 'tenant.resume', 'tenant.close']);
    expect(actsOf(platformId)).toEqual(expect.arrayContaining(['tenant.create', 'tenant.suspend', 'tenant.close']));
  });

  it('keeps reading while suspended, and neither sessions nor keys once closed', async () => {
    const tenant = await test.createTenant();
    const cookie = await (await addPerson(test, tenant, 'tenant-admin')).signIn();
    const act = (name: string, body: object) =>
      call('POST', `/v1/platform/tenants/${tenant.tenant.id}/${name}`, { cookie: operatorCookie, body });
    const withKey = async () =>
      (await fetch(`${test.api.url}/v1/log-groups`, { headers: { authorization: `Bearer ${tenant.apiKey}` } })).status;
    await act('suspend', { reason: 'x' });
    expect([(await call('GET', '/v1/log-groups', { cookie })).status, await withKey()]).toEqual([200, 200]);
    await act('close', { reason: 'x', confirm: tenant.tenant.slug });
    expect([(await call('GET', '/v1/log-groups', { cookie })).status, await withKey()]).toEqual([401, 401]);
  });

  it('sets quotas, and holds an organisation to its searches at a time', async () => {
    const path = `/v1/platform/tenants/${other.tenant.id}/quotas`;
    const body = { bytesPerSecond: null, concurrentSearches: 1 };
    const set = await call('PUT', path, { cookie: operatorCookie, body });
    expect(set.json).toMatchObject({ quotas: body, ownQuotas: ['bytesPerSecond', 'concurrentSearches'] });
    expect((await call('PUT', path, { cookie: operatorCookie, body: { burstBytes: 0 } })).status).toBe(400);
    const search = (key: string) =>
      fetch(`${test.api.url}/v1/search`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ ...range, query: '' }),
      });
    const answers = await Promise.all(Array.from({ length: 12 }, () => search(other.apiKey)));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
    expect(await refused[0]?.json()).toMatchObject({ code: 'quota-exceeded', reason: 'concurrentSearches' });
    expect(refused[0]?.headers.get('retry-after')).toBe('2');
    expect((await search(own.apiKey)).status).toBe(200);
  });

  describe('support access', () => {
    const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();
    const grant = (body: object) => call('POST', '/v1/support-access', { cookie: adminCookie, body });
    const wanted = () => ({
      operator: operatorEmail,
      purpose: '障害調査 #12',
      logGroups: ['db/*', '*'],
      endsAt: inHours(1),
    });
    const searchAll = (support?: string) =>
      call('POST', '/v1/search', {
        cookie: operatorCookie,
        body: { ...range, query: '' },
        ...(support === undefined ? {} : { support }),
      });

    it('is for a time and a purpose, never longer than 72 hours, never the audit trail', async () => {
      expect((await grant({ ...wanted(), endsAt: inHours(73) })).status).toBe(400);
      expect((await grant({ ...wanted(), endsAt: inHours(-1) })).status).toBe(400);
      expect((await grant({ ...wanted(), logGroups: ['akashi/audit'] })).status).toBe(400);
      expect((await grant({ ...wanted(), purpose: '' })).status).toBe(400);
      const viewer = await (await addPerson(test, own, 'viewer')).signIn();
      expect((await call('POST', '/v1/support-access', { cookie: viewer, body: wanted() })).status).toBe(403);
      // Nobody lets an operator see what they do not see themselves, all of it.
      const blind = await addPerson(test, own, 'tenant-admin');
      const partly = await addPerson(test, own, 'tenant-admin');
      await addGroup(own, [partly], { logGroups: ['db/*'], hiddenFields: ['user.name'] });
      for (const person of [blind, partly]) {
        const body = { ...wanted(), logGroups: ['db/*'] };
        const refused = await call('POST', '/v1/support-access', { cookie: await person.signIn(), body });
        expect(refused.json).toMatchObject({ code: 'forbidden', reason: 'beyond-own-access' });
      }
      const stale = await admin.signIn({ steppedUp: false });
      expect((await call('POST', '/v1/support-access', { cookie: stale, body: wanted() })).json).toMatchObject({
        code: 'step-up-required',
      });
    });

    it('shows the operator what was granted while it lasts, on record on both sides, and seen by the people', async () => {
      expect((await searchAll()).json).toMatchObject({ items: [] });
      const granted = await grant({ ...wanted(), logGroups: ['db/*'] });
      expect(granted.status, granted.text).toBe(201);
      const id = String(granted.json['id']);
      const listed = await call('GET', '/v1/platform/support-access', { cookie: operatorCookie });
      expect(listed.text).toContain(id);

      const before = test.intake.acts.length;
      const found = await searchAll(id);
      expect(found.text).toContain('the own database line');
      expect(found.text).not.toContain('web line');
      expect(found.text).not.toContain('neighbour');
      const acts = test.intake.acts.slice(before).map((act) => `${act.tenantId} ${act.event.action}`);
      expect(acts.toSorted()).toEqual(
        [
          `${own.tenant.id} search`,
          `${own.tenant.id} support-access.read`,
          `${platformId} support-access.read`,
        ].toSorted(),
      );
      expect(test.intake.acts.slice(before)[0]).toMatchObject({ user: { email: operatorEmail } });

      const session = await call('GET', '/v1/session', { cookie: adminCookie });
      expect(session.json['supportAccess']).toMatchObject([{ operator: operatorEmail, purpose: '障害調査 #12' }]);

      for (const [method, path] of [
        ['GET', '/v1/organisation'],
        ['GET', '/v1/log/checkpoint'],
        ['GET', '/v1/platform/tenants'],
        ['GET', '/v1/session'],
      ] as const) {
        const beyond = await call(method, path, { cookie: operatorCookie, support: id });
        expect(beyond.status, path).toBe(403);
      }
      expect((await searchAll(randomUUID())).status).toBe(403);
      const person = await call('POST', '/v1/search', {
        cookie: adminCookie,
        body: { ...range, query: '' },
        support: id,
      });
      expect(person.status).toBe(403);

      const revoked = await call('POST', `/v1/support-access/${id}/revoke`, { cookie: adminCookie });
      expect(revoked.json).toMatchObject({ state: 'revoked' });
      expect((await searchAll(id)).status).toBe(403);
      const after = await call('GET', '/v1/session', { cookie: adminCookie });
      expect(after.json['supportAccess']).toEqual([]);
      expect(actsOf(own.tenant.id)).toEqual(expect.arrayContaining(['support-access.grant', 'support-access.revoke']));
      expect(actsOf(platformId)).toEqual(expect.arrayContaining(['support-access.grant', 'support-access.revoke']));
    });

    it('never opens the audit trail, whatever the pattern', async () => {
      await own.seal('akashi/audit', ['{"message":"an act of the own people"}']);
      const granted = await grant({ ...wanted(), logGroups: ['*'] });
      const found = await searchAll(String(granted.json['id']));
      expect(found.text).toContain('the own web line');
      expect(found.text).not.toContain('an act of the own people');
    });

    it('does not let an operator in where the trail cannot be written', async () => {
      const granted = await grant(wanted());
      test.intake.isAway = true;
      try {
        expect((await searchAll(String(granted.json['id']))).status).toBe(503);
      } finally {
        test.intake.isAway = false;
      }
    });
  });

  it('shows operators the senders of the last hour whom nobody knows', async () => {
    const refused = (address: string, transport: 'syslog-udp' | 'syslog-tcp', count: number) =>
      formatAuditLine({
        id: randomUUID(),
        at: new Date(),
        service: 'ingest',
        actor: { kind: 'anonymous', id: null, name: 'unknown' },
        origin: { address },
        event: {
          action: 'sender.refused',
          outcome: 'failure',
          reason: 'no-source',
          target: { kind: 'listener', name: `${transport} port 514` },
          count,
          details: { transport },
        },
      });
    const home = { tenant: { id: platformId }, database: test.database.forTenant(tenantId(platformId)) };
    const seal = await test.sealerOf(home);
    await seal('akashi/audit', [
      refused('192.0.2.7', 'syslog-udp', 1),
      refused('192.0.2.7', 'syslog-tcp', 2),
      refused('others', 'syslog-udp', 700),
      refused('192.0.2.7', 'syslog-udp', 40),
    ]);
    const { json } = await call('GET', '/v1/platform/health', { cookie: operatorCookie });
    const udp = { transport: 'syslog-udp', target: 'syslog-udp port 514', reason: 'no-source' };
    const tcp = { transport: 'syslog-tcp', target: 'syslog-tcp port 514', reason: 'no-source' };
    expect(json['unknownSenders']).toMatchObject({
      isWhole: true,
      items: [
        { address: '192.0.2.7', count: 41, ...udp },
        { address: 'others', count: 700, ...udp },
        { address: '192.0.2.7', count: 2, ...tcp },
      ],
    });
  });

  it('whose a sender is, operators confirm: of two who say so one gets it, and it is on record with both', async () => {
    const address = '203.0.113.0/24';
    const put = async (tenant: ApiTenant, name: string, addressRange = address): Promise<string> => {
      const id = randomUUID();
      const values = { name, addressRange, certificateFingerprint: null, logGroup: 'network', timeZone: null };
      await tenant.database.sourceSettings.create({ id, kind: 'syslog', ...values, format: null, encoding: null }, () =>
        Promise.resolve(),
      );
      return id;
    };
    const [mine, theirs] = [await put(own, 'claimed'), await put(other, 'claimed too', '203.0.113.7')];
    const wide = await put(own, 'of long ago', '10.0.0.0/8');
    const decide = (id: string, what: string): ReturnType<typeof call> =>
      call('POST', `/v1/platform/sender-claims/${id}/${what}`, {
        cookie: operatorCookie,
        body: { reason: 'their office' },
      });
    const takenIn = async (): Promise<string[]> =>
      (await test.database.platform.loadSenders()).sources
        .map(({ id }) => id)
        .filter((id) => [mine, theirs].includes(id));
    expect(await takenIn()).toEqual([]);
    expect(await decide(mine, 'confirm')).toMatchObject({ status: 200, json: { clashes: false } });
    expect(await takenIn()).toEqual([mine]);
    expect(await decide(theirs, 'confirm')).toMatchObject({ status: 409, json: { reason: 'sender-clashes' } });
    expect(await decide(wide, 'confirm')).toMatchObject({ status: 409, json: { reason: 'range-too-wide' } });
    const listed = senderClaimsAnswer.parse(
      (await call('GET', '/v1/platform/sender-claims', { cookie: operatorCookie })).json,
    );
    expect(listed.items.find(({ id }) => id === theirs)).toMatchObject({ clashes: true, confirmedAt: null });
    expect(JSON.stringify(listed)).not.toMatch(/claimed|network/);
    expect(await decide(mine, 'withdraw')).toMatchObject({ status: 200, json: { confirmedAt: null } });
    expect((await decide(theirs, 'confirm')).status).toBe(200);
    expect(await takenIn()).toEqual([theirs]);
    // Another name is the same sender, another address is not.
    const values = { certificateFingerprint: null, logGroup: 'network', timeZone: null, format: null, encoding: null };
    const change = (name: string, addressRange: string): Promise<unknown> =>
      other.database.sourceSettings.change(theirs, { ...values, name, addressRange }, () => Promise.resolve());
    await change('renamed', '203.0.113.7');
    expect(await takenIn()).toEqual([theirs]);
    await change('renamed', '203.0.113.8');
    expect(await takenIn()).toEqual([]);
    const acts = test.intake.acts.filter(({ event }) => event.action.startsWith('sender.'));
    expect(acts.map(({ event }) => event.action)).toEqual(
      expect.arrayContaining(['sender.confirm', 'sender.withdraw']),
    );
    expect((await decide(randomUUID(), 'confirm')).status).toBe(404);
  });
});
