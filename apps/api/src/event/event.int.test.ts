import { eventDetail, proofAnswer, searchAnswer } from '@akashi/contracts';
import { findDatabaseServer, findSearchServer } from '@akashi/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type ApiTenant, type TestApi } from '../api.fixtures.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();

const stamp = 'msg=audit(1795316890.679:24287):';
const lines = [
  `type=SYSCALL ${stamp} arch=c000003e syscall=87 success=yes exit=0 auid=1000 uid=0 euid=0 tty=pts0 ses=3 comm="rm" exe="/bin/rm"`,
  'a line of another program',
  `type=CWD ${stamp} cwd="/etc"`,
  `type=PATH ${stamp} item=1 name="cron.d/backup" nametype=DELETE`,
];

describe.skipIf(databaseUrl === undefined || searchUrl === undefined)('an event of several records', () => {
  let test: TestApi;
  let own: ApiTenant;
  let ids: string[] = [];

  beforeAll(async () => {
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '' });
    own = await test.createTenant();
    ids = (await own.seal('linux/audit', lines)).eventIds;
  });
  afterAll(() => test.close());

  const ask = async (path: string, body?: object): Promise<unknown> => {
    const headers = { authorization: `Bearer ${own.apiKey}`, 'content-type': 'application/json' };
    const given = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    return (await fetch(`${test.api.url}${path}`, { headers, ...given })).json();
  };

  it('leads from the first of them to the others, and back', async () => {
    const [head = '', alone = '', folder = '', path = ''] = ids;
    const event = eventDetail.parse(await ask(`/v1/events/${head}`));
    expect(event.parts).toEqual([folder, path]);
    expect(event.fields).toMatchObject({ 'event.action': 'deleted', 'file.path': '/etc/cron.d/backup' });
    for (const part of [folder, path]) expect(eventDetail.parse(await ask(`/v1/events/${part}`)).partOf).toBe(head);
    const other = eventDetail.parse(await ask(`/v1/events/${alone}`));
    expect([other.parts, other.partOf]).toEqual([undefined, undefined]);
  });

  it('is found by what one of them says, and its parts by the first', async () => {
    const found = async (query: string): Promise<string[]> => {
      const range = { from: '2026-11-01T00:00:00Z', to: '2026-12-01T00:00:00Z' };
      const { items } = searchAnswer.parse(await ask('/v1/search', { ...range, query }));
      return items.map(({ id }) => id).toSorted();
    };
    const [head = '', , folder = '', path = ''] = ids;
    expect(await found('pci.class:system-object')).toEqual([head]);
    expect(await found(`part_of:"${head}"`)).toEqual([folder, path].toSorted());
  });

  it('is proven with the document that all of its records give', async () => {
    for (const id of ids) {
      const { document } = proofAnswer.parse(await ask(`/v1/events/${id}/proof`));
      expect(document).toEqual({ fields: [] });
    }
  });
});
