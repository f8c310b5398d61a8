import {
  formatTrialAnswer,
  formatTryAnswer,
  ownFormatAnswer,
  ownFormatsAnswer,
  savedOwnFormat,
  type OwnFormatDefinition,
} from '@akashi/contracts';
import { findDatabaseServer, findSearchServer } from '@akashi/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type ApiTenant, type TestApi } from '../api.fixtures.ts';
import { addGroup, addPerson, callApi, type TestAnswer, type TestPerson } from '../people.fixtures.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();

const definition: OwnFormatDefinition = {
  name: 'payroll',
  reads: 'record',
  reading: {
    kind: 'grok',
    patterns: ['^%{TIMESTAMP_ISO8601:when} %{USER:user.name} %{WORD:act}(?: %{GREEDYDATA:note})?$'],
  },
  time: { key: 'when', patterns: ['%Y-%m-%d %H:%M:%S'] },
  rules: [
    {
      when: [{ key: 'act', is: ['login'] }],
      set: { 'event.action': 'payroll_login', 'event.outcome': 'success' },
      classes: ['authentication-use'],
    },
  ],
};
const lines = ['2026-11-22 10:00:00 yamada login', '2026-11-22 10:00:01 suzuki logout card 4980000123456789'];

describe.skipIf(databaseUrl === undefined || searchUrl === undefined)('an organisation’s own formats', () => {
  let test: TestApi;
  let own: ApiTenant;
  let other: ApiTenant;
  let admin: TestPerson;
  let cookie: string;

  beforeAll(async () => {
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '' });
    own = await test.createTenant();
    other = await test.createTenant();
    await own.seal('app/payroll', [...lines, 'a line of another kind']);
    await own.seal('app/secret', ['2026-11-22 10:00:00 tanaka login']);
    admin = await addPerson(test, own, 'tenant-admin');
    await addGroup(own, [admin], { logGroups: ['app/payroll'] });
    cookie = await admin.signIn();
  });
  afterAll(() => test.close());

  const send = (method: string, path: string, body?: unknown, as = cookie): Promise<TestAnswer> =>
    callApi(test, { method, path, body }, { cookie: as });
  const acts = (): string[] => test.intake.acts.map(({ event }) => `${event.action} ${event.outcome}`);

  it('are tried on typed lines, which are masked as intake masks them and not kept', async () => {
    const answer = await send('POST', '/v1/formats/try', { definition, lines: [...lines, 'nothing of the kind'] });
    expect(answer.text).not.toContain('4980000123456789');
    const tried = formatTryAnswer.parse(answer.json);
    expect(tried.problems).toEqual([]);
    expect(tried.lines).toMatchObject([
      {
        isRead: true,
        fields: { 'user.name': 'yamada', 'event.action': 'payroll_login', 'pci.class': ['authentication-use'] },
        parse: { format: 'payroll', status: 'parsed' },
      },
      { isRead: true, line: expect.stringContaining('card 498000'), fields: { 'user.name': 'suzuki' } },
      { isRead: false, miss: { position: 0, expected: '%{TIMESTAMP_ISO8601:when}' } },
    ]);
    expect(JSON.stringify(test.intake.acts)).not.toContain('yamada login');
    expect(acts()).toContain('format.try success');
  });

  it('are begun from typed lines', async () => {
    const answer = await send('POST', '/v1/formats/suggest', { lines });
    expect(answer.json).toMatchObject({
      suggestion: { reading: { kind: 'grok' }, time: { key: 'time', patterns: ['%Y-%m-%d %H:%M:%S'] } },
    });
    expect((await send('POST', '/v1/formats/suggest', { lines: [' '] })).json).toEqual({ suggestion: null });
  });

  it('tell everything that is wrong with them, and are not saved so', async () => {
    const broken = { ...definition, reading: { kind: 'grok', patterns: ['(?=x)%{NOPE:a}'] } };
    const tried = formatTryAnswer.parse((await send('POST', '/v1/formats/try', { definition: broken, lines })).json);
    expect(tried).toMatchObject({
      problems: [{ path: 'reading.patterns.0', code: 'unknown-pattern', near: '%{NOPE:a}', position: 5 }],
      lines: [],
    });
    expect((await send('POST', '/v1/formats', { definition: broken })).json).toMatchObject({ code: 'request-invalid' });
    const strange = { definition: { ...definition, script: 'x' } };
    expect((await send('POST', '/v1/formats', strange)).json).toMatchObject({ code: 'request-invalid' });
    const card = { definition: { ...definition, fields: { note: '4980000123456789' } } };
    expect((await send('POST', '/v1/formats', card)).status).toBe(400);
    expect(ownFormatsAnswer.parse((await send('GET', '/v1/formats')).json).items).toEqual([]);
  });

  it('are tried on lines that were received, within what the asker may read', async () => {
    const range = { from: '2000-01-01T00:00:00Z', to: '2100-01-01T00:00:00Z' };
    const trial = (logGroup: string, as = cookie) =>
      send('POST', '/v1/formats/trial', { definition, logGroup, ...range }, as);
    expect(formatTrialAnswer.parse((await trial('app/payroll')).json)).toMatchObject({
      tried: 3,
      read: 2,
      isWhole: true,
      left: [{ line: 'a line of another kind', isRead: false }],
    });
    expect(formatTrialAnswer.parse((await trial('app/secret')).json)).toMatchObject({ tried: 0, read: 0, left: [] });
    const looked = test.intake.acts.filter(({ event }) => event.action === 'format.trial').at(-1);
    expect(JSON.stringify(looked)).toContain('app/secret');
  });

  it('are saved version by version, activated for log groups, and ended', async () => {
    expect(savedOwnFormat.parse((await send('POST', '/v1/formats', { definition })).json)).toEqual({
      id: 'payroll',
      version: 1,
    });
    const second = { ...definition, fields: { note: 'event.reason' } };
    expect((await send('POST', '/v1/formats', { definition: second })).json).toMatchObject({ version: 2 });
    const activate = (version: number) =>
      send('POST', '/v1/formats/payroll/activate', { version, logGroups: ['app/payroll'] });
    expect((await activate(3)).status).toBe(404);
    const live = ownFormatAnswer.parse((await activate(2)).json);
    expect(live).toMatchObject({
      id: 'payroll',
      live: { version: 2, logGroups: ['app/payroll'], activatedBy: 'tenant-admin' },
      versions: [
        { version: 2, definition: second },
        { version: 1, definition },
      ],
    });
    const [kept] = await own.database.ownFormats.live();
    expect(kept).toMatchObject({ name: 'payroll', version: 2, definition: second });
    expect((await send('GET', '/v1/formats/payroll')).json).toEqual(live);
    expect((await send('POST', '/v1/formats/payroll/deactivate')).json).toMatchObject({ live: null });
    expect((await send('POST', '/v1/formats/payroll/deactivate')).status).toBe(404);
    expect(acts()).toEqual(
      expect.arrayContaining(['format.save success', 'format.activate success', 'format.deactivate success']),
    );
  });

  it('say that the product has switched one off, until somebody activates a version again', async () => {
    const { ownFormats, incidents } = own.database;
    const activation = { version: 2, logGroups: ['app/payroll'] };
    await send('POST', '/v1/formats/payroll/activate', activation);
    const at = new Date();
    await ownFormats.deactivate({ name: 'payroll', by: 'Akashi', at, reason: 'too-slow' }, () => Promise.resolve());
    await incidents.notice({ kind: 'rule-disabled', where: 'format payroll', cause: 'format-too-slow', at, count: 1 });
    const off = ownFormatAnswer.parse((await send('GET', '/v1/formats/payroll')).json);
    expect(off).toMatchObject({ live: null, switchedOff: { version: 2, at: at.toISOString(), reason: 'too-slow' } });
    const open = async () => (await send('GET', '/v1/incidents?state=open&kind=rule-disabled')).json;
    expect(await open()).toMatchObject({ items: [{ where: 'format payroll', cause: 'format-too-slow' }] });
    const again = ownFormatAnswer.parse((await send('POST', '/v1/formats/payroll/activate', activation)).json);
    expect(again).toMatchObject({ live: { version: 2 }, switchedOff: null });
    expect(await open()).toMatchObject({ items: [] });
    await send('POST', '/v1/formats/payroll/deactivate');
    expect((await send('GET', '/v1/formats/payroll')).json).toMatchObject({ live: null, switchedOff: null });
  });

  it('are nobody else’s, and are managed by those who manage sources', async () => {
    const stranger = await (await addPerson(test, other, 'tenant-admin')).signIn();
    expect((await send('GET', '/v1/formats', undefined, stranger)).json).toEqual({ items: [] });
    expect((await send('GET', '/v1/formats/payroll', undefined, stranger)).status).toBe(404);
    const wanted = { version: 1, logGroups: ['x'] };
    expect((await send('POST', '/v1/formats/payroll/activate', wanted, stranger)).status).toBe(404);
    for (const role of ['viewer', 'reviewer', 'approver', 'auditor']) {
      const as = await (await addPerson(test, own, role)).signIn();
      expect((await send('GET', '/v1/formats', undefined, as)).status, role).toBe(403);
      expect((await send('POST', '/v1/formats', { definition }, as)).status, role).toBe(403);
    }
  });
});
