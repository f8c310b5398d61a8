import { findDatabaseServer, findSearchServer } from '@akashi/testkit';
import type { MasterImportAnswer, MasterRowAnswer, MasterRowsAnswer } from '@akashi/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type ApiTenant, type TestApi } from '../api.fixtures.ts';
import type { RecordedAct } from '../audit-trail/test-intake.fixtures.ts';
import { addPerson, callApi, type TestAnswer, type TestPerson } from '../people.fixtures.ts';
import { tableBodyLimitBytes } from './table-body.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();

/** The brief's tables, as they stand. */
const brief = {
  'user-devices': 'MACアドレス,PC名,ユーザ名\r\n00-00-00-00-00-01,PC001,yamada\r\n00-00-00-00-00-02,PC002,suzuki\r\n',
  approvals:
    'ユーザ名,作業日時From,作業日時To,作業対象\r\nyamada,06/29 13:00,06/29 15:00,Server A\r\nsuzuki,06/29 15:00,06/29 16:00,Server B\r\n',
  'dhcp-leases':
    'リース日時,MACアドレス,IPアドレス\r\n06/29 08:56,00-00-00-00-00-01,192.168.0.1\r\n06/29 09:01,00-00-00-00-00-02,192.168.0.2\r\n',
  'common-ids': 'サーバ・機器名,ID,共通ID\r\nServer A,taro.yamada,yamada\r\n入退室システム,00050,yamada\r\n',
  people: '人,氏名,メール,部署\r\nyamada,山田 太郎,yamada@example.jp,情報システム部\r\nsuzuki,鈴木 花子,,\r\n',
  assets: 'ホスト,アドレス,対象範囲,共有,管理者,種別\r\nServer A,10.0.0.1,対象,,情シス,サーバ\r\n',
} as const;

