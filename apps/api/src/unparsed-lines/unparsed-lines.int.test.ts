import { unparsedLinesAnswer, type UnparsedLinesAnswer } from '@akashi/contracts';
import { findDatabaseServer, findSearchServer } from '@akashi/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type ApiTenant, type TestApi } from '../api.fixtures.ts';
import { addGroup, addPerson, callApi, type TestPerson } from '../people.fixtures.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();
const dayMs = 86_400_000;

describe.skipIf(databaseUrl === undefined || searchUrl === undefined)('unparsed lines', () => {
  let test: TestApi;
  let own: ApiTenant;
  let administrator: TestPerson;
  let reader: TestPerson;

  beforeAll(async () => {
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '' });
    own = await test.createTenant();
    [administrator, reader] = [await addPerson(test, own, 'log-administrator'), await addPerson(test, own, 'viewer')];
    await addGroup(own, [administrator], { logGroups: ['*'] });
    await addGroup(own, [reader], { logGroups: ['batch'] });
    await own.seal('shop', [
      'queue billing drained by worker tokyo',
      'queue stock drained by worker osaka',
      '2026/11/22 10:00:00 queue mail drained',
      'Nov 22 10:00:00 db01 sshd[9]: Failed password for root from 192.0.2.4 port 5000 ssh2',
    ]);
    await own.seal('batch', ['夜間バッチ 17 が完了しました']);
  });
  afterAll(() => test.close());

  const read = async (person: TestPerson, more: object = {}): Promise<UnparsedLinesAnswer> => {
    const [from, to] = [-dayMs, dayMs].map((ms) => new Date(Date.now() + ms).toISOString());
    const answer = await callApi(
      test,
      { method: 'POST', path: '/v1/unparsed-lines', body: { from, to, ...more } },
      { cookie: await person.signIn() },
    );
    expect(answer.status, answer.text).toBe(200);
    return unparsedLinesAnswer.parse(answer.json);
  };

  it('are grouped by shape and log group, with lines to make a format from', async () => {
    const { items, read: grouped, total, others } = await read(administrator);
    expect({ grouped, total: total.value, others }).toEqual({ grouped: 4, total: 4, others: 0 });
    expect(items.map(({ shape, logGroup, lines }) => [shape, logGroup, lines])).toEqual([
      ['queue <*> drained by worker <*>', 'shop', 2],
      ['夜間バッチ <*> が完了しました', 'batch', 1],
      ['<*> queue mail drained', 'shop', 1],
    ]);
    expect(items[0]?.examples.map(({ record }) => record).toSorted()).toEqual([
      'queue billing drained by worker tokyo',
      'queue stock drained by worker osaka',
    ]);
  });

  it('stay within what the caller may see, and within the log group asked for', async () => {
    expect((await read(reader)).items.map(({ logGroup }) => logGroup)).toEqual(['batch']);
    expect((await read(reader, { logGroup: 'shop' })).items).toEqual([]);
    expect((await read(administrator, { logGroup: 'shop' })).items).toHaveLength(2);
  });
});
