import { randomUUID } from 'node:crypto';
import type { MasterRow } from '@akashi/attribution';
import { findDatabaseServer, findSearchServer, hashKey } from '@akashi/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type ApiTenant, type TestApi } from '../api.fixtures.ts';
import { addGroup, addPerson, callApi, type TestAnswer } from '../people.fixtures.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();

const at = (time: string): number => Date.parse(`2026-06-29T${time}+09:00`);
const day = { from: '2026-06-29T00:00:00+09:00', to: '2026-06-30T00:00:00+09:00' };

function row(master: string, values: Record<string, string>, from: number | null = null, until: number | null = null) {
  return { id: randomUUID(), master, validFromMs: from, validUntilMs: until, values };
}

const yamadaMac = '00-00-00-00-00-01';
const suzukiMac = '00-00-00-00-00-02';
const account = row('common-ids', { system: 'Server A', id: 'taro.yamada', person: 'yamada' });
const brief: readonly MasterRow[] = [
  row('people', { person: 'yamada', name: '山田 太郎' }),
  row('user-devices', { mac: yamadaMac, device: 'PC001', person: 'yamada' }),
  row('user-devices', { mac: suzukiMac, device: 'PC002', person: 'suzuki' }),
  row('approvals', { person: 'yamada', target: 'Server A' }, at('13:00:00'), at('15:00:00')),
  row('dhcp-leases', { mac: yamadaMac, address: '192.168.0.1' }, at('08:56:00')),
  row('dhcp-leases', { mac: suzukiMac, address: '192.168.0.2' }, at('09:01:00')),
  account,
  row('common-ids', { system: 'Server A', id: 'jiro', person: 'suzuki' }),
];

const sudo = (time: string, user: string): string =>
  `Jun 29 ${time} server-a sudo[9]:  ${user} : TTY=pts/3 ; PWD=/ ; USER=root ; COMMAND=/bin/cat /etc/shadow`;
const proxy = (time: string, address: string): string =>
  `<14>Jun 29 ${time} proxy1 app: ${JSON.stringify({ source: { ip: address }, event: { action: 'get' }, message: `from ${address}` })}`;

const serverLines = [
  sudo('12:59:59', 'taro.yamada'),
  sudo('13:00:00', 'taro.yamada'),
  sudo('15:01:00', 'taro.yamada'),
  sudo('15:02:00', 'jiro'),
];
const secureLines = [
  'Jun 29 10:00:00 server-a su[711]: (to root) taro.yamada on pts/0',
  'Jun 29 10:00:05 server-a su[712]: (to root) jiro on pts/1',
];
const rootLines = [
  'Jun 29 10:01:00 server-a sudo[731]:     root : TTY=pts/0 ; PWD=/root ; USER=root ; COMMAND=/bin/a',
  'Jun 29 10:01:01 server-a sudo[732]:     root : TTY=pts/1 ; PWD=/root ; USER=root ; COMMAND=/bin/b',
];
const proxyLines = [
  proxy('08:55:00', '192.168.0.1'),
  proxy('08:56:00', '192.168.0.1'),
  proxy('09:30:00', '192.168.0.2'),
  proxy('09:31:00', '192.168.0.9'),
];

interface Shown {
  readonly id: string;
  readonly fields: Record<string, unknown>;
  readonly person: { id: string; name: string; certainty: string; because: { master: string; text: string }[] } | null;
  readonly approval?: { state: string };
}