describe.skipIf(databaseUrl === undefined || searchUrl === undefined)('masters', () => {
  let test: TestApi;
  let own: ApiTenant;
  let admin: TestPerson;
  let cookie: string;

  beforeAll(async () => {
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '' });
  });
  afterAll(() => test.close());

  const begin = async (): Promise<void> => {
    own = await test.createTenant();
    admin = await addPerson(test, own, 'tenant-admin');
    cookie = await admin.signIn();
  };
  const call = (method: string, path: string, body?: unknown): Promise<TestAnswer> =>
    callApi(test, { method, path: `/v1/masters${path}`, body }, { cookie });
  const send = async (
    path: string,
    body: string | Uint8Array,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; json: MasterImportAnswer & { code?: string } }> => {
    const answer = await fetch(`${test.api.url}/v1/masters/${path}`, {
      method: 'POST',
      headers: { cookie, 'x-akashi-csrf': '1', 'content-type': 'text/csv', ...headers },
      body: typeof body === 'string' ? body : Buffer.from(body),
    });
    return { status: answer.status, json: (await answer.json()) as MasterImportAnswer };
  };
  const actsOf = (action: string): RecordedAct[] =>
    test.intake.acts.filter(({ tenantId, event }) => tenantId === own.tenant.id && event.action === action);
  const rowsOf = async (name: string, query = ''): Promise<MasterRowAnswer[]> => {
    const { json } = await call('GET', `/${name}/rows?limit=1000${query}`);
    return (json as unknown as MasterRowsAnswer).items;
  };

  it('takes the brief’s tables as they stand, once, and gives them back as an import reads them', async () => {
    await begin();
    for (const [name, table] of Object.entries(brief)) {
      const preview = await send(`${name}/import?dryRun=true&year=2026`, table);
      expect(preview.json, name).toMatchObject({ version: 0, ended: 0, unchanged: 0, errors: [], overlaps: [] });
      expect(await rowsOf(name)).toEqual([]);
      const count = table.trim().split('\r\n').length - 1;
      const done = await send(`${name}/import?dryRun=false&year=2026`, table);
      expect(done, name).toMatchObject({ status: 200, json: { version: 1, added: count, ended: 0, unchanged: 0 } });
      const again = await send(`${name}/import?year=2026`, table);
      expect(again.json, name).toMatchObject({ version: 1, added: 0, ended: 0, unchanged: count });
      const file = await call('GET', `/${name}/export`);
      expect(file.headers.get('content-type')).toContain('text/csv');
      const back = await send(`${name}/import`, file.text, { 'content-type': 'text/csv; charset=utf-8' });
      expect(back.json, name).toMatchObject({
        version: 1,
        added: 0,
        changed: 0,
        ended: 0,
        unchanged: count,
        errors: [],
      });
    }
    expect(await rowsOf('dhcp-leases', '&at=2026-06-29T08:58:00%2B09:00')).toEqual([
      {
        id: expect.any(String),
        values: { mac: '00-00-00-00-00-01', address: '192.168.0.1', leasedAt: '2026-06-28T23:56:00.000Z' },
        validFrom: '2026-06-28T23:56:00.000Z',
        validUntil: null,
      },
    ]);
    expect(await rowsOf('approvals', '&at=2026-06-29T15:00:00%2B09:00')).toMatchObject([
      { values: { person: 'suzuki' } },
    ]);
    expect(await rowsOf('common-ids', '&query=００050')).toMatchObject([{ values: { id: '00050' } }]);
    const { json } = await call('GET', '');
    expect(json['items']).toMatchObject(
      ['people', 'common-ids', 'user-devices', 'dhcp-leases', 'approvals', 'assets'].map((name) => ({
        name,
        version: 1,
      })),
    );
    const imported = actsOf('master.import');
    expect(imported[0]).toMatchObject({
      event: { outcome: 'success' },
      akashi: { audit: { target: { kind: 'master', id: 'user-devices' }, count: 2 } },
    });
    expect(imported[0]?.akashi.audit.changes).toContain('version');
    expect(actsOf('master.preview')).toHaveLength(6);
    expect(actsOf('master.export')).toHaveLength(6);
  });

  it('reads Shift_JIS, declared or not, and refuses what it cannot read', async () => {
    await begin();
    // 人,氏名 / yamada,山田
    const bytes = Uint8Array.from([
      0x90, 0x6c, 0x2c, 0x8e, 0x81, 0x96, 0xbc, 0x0d, 0x0a, 0x79, 0x61, 0x6d, 0x61, 0x64, 0x61, 0x2c, 0x8e, 0x52, 0x93,
      0x63,
    ]);
    const declared = await send('people/import', bytes, { 'content-type': 'text/csv; charset=Shift_JIS' });
    expect(declared.json).toMatchObject({ added: 1, encoding: 'shift_jis' });
    expect((await send('people/import', bytes)).json).toMatchObject({ unchanged: 1, encoding: 'shift_jis' });
    expect((await rowsOf('people'))[0]?.values).toEqual({ person: 'yamada', name: '山田' });
    const wrong = await send('people/import', bytes, { 'content-type': 'text/csv; charset=utf-8' });
    expect(wrong.json.errors).toMatchObject([{ line: 1, column: '', code: 'encoding' }]);
    expect((await send('people/import', bytes, { 'content-type': 'text/csv; charset=euc-jp' })).status).toBe(415);
    expect((await send('people/import', '{}', { 'content-type': 'application/json' })).status).toBe(415);
    expect((await send('nothing/import', bytes)).status).toBe(404);
    const workbook = await send('people/import', Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0]));
    expect(workbook.json.errors).toMatchObject([{ line: 1, code: 'workbook' }]);
    const elsewhere = await fetch(`${test.api.url}/v1/search`, {
      method: 'POST',
      headers: { cookie, 'x-akashi-csrf': '1', 'content-type': 'text/csv' },
      body: 'a,b',
    });
    expect(elsewhere.status).toBe(415);
    const tooLarge = await send('people/import', new Uint8Array(tableBodyLimitBytes + 1));
    expect([tooLarge.status, tooLarge.json.code]).toEqual([413, 'too-large']);
  });

  it('changes nothing for one wrong row in fifty thousand, and says which', async () => {
    await begin();
    const lines = Array.from({ length: 50_000 }, (_, n) => `${n % 250}.host,user${n},person${n}`);
    lines[31_415] = '1.host,,person';
    const refused = await send('common-ids/import', ['system,ID,共通ID', ...lines].join('\n'));
    expect(refused.json).toMatchObject({ version: 0, added: 0, errorCount: 1 });
    expect(refused.json.errors).toEqual([
      { line: 31_417, column: 'ID', code: 'required', reason: expect.stringContaining('value') },
    ]);
    expect(await rowsOf('common-ids')).toEqual([]);
    lines[31_415] = '1.host,user31415,person';
    const taken = await send('common-ids/import', ['system,ID,共通ID', ...lines].join('\n'));
    expect(taken.json).toMatchObject({ version: 1, added: 50_000, errors: [] });
    const again = await send('common-ids/import?replace=true', ['system,ID,共通ID', ...lines].join('\n'));
    expect(again.json).toMatchObject({ version: 1, added: 0, ended: 0, unchanged: 50_000 });
  });

  it('pages through the rows in one order', async () => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const { json } = await call('GET', `/common-ids/rows?limit=1000${cursor}`);
      const { items, next } = json as unknown as MasterRowsAnswer;
      seen.push(...items.map(({ id }) => id));
      cursor = next === undefined ? '' : `&cursor=${next}`;
    } while (cursor !== '');
    expect(new Set(seen).size).toBe(50_000);
    expect(seen).toHaveLength(50_000);
    expect((await call('GET', '/common-ids/rows?cursor=nowhere')).json['code']).toBe('cursor-invalid');
  });

  it('tells overlaps, ends what a whole table leaves out, and reads every version again', async () => {
    await begin();
    const both =
      'mac,device,person,validFrom,validUntil\n1-0-0-0-0-1,PC1,yamada,2026/06/01,2026/06/30\n01:00:00:00:00:01,PC1,suzuki,2026/06/15,2026/07/15';
    const { json } = await send('user-devices/import?dryRun=true', both);
    expect(json.overlaps).toMatchObject([
      { from: '2026-06-14T15:00:00.000Z', until: '2026-06-30T15:00:00.000Z', rows: [{ line: 2 }, { line: 3 }] },
    ]);
    expect(json.errors).toEqual([]);
    await send('user-devices/import', brief['user-devices']);
    const less = brief['user-devices'].replace(/\r\n.*suzuki/, '');
    const whole = await send('user-devices/import?replace=true', less);
    expect(whole.json).toMatchObject({ version: 2, added: 0, ended: 1, unchanged: 1 });
    expect(whole.json.changes).toMatchObject([{ kind: 'ended', values: { person: 'suzuki' } }]);
    expect((await rowsOf('user-devices')).filter(({ validUntil }) => validUntil === null)).toHaveLength(1);
    expect((await rowsOf('user-devices', '&version=1')).filter(({ validUntil }) => validUntil === null)).toHaveLength(
      2,
    );
    const versions = await call('GET', '/user-devices/versions');
    expect(versions.json['items']).toMatchObject([
      { number: 2, by: 'tenant-admin', kind: 'import', ended: 1, details: { whole: true } },
      { number: 1, added: 2 },
    ]);
  });

  it('corrects, adds and ends single rows, each with its history', async () => {
    await begin();
    await send('user-devices/import', brief['user-devices']);
    const [row] = await rowsOf('user-devices', '&query=yamada');
    const put = await call('PUT', `/user-devices/rows/${row?.id}`, { values: { ...row?.values, person: 'tanaka' } });
    expect(put.json).toMatchObject({ version: 2, row: { id: row?.id, values: { person: 'tanaka' }, validFrom: null } });
    expect(
      (await call('PUT', `/user-devices/rows/${row?.id}`, { values: { ...row?.values, person: 'tanaka' } })).json[
        'version'
      ],
    ).toBe(2);
    const ended = await call('DELETE', `/user-devices/rows/${row?.id}?at=2026-06-30T00:00:00Z`);
    expect(ended.json).toMatchObject({ version: 3, row: { validUntil: '2026-06-30T00:00:00.000Z' } });
    const history = await call('GET', `/user-devices/rows/${row?.id}/history`);
    expect(history.json['items']).toMatchObject([
      { sinceVersion: 3, untilVersion: null, values: { person: 'tanaka' } },
      { sinceVersion: 2, untilVersion: 3, values: { person: 'tanaka' }, validUntil: null },
      { sinceVersion: 1, untilVersion: 2, values: { person: 'yamada' } },
    ]);
    const added = await call('POST', '/dhcp-leases/rows', {
      values: { leasedAt: '2026/06/29 08:56', mac: '000000000001', address: '192.168.0.1' },
    });
    const lease = added.json['row'] as MasterRowAnswer;
    expect([added.status, lease.validFrom]).toEqual([201, '2026-06-28T23:56:00.000Z']);
    const gone = await call('DELETE', `/dhcp-leases/rows/${lease.id}?at=2026-01-01T00:00:00Z`);
    expect(gone.json).toMatchObject({ version: 2, row: null });
    expect(await rowsOf('dhcp-leases')).toEqual([]);
    expect((await call('DELETE', `/dhcp-leases/rows/${lease.id}`)).status).toBe(404);
    const wrong = await call('POST', '/dhcp-leases/rows', { values: { leasedAt: 'soon', mac: 'x', address: '' } });
    expect(wrong.json).toMatchObject({ code: 'request-invalid', reason: 'mac', params: { column: 'mac' } });
    expect((await call('POST', '/dhcp-leases/rows', { values: { colour: 'red' } })).json).toMatchObject({
      params: { column: 'colour' },
    });
    expect(actsOf('master.row-change')[0]?.akashi.audit.changes).toMatch(/person.*yamada.*tanaka/);
    expect(actsOf('master.row-end').map(({ event }) => event.outcome)).toEqual(['success', 'success', 'failure']);
  });

  it('masks card numbers in every way in', async () => {
    await begin();
    const number = '4556 7345 0008 5943';
    const { json } = await send('people/import', `person,name\na,${number}`);
    expect(json).toMatchObject({ added: 1, maskedRows: 1 });
    expect((await send('people/import', `person,name\na,${number}`)).json).toMatchObject({ version: 1, unchanged: 1 });
    const added = await call('POST', '/people/rows', { values: { person: 'b', name: number } });
    expect(added.json).toMatchObject({ row: { values: { name: '4556 73** **** 5943' } } });
    expect(JSON.stringify([await rowsOf('people'), test.intake.acts])).not.toMatch(/4556.?7345.?0008/);
  });

  it('keeps an organisation’s own tables like any other', async () => {
    await begin();
    const column = (name: string, isKey: boolean, type = 'text') => ({
      name,
      title: { ja: `列${name}`, en: name },
      type,
      isKey,
      isRequired: isKey,
    });
    const wanted = {
      name: 'badges',
      title: { ja: '入館証', en: 'Badges' },
      columns: [column('badge', true, 'account'), column('holder', false)],
    };
    expect(await call('POST', '', wanted)).toMatchObject({
      status: 201,
      json: { name: 'badges', isOwn: true, key: ['badge'] },
    });
    expect((await call('POST', '', wanted)).json['code']).toBe('name-taken');
    expect((await call('POST', '', { ...wanted, name: 'people' })).json['code']).toBe('name-taken');
    const { json } = await send('badges/import', '列badge,holder\n00050,yamada');
    expect(json).toMatchObject({ version: 1, added: 1 });
    expect(await rowsOf('badges')).toMatchObject([{ values: { badge: '00050', holder: 'yamada' } }]);
  });

  it('shows and takes nothing across organisations', async () => {
    const before = await rowsOf('badges');
    const [row] = before;
    await begin();
    expect((await call('GET', '/badges/rows')).status).toBe(404);
    await send('people/import', brief.people);
    expect((await call('GET', `/people/rows/${row?.id}/history`)).status).toBe(404);
    expect((await call('PUT', `/people/rows/${row?.id}`, { values: { person: 'x', name: 'y' } })).status).toBe(404);
  });
});
