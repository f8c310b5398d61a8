import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { incident, incidentsAnswer, notificationChannelsAnswer, type IncidentAnswer } from '@akashi/contracts';
import { findDatabaseServer, findSearchServer } from '@akashi/testkit';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestApi, type ApiTenant, type TestApi } from '../api.fixtures.ts';
import { addPerson, callApi, type TestAnswer } from '../people.fixtures.ts';
import { startTestMail, type TestMail } from '../test-mail.fixtures.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();
const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 30, 0, minute));
const tampering = { kind: 'integrity-mismatch', where: 'event 4-1', cause: 'index-document-altered' } as const;
const late = { kind: 'pipeline-late', where: 'index', cause: 'not-indexed' } as const;
const closing = { action: 'restored the document', prevention: 'took the right away' };

describe.skipIf(databaseUrl === undefined || searchUrl === undefined)('incidents', () => {
  let test: TestApi;
  let mail: TestMail;
  let own: ApiTenant;
  let cookie: string;

  beforeAll(async () => {
    mail = await startTestMail();
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '', smtpUrl: mail.url });
  });
  beforeEach(async () => {
    own = await test.createTenant();
    cookie = await (await addPerson(test, own, 'tenant-admin')).signIn();
  });
  afterAll(async () => {
    await test.close();
    mail.close();
  });

  const send = (method: string, path: string, body?: unknown, as = cookie): Promise<TestAnswer> =>
    callApi(test, { method, path, body }, { cookie: as });
  const list = async (query = ''): Promise<IncidentAnswer[]> =>
    incidentsAnswer.parse((await send('GET', `/v1/incidents${query}`)).json).items;

  it('are listed newest first, by state and kind, page by page', async () => {
    const { incidents } = own.database;
    for (let minute = 0; minute < 5; minute += 1) {
      await incidents.notice({ ...tampering, where: `event 4-${minute}`, at: at(minute), details: { block: 4 } });
    }
    await incidents.notice({ ...late, at: at(9) });
    await incidents.cease({ ...late, at: at(10) });
    expect((await list()).map(({ where }) => where)).toEqual([
      'index',
      ...[4, 3, 2, 1, 0].map((leaf) => `event 4-${leaf}`),
    ]);
    expect(await list('?state=closed')).toMatchObject([
      { ...late, state: 'closed', closesByItself: true, endedAt: at(10).toISOString() },
    ]);
    expect(await list('?state=open')).toHaveLength(5);
    expect((await list('?state=open&kind=integrity-mismatch'))[0]).toMatchObject({
      state: 'open',
      closesByItself: false,
      details: { block: 4 },
    });
    expect(await list('?kind=unparsed')).toEqual([]);
    const seen: string[] = [];
    let cursor = '';
    for (let page = 0; page < 3; page += 1) {
      const answer = incidentsAnswer.parse((await send('GET', `/v1/incidents?limit=2${cursor}`)).json);
      seen.push(...answer.items.map(({ where }) => where));
      expect(answer.unfinished).toBe(5);
      cursor = answer.next === undefined ? '' : `&cursor=${encodeURIComponent(answer.next)}`;
    }
    expect([new Set(seen).size, cursor]).toEqual([6, '']);
    expect((await send('GET', '/v1/incidents?cursor=x')).json).toMatchObject({ code: 'cursor-invalid' });
    expect((await send('GET', '/v1/incidents?state=ajar')).json).toMatchObject({ code: 'request-invalid' });
    expect((await send('GET', '/v1/session')).json).toMatchObject({ openIncidents: 5 });
  });

  it('are acknowledged and closed once, with a record, and each act is on record', async () => {
    const { id } = await own.database.incidents.notice({ ...tampering, at: at(0) });
    const taken = incident.parse((await send('POST', `/v1/incidents/${id}/acknowledge`)).json);
    expect(taken).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'tenant-admin' });
    expect((await send('POST', `/v1/incidents/${id}/close`, { prevention: 'x' })).json).toMatchObject({
      code: 'request-invalid',
    });
    const secretive = { ...closing, rootCause: 'card 4980000123456789\nwas in a note' };
    const closed = await send('POST', `/v1/incidents/${id}/close`, secretive);
    expect(closed.text).not.toContain('4980000123456789');
    expect(incident.parse(closed.json)).toMatchObject({
      ...closing,
      state: 'closed',
      closedBy: 'tenant-admin',
      rootCause: expect.stringMatching(/^card 498000\D+6789\nwas in a note$/),
      endedAt: expect.any(String),
    });
    expect(incident.parse((await send('GET', `/v1/incidents/${id}`)).json)).toMatchObject({ ...closing });
    for (const act of ['acknowledge', 'close']) {
      const again = await send('POST', `/v1/incidents/${id}/${act}`, act === 'close' ? closing : undefined);
      expect(again.json, act).toMatchObject({ status: 409, code: 'incident-closed' });
    }
    const acts = test.intake.acts.filter(({ event }) => event.action.startsWith('incident.'));
    const done = acts.filter(({ akashi }) => JSON.stringify(akashi).includes(id)).map(({ event }) => event);
    expect(done.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      'incident.acknowledge success',
      'incident.close failure',
      'incident.close success',
      'incident.view success',
      'incident.acknowledge failure',
      'incident.close failure',
    ]);
  });

  it('take a record also when they closed by themselves', async () => {
    const { id } = await own.database.incidents.notice({ ...late, at: at(0) });
    await own.database.incidents.cease({ ...late, at: at(5) });
    const closed = incident.parse((await send('POST', `/v1/incidents/${id}/close`, closing)).json);
    expect(closed).toMatchObject({ ...closing, endedAt: at(5).toISOString(), closedBy: 'tenant-admin' });
  });

  it('are closed by those who answer for the system, seen and acknowledged by those who work with it', async () => {
    const may: Record<string, string[]> = {};
    for (const role of ['log-administrator', 'reviewer', 'approver', 'viewer', 'auditor']) {
      const as = await (await addPerson(test, own, role)).signIn();
      const { id } = await own.database.incidents.notice({ ...tampering, where: `event of ${role}`, at: at(0) });
      const answers = {
        see: await send('GET', '/v1/incidents', undefined, as),
        // What the link of a message leads to, whoever got the message.
        follow: await send('GET', `/v1/incidents/${id}`, undefined, as),
        acknowledge: await send('POST', `/v1/incidents/${id}/acknowledge`, undefined, as),
        close: await send('POST', `/v1/incidents/${id}/close`, closing, as),
        channels: await send('GET', '/v1/notification-channels', undefined, as),
      };
      may[role] = Object.entries(answers).flatMap(([act, { status }]) => (status === 200 ? [act] : []));
    }
    expect(may).toEqual({
      'log-administrator': ['see', 'follow', 'acknowledge'],
      reviewer: ['see', 'follow', 'acknowledge'],
      approver: ['see', 'follow', 'acknowledge', 'close'],
      viewer: [],
      auditor: ['see', 'follow', 'channels'],
    });
    const program = await callApi(test, { method: 'GET', path: '/v1/incidents' }, { key: own.apiKey });
    expect(incidentsAnswer.parse(program.json).unfinished).toBe(4);
  });

  it('of another organisation are not there', async () => {
    const other = await test.createTenant();
    const { id } = await other.database.incidents.notice({ ...tampering, at: at(0) });
    for (const [method, path, body] of [
      ['GET', `/v1/incidents/${id}`],
      ['POST', `/v1/incidents/${id}/acknowledge`],
      ['POST', `/v1/incidents/${id}/close`, closing],
      ['PATCH', `/v1/notification-channels/${other.tenant.id}`, { enabled: false }],
      ['POST', `/v1/notification-channels/${other.tenant.id}/try`],
      ['DELETE', `/v1/notification-channels/${other.tenant.id}`],
    ] as const) {
      expect((await send(method, path, body)).json, path).toMatchObject({ status: 404, code: 'not-found' });
    }
    expect(await list()).toEqual([]);
    expect(await other.database.incidents.find(id)).toMatchObject({ state: 'open' });
  });

  describe('are told by channels', () => {
    let receiver: Server;
    let url: string;
    let status = 204;
    const called: { headers: IncomingHttpHeaders; body: string }[] = [];

    beforeAll(async () => {
      receiver = createServer((request, response) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => {
          called.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
          response.writeHead(status).end();
        });
      });
      await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
      url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
    });
    afterAll(() => receiver.close());

    const channels = async () =>
      notificationChannelsAnswer.parse((await send('GET', '/v1/notification-channels')).json).items;

    it('that are made with a secret shown once, tried, changed and removed', async () => {
      const made = await send('POST', '/v1/notification-channels', { kind: 'webhook', name: 'pager', target: url });
      expect(made.status, made.text).toBe(201);
      const { id, secret } = made.json as { id: string; secret: string };
      expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
      expect(JSON.stringify(await channels())).not.toContain(secret);
      expect((await send('POST', `/v1/notification-channels/${id}/try`)).json).toEqual({ outcome: 'sent' });
      const { headers, body } = called.at(-1) ?? { headers: {}, body: '' };
      const read = new Webhook(secret).verify(body, headers as Record<string, string>);
      expect(read).toMatchObject({ type: 'channel.test', data: { organisation: { id: own.tenant.id } } });
      status = 500;
      expect((await send('POST', `/v1/notification-channels/${id}/try`)).json).toEqual({
        outcome: 'failed',
        error: 'http-500',
      });
      status = 204;
      const change = { enabled: false, kinds: ['integrity-mismatch'] };
      expect((await send('PATCH', `/v1/notification-channels/${id}`, change)).json).toMatchObject(change);
      expect((await channels()).find((each) => each.id === id)).toMatchObject({ ...change, lastError: 'http-500' });
      expect((await send('DELETE', `/v1/notification-channels/${id}`)).status).toBe(204);
      expect((await channels()).map(({ kind }) => kind)).toEqual(['contacts']);
    });

    it.each(['slack', 'teams'] as const)('of %s, whose URL is a secret that nobody sees again', async (kind) => {
      const target = `${url}/services/T0-very-secret`;
      const made = await send('POST', '/v1/notification-channels', { kind, name: 'chat', target });
      expect(made.status, made.text).toBe(201);
      const { id } = made.json as { id: string };
      expect(made.json).toMatchObject({ kind, target: new URL(url).origin, minimalSeverity: 'low', enabled: true });
      expect(made.json).not.toHaveProperty('secret');
      expect((await send('POST', `/v1/notification-channels/${id}/try`)).json).toEqual({ outcome: 'sent' });
      expect(called.at(-1)?.body).toContain('通知先の確認');
      expect(called.at(-1)?.headers).not.toHaveProperty('webhook-signature');
      expect((await send('PATCH', `/v1/notification-channels/${id}`, { minimalSeverity: 'high' })).status).toBe(200);
      const seen = [JSON.stringify(await channels()), made.text, JSON.stringify(test.intake.acts)].join('');
      expect(seen).not.toContain('very-secret');
      const stored = await own.database.notificationChannels.find(id);
      expect([stored?.target, stored?.sealedSecret?.toString('latin1')].join(' ')).not.toContain('very-secret');
    });

    it('that are told of some incidents, at some hours, of one area, and ask another', async () => {
      const [contacts] = await channels();
      const settings = {
        kinds: ['unparsed'],
        minimalSeverity: 'high',
        hours: { days: [1, 2, 3, 4, 5], fromMinute: 540, untilMinute: 1080 },
        digestMinute: 480,
        areaId: own.tenant.id,
        escalation: { channelId: contacts?.id, afterMinutes: 30 },
      };
      const body = { kind: 'mail', name: 'desk', target: 'desk@example.jp', ...settings };
      const made = await send('POST', '/v1/notification-channels', body);
      expect(made.json).toMatchObject({ ...settings });
      const { id } = made.json as { id: string };
      const change = (of: string, wanted: object) => send('PATCH', `/v1/notification-channels/${of}`, wanted);
      for (const act of [
        await change(contacts?.id ?? '', { enabled: false }),
        await change(contacts?.id ?? '', { escalation: { channelId: contacts?.id, afterMinutes: 30 } }),
        await change(id, { escalation: { channelId: own.tenant.id.replace(/^./, 'f'), afterMinutes: 30 } }),
        await change(id, { areaId: '11111111-1111-4111-8111-111111111111' }),
      ]) {
        expect(act.json, act.text).toMatchObject({ status: 409, code: 'conflict' });
      }
      for (const wrong of [
        { minimalSeverity: 'dire' },
        { digestMinute: 1_440 },
        { hours: { days: [], fromMinute: 0, untilMinute: 60 } },
        { escalation: { channelId: contacts?.id, afterMinutes: 1 } },
      ]) {
        expect((await change(id, wrong)).json, JSON.stringify(wrong)).toMatchObject({ code: 'request-invalid' });
      }
      const none = { hours: null, digestMinute: null, areaId: null, escalation: null };
      const changed = await change(id, { ...none, minimalSeverity: 'low', kinds: [] });
      expect(Object.keys(changed.json as object)).not.toEqual(expect.arrayContaining(['hours']));
      expect(changed.json).toMatchObject({ minimalSeverity: 'low', kinds: [] });
      expect((await change(contacts?.id ?? '', { enabled: false })).status).toBe(200);
    });

    it('of which that of the contacts is there from the beginning, tried by mail', async () => {
      await own.database.organisation.change({
        contacts: [{ name: '佐藤', email: 'sato@example.jp', purpose: 'security' }],
      });
      const [contacts] = await channels();
      const before = mail.messages.length;
      expect((await send('POST', `/v1/notification-channels/${contacts?.id}/try`)).json).toEqual({ outcome: 'sent' });
      expect(mail.messages.slice(before).join('')).toMatch(/^To: .*<sato@example\.jp>/m);
      const removed = await send('DELETE', `/v1/notification-channels/${contacts?.id}`);
      expect(removed.json).toMatchObject({ code: 'conflict', reason: 'contacts' });
    });

    it.each([
      'http://10.0.0.7/hook',
      'https://169.254.169.254/latest/meta-data',
      'https://[::1]/hook',
      'https://192.168.1.1/hook',
    ])('that lead to no place of the installation: %s', async (target) => {
      const body = { kind: 'webhook', name: 'inside', target };
      const made = await send('POST', '/v1/notification-channels', body);
      expect(made.json).toMatchObject({ code: 'address-refused' });
      expect(await channels()).toHaveLength(1);
    });

    it('that only an administrator with a fresh second factor makes', async () => {
      const admin = await addPerson(test, own, 'tenant-admin');
      const stale = await admin.signIn({ steppedUp: false });
      const body = { kind: 'mail', name: 'desk', target: 'desk@example.jp' };
      const early = await send('POST', '/v1/notification-channels', body, stale);
      expect(early.json).toMatchObject({ code: 'step-up-required' });
      const approver = await (await addPerson(test, own, 'approver')).signIn();
      expect((await send('POST', '/v1/notification-channels', body, approver)).status).toBe(403);
      expect((await send('POST', '/v1/notification-channels', body)).json).toMatchObject({ target: body.target });
    });
  });
});