describe.skipIf(databaseUrl === undefined || searchUrl === undefined)('people', () => {
  let test: TestApi;
  let tenant: ApiTenant;
  let reviewer: { cookie: string };
  let viewer: { cookie: string };
  /** Reads the proxy and the commands of root, and not the log that says who changed to root. */
  let narrow: { cookie: string };

  beforeAll(async () => {
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '' });
    tenant = await test.createTenant();
    await tenant.seal('server', serverLines);
    await tenant.seal('secure', secureLines);
    await tenant.seal('root', rootLines);
    await tenant.seal('proxy', proxyLines);
    for (const master of new Set(brief.map((one) => one.master))) {
      await change(master, { added: brief.filter((one) => one.master === master) });
    }
    const [one, two, three] = [
      await addPerson(test, tenant, 'reviewer'),
      await addPerson(test, tenant, 'viewer'),
      await addPerson(test, tenant, 'reviewer'),
    ];
    await addGroup(tenant, [one, two], { logGroups: ['*'] });
    await addGroup(tenant, [three], { logGroups: ['proxy', 'root'] });
    await addGroup(tenant, [three], { logGroups: ['secure'], rowFilter: 'user.name:nobody' });
    reviewer = { cookie: await one.signIn() };
    viewer = { cookie: await two.signIn() };
    narrow = { cookie: await three.signIn() };
  }, 240_000);
  afterAll(() => test.close());

  async function change(master: string, plan: { added?: MasterRow[]; changed?: MasterRow[] }): Promise<void> {
    const nothing = { added: [], changed: [], ended: [], withdrawn: [], unchanged: 0 };
    await tenant.database.masters.change(
      master,
      { kind: 'import', details: {}, by: 'test', at: new Date() },
      { plan: () => Promise.resolve({ ...nothing, ...plan }), before: () => Promise.resolve() },
    );
  }

  const post = (path: string, body: object, who: { cookie?: string; key?: string } = reviewer): Promise<TestAnswer> =>
    callApi(test, { method: 'POST', path, body }, who);
  const find = async (query: string, who = reviewer, more: object = {}): Promise<Shown[]> => {
    const { status, json } = await post('/v1/search', { ...day, query, sort: 'asc', ...more }, who);
    expect(status).toBe(200);
    return json['items'] as Shown[];
  };
  const told = (events: readonly Shown[]): string[] =>
    events.map(({ person, approval, fields }) =>
      [
        fields['user.name'] ?? fields['source.ip'],
        person === null ? 'nobody' : `${person.id} ${person.certainty}`,
        approval?.state ?? '',
      ].join(' | '),
    );

  it('stand on events, with why and with the approval of their work', async () => {
    expect(told(await find('event.action:sudo_command user:taro.yamada'))).toEqual([
      'taro.yamada | yamada certain | outside',
      'taro.yamada | yamada certain | inside',
      'taro.yamada | yamada certain | outside',
    ]);
    expect(told(await find('event.action:get'))).toEqual([
      '192.168.0.1 | nobody | ',
      '192.168.0.1 | yamada likely | ',
      '192.168.0.2 | suzuki likely | ',
      '192.168.0.9 | nobody | ',
    ]);
    const [event] = await find('event.action:get person:yamada');
    expect(event?.person?.name).toBe('山田 太郎');
    expect(event?.person?.because.map(({ master }) => master)).toEqual(['dhcp-leases', 'user-devices']);
    const { json } = await callApi(test, { method: 'GET', path: `/v1/events/${event?.id}` }, reviewer);
    expect(json['person']).toEqual(event?.person);
  });

  it('lead root to whoever went there on the terminal', async () => {
    expect(told(await find('user:root'))).toEqual([
      'root | yamada certain | outside',
      'root | suzuki certain | outside',
    ]);
  });

  it('are asked for by id or name, in rows, counts, facets and page by page', async () => {
    const all = await find('person:yamada');
    expect(all).toHaveLength(6);
    expect(await find('人物：山田太郎')).toEqual(all);
    expect(await find('NOT person:yamada user:root')).toHaveLength(1);
    expect(await find('person:(yamada OR suzuki) event.action:get')).toHaveLength(2);
    expect(await find('person:* event.action:get')).toHaveLength(2);
    expect(await find('person:yamada', reviewer, { to: '2026-06-29T08:56:00+09:00' })).toEqual([]);
    const histogram = await post('/v1/search/histogram', { ...day, query: 'person:yamada' });
    const buckets = histogram.json['buckets'] as { total: number }[];
    expect(buckets.reduce((sum, { total }) => sum + total, 0)).toBe(6);
    const facets = await post('/v1/search/facets', { ...day, query: 'person:suzuki', fields: ['user.name'] });
    expect(facets.json['facets']).toMatchObject([{ field: 'user.name', values: expect.any(Array) }]);
    expect(JSON.stringify(facets.json['facets'])).not.toContain('taro.yamada');
    const first = await post('/v1/search', { ...day, query: 'person:yamada', limit: 4, sort: 'asc' });
    // What is learned between two pages does not end the listing.
    await tenant.seal('secure', ['Jun 29 23:00:00 server-a su[799]: (to root) taro.yamada on pts/7']);
    const second = await post('/v1/search', {
      ...day,
      query: 'person:yamada',
      limit: 4,
      sort: 'asc',
      cursor: first.json['next'],
    });
    expect([...(first.json['items'] as Shown[]), ...(second.json['items'] as Shown[])]).toHaveLength(6);
  });

  it('are told of where the masters know nobody', async () => {
    const { json } = await post('/v1/search', { ...day, query: 'person:nobody' });
    expect(json).toMatchObject({ items: [], warnings: [{ code: 'unknown-person' }] });
  });

  it('have a trail by event time, with why', async () => {
    const { status, json } = await post('/v1/people/yamada/trail', { ...day, limit: 3 });
    expect(status).toBe(200);
    expect(json['person']).toEqual({ id: 'yamada', name: '山田 太郎' });
    const items = json['items'] as { event: Shown; because: { text: string }[] }[];
    expect(items).toHaveLength(3);
    expect(items[0]?.because.map(({ text }) => text)).toEqual([
      'DHCP leases: 192.168.0.1 was leased to the device 00-00-00-00-00-01',
      'Devices: PC001 (00-00-00-00-00-01) is used by yamada',
    ]);
    const next = await post('/v1/people/yamada/trail', { ...day, limit: 100, cursor: json['next'] });
    expect((next.json['items'] as unknown[]).length).toBeGreaterThan(2);
    expect((await post('/v1/people/nobody/trail', day)).status).toBe(404);
  });

  it('are explained step by step', async () => {
    const [event] = await find('user:root');
    const { json } = await callApi(test, { method: 'GET', path: `/v1/events/${event?.id}/person` }, reviewer);
    expect(json).toMatchObject({
      id: event?.id,
      person: { id: 'yamada' },
      approval: { state: 'outside' },
      steps: [
        { step: 'account', found: [] },
        { step: 'session', found: [{ id: 'yamada', certainty: 'certain' }] },
        { step: 'device', looked: [], found: [] },
      ],
    });
  });

  it('are nothing to those who may not see the masters', async () => {
    const events = await find('', viewer);
    expect(events.length).toBeGreaterThan(8);
    expect(events.filter(({ person, approval }) => person !== null || approval !== undefined)).toEqual([]);
    for (const path of ['/v1/search', '/v1/search/histogram', '/v1/search/fields']) {
      const { status, json } = await post(path, { ...day, query: 'NOT person:yamada' }, viewer);
      expect([status, json['code'], json['reason']]).toEqual([403, 'forbidden', 'people-hidden']);
    }
    expect((await post('/v1/people/yamada/trail', day, viewer)).status).toBe(403);
    const key = `aka_${randomUUID()}`;
    const viewerId = (await addPerson(test, tenant, 'viewer')).userId;
    const values = { kind: 'api', name: 'x', logGroups: ['*'], sha256: hashKey(key), responsibleId: viewerId } as const;
    await tenant.database.accessKeys.put(values);
    expect((await post('/v1/people/yamada/trail', day, { key })).status).toBe(403);
  });

  it('are not made known by events that the asker may not see', async () => {
    // The terminal's story is in a log group that is seen only in part.
    expect(told(await find('user:root', narrow))).toEqual(['root | nobody | unknown', 'root | nobody | unknown']);
    expect(await find('person:yamada user:root', narrow)).toEqual([]);
    expect(await find('person:yamada', narrow)).toHaveLength(1);
    const { json } = await post('/v1/people/yamada/trail', day, narrow);
    expect(json['items']).toHaveLength(1);
  });

  it('are other people as soon as a master is corrected', async () => {
    await change('common-ids', { changed: [{ ...account, values: { ...account.values, person: 'suzuki' } }] });
    expect(told(await find('event.action:sudo_command user:taro.yamada'))[0]).toBe(
      'taro.yamada | suzuki certain | outside',
    );
    expect(await find('person:yamada')).toHaveLength(1);
    expect((await post('/v1/people/suzuki/trail', day)).text).toContain('taro.yamada');
    await change('common-ids', { changed: [account] });
    expect((await find('person:yamada')).length).toBeGreaterThan(5);
  });

  it('cannot narrow what a grant opens', async () => {
    const administrator = await addPerson(test, tenant, 'tenant-admin');
    const groupId = await addGroup(tenant, [], { logGroups: ['x'] });
    const approvedBy = (await addPerson(test, tenant, 'approver')).userId;
    const body = { logGroups: ['server'], rowFilter: 'person:yamada', reason: 'x', approvedBy };
    const path = `/v1/access-groups/${groupId}/grants`;
    const answer = await callApi(test, { method: 'POST', path, body }, { cookie: await administrator.signIn() });
    expect(answer.json).toMatchObject({ code: 'query-unreadable', reason: 'person-in-row-filter' });
  });
});
