import {
  rule,
  ruleCheckAnswer,
  ruleDetail,
  rulesAnswer,
  ruleTryAnswer,
  starterSetAnswer,
  starterSetTaken,
  type RuleAnswer,
  type RuleInput,
} from '@akashi/contracts';
import { findDatabaseServer, findSearchServer } from '@akashi/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type ApiTenant, type TestApi } from '../api.fixtures.ts';
import { addGroup, addPerson, callApi, type TestAnswer } from '../people.fixtures.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();

const failed = (user: string, second: number) =>
  `<38>Nov 20 10:00:${String(second).padStart(2, '0')} web01 sshd[1]: Failed password for ${user} from 192.0.2.1 port 1 ssh2`;
const threshold: RuleInput = {
  kind: 'threshold',
  title: 'guesses',
  severity: 'high',
  requirements: ['pci:4.0.1:8.3.4'],
  key: ['user.name'],
  quietSeconds: 60,
  where: 'event.outcome:failure',
  count: 3,
  windowSeconds: 600,
};
const sigma = `title: Deleted log
author: somebody
level: high
logsource: { product: linux, service: sshd }
detection:
  words: [ 'Failed password' ]
  condition: words
`;

describe.skipIf(databaseUrl === undefined || searchUrl === undefined)('detection rules', () => {
  let test: TestApi;
  let own: ApiTenant;
  let cookie: string;

  beforeAll(async () => {
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '' });
    own = await test.createTenant();
    await own.seal('web', [...[1, 2, 3, 4].map((second) => failed('alice', second)), failed('bob', 5)]);
    await own.seal(
      'secret',
      [6, 7, 8].map((second) => failed('carol', second)),
    );
    const admin = await addPerson(test, own, 'log-administrator');
    await addGroup(own, [admin], { logGroups: ['web'] });
    cookie = await admin.signIn();
  }, 120_000);
  afterAll(() => test.close());

  const send = (method: string, path: string, body?: unknown, as = cookie): Promise<TestAnswer> =>
    callApi(test, { method, path, body }, { cookie: as });
  const create = async (body: object): Promise<RuleAnswer> => {
    const answer = await send('POST', '/v1/rules', body);
    expect(answer.status, answer.text).toBe(201);
    return rule.parse(answer.json);
  };
  const acts = (action: string) => test.intake.acts.filter(({ event }) => event.action === action);
  const range = () => ({
    from: new Date(Date.now() - 86_400_000).toISOString(),
    to: new Date(Date.now() + 86_400_000).toISOString(),
  });

  it('are saved switched off, changed version by version, switched with a reason, and removed', async () => {
    const made = await create({ rule: threshold });
    expect(made).toMatchObject({ enabled: false, version: 1, format: 'json', title: { ja: 'guesses', en: 'guesses' } });
    const path = `/v1/rules/${made.id}`;
    expect((await send('PATCH', path, { enabled: true })).json).toMatchObject({ code: 'request-invalid' });
    const on = await send('PATCH', path, { enabled: true, reason: 'agreed on in November' });
    expect(on.json).toMatchObject({ enabled: true, reason: 'agreed on in November' });
    const changed = { rule: { ...threshold, count: 5 }, basedOn: 1 };
    expect((await send('PATCH', path, changed)).json).toMatchObject({ version: 2, enabled: true });
    expect((await send('PATCH', path, changed)).json).toMatchObject({ code: 'conflict' });
    const detail = ruleDetail.parse((await send('GET', path)).json);
    expect(detail.versions.map(({ version }) => version)).toEqual([2, 1]);
    expect(JSON.parse(detail.versions[0]?.source ?? '')).toMatchObject({ count: 5 });
    expect(detail.periods).toMatchObject([
      { version: 2, endedAt: null },
      { version: 1, beginReason: 'agreed on in November', endedBy: 'log-administrator' },
    ]);
    expect((await own.database.rules.live()).rules).toMatchObject([{ ruleId: made.id, version: 1 }, { version: 2 }]);
    expect((await send('PATCH', path, { enabled: false, reason: 'too loud' })).json).toMatchObject({ enabled: false });
    expect((await send('POST', `${path}/remove`, { reason: 'not needed' })).status).toBe(204);
    expect((await send('GET', path)).status).toBe(404);
    for (const action of ['rule.create', 'rule.change', 'rule.enable', 'rule.disable', 'rule.remove'])
      expect(acts(action).length, action).toBeGreaterThan(0);
    expect(JSON.stringify(acts('rule.disable'))).toContain('too loud');
  });

  it('are refused with their place and a reason in the language of the reader', async () => {
    const check = async (written: unknown) =>
      ruleCheckAnswer.parse((await send('POST', '/v1/rules/check', { rule: written })).json);
    expect(await check({ ...threshold, where: 'user.name:(' })).toMatchObject({
      problems: [{ path: 'where', position: expect.any(Number), message: expect.any(String) }],
      rule: null,
    });
    expect(await check({ ...threshold, where: 'person:alice' })).toMatchObject({
      problems: [{ code: 'people-not-possible' }],
    });
    expect(await check(sigma)).toMatchObject({ problems: [], rule: { kind: 'sigma', author: 'somebody' } });
    expect(await check(sigma.replace('words:', 'words|nonsense:'))).toMatchObject({ problems: [{ path: 'sigma' }] });
    const unknown = await send('POST', '/v1/rules', {
      rule: sigma.replace('product: linux, service: sshd', 'product: vax'),
    });
    expect([unknown.status, unknown.json]).toMatchObject([400, { code: 'rule-refused' }]);
    expect((await send('POST', '/v1/rules', { rule: { ...threshold, script: 'x' } })).json).toMatchObject({
      code: 'request-invalid',
    });
  });

  it('say what they ask for and no event had', async () => {
    const check = async (where: string) =>
      ruleCheckAnswer.parse((await send('POST', '/v1/rules/check', { rule: { ...threshold, where } })).json)
        .cannotMatch;
    expect(await check('parse.format:sshd AND event.outcome:failure')).toEqual([]);
    expect(await check('parse.format:vsftpd OR parse.format:sshd')).toEqual([]);
    expect(await check('parse.format:vsftpd AND NOT user.name:root')).toEqual([{ kind: 'format', name: 'vsftpd' }]);
    expect(await check('url.path:"/admin"')).toEqual([{ kind: 'field', name: 'url.path' }]);
  });

  it('are tried on past days within what the asker may see', async () => {
    const answer = await send('POST', '/v1/rules/try', { rule: threshold, ...range() });
    const tried = ruleTryAnswer.parse(answer.json);
    expect(tried).toMatchObject({
      problems: [],
      count: 1,
      matches: 5,
      alerts: [{ key: [{ field: 'user.name', value: 'alice' }], count: 4, places: [{ logGroup: 'web' }] }],
      read: { blocks: 1, records: 5 },
      ended: 'all-read',
      seesAll: false,
    });
    expect(answer.text).not.toContain('carol');
    expect(acts('rule.try').at(-1)).toMatchObject({ akashi: { audit: { count: 1 } } });
    expect(ruleTryAnswer.parse((await send('POST', '/v1/rules/try', { rule: sigma, ...range() })).json)).toMatchObject({
      count: 1,
      matches: 5,
    });
    const wide = { from: '2026-01-01T00:00:00Z', to: '2026-03-01T00:00:00Z' };
    expect((await send('POST', '/v1/rules/try', { rule: threshold, ...wide })).json).toMatchObject({
      code: 'time-range-invalid',
    });
    expect(rulesAnswer.parse((await send('GET', '/v1/rules')).json).items.map(({ title }) => title.en)).not.toContain(
      'guesses',
    );
  });

  it('are offered as a starter set, which is taken once', async () => {
    const offered = starterSetAnswer.parse((await send('GET', '/v1/rules/starter-set')).json).items;
    expect(offered.length).toBeGreaterThan(30);
    const [first, second] = offered.map(({ name }) => name);
    const take = async (names?: unknown[]) =>
      (
        await send('POST', '/v1/rules/starter-set', {
          ...(names === undefined ? {} : { names }),
          reason: 'to begin with',
        })
      ).json;
    expect(await take(['nothing'])).toMatchObject({ code: 'request-invalid' });
    expect(await take([first])).toMatchObject({ added: 1 });
    expect(await take([first, second])).toMatchObject({ added: 1 });
    const taken = starterSetTaken.parse(await take());
    expect([taken.added, taken.items.filter(({ ruleId }) => ruleId === null)]).toEqual([offered.length - 2, []]);
    const kept = rulesAnswer.parse((await send('GET', '/v1/rules')).json).items;
    expect(kept.filter(({ starter, enabled }) => starter !== null && enabled)).toHaveLength(offered.length);
  });

  it('are read by those who review, and managed by administrators', async () => {
    for (const [role, reads] of [
      ['reviewer', 200],
      ['approver', 200],
      ['auditor', 200],
      ['viewer', 403],
    ] as const) {
      const as = await (await addPerson(test, own, role)).signIn();
      expect((await send('GET', '/v1/rules', undefined, as)).status, role).toBe(reads);
      expect((await send('POST', '/v1/rules', { rule: threshold }, as)).status, role).toBe(403);
      expect((await send('POST', '/v1/rules/try', { rule: threshold, ...range() }, as)).status, role).toBe(403);
    }
    const other = await test.createTenant();
    const stranger = await (await addPerson(test, other, 'tenant-admin')).signIn();
    const made = await create({ rule: threshold });
    expect((await send('GET', `/v1/rules/${made.id}`, undefined, stranger)).status).toBe(404);
    expect((await send('PATCH', `/v1/rules/${made.id}`, { enabled: true, reason: 'x' }, stranger)).status).toBe(404);
    expect((await send('GET', '/v1/rules', undefined, stranger)).json).toEqual({ items: [] });
  });
});
