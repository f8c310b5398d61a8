import { randomUUID } from 'node:crypto';
import {
  archiveSearchLine,
  contextAnswer,
  eventDetail,
  histogramAnswer,
  proofAnswer,
  searchAnswer,
  trailAnswer,
  type ArchiveSearchLine,
} from '@akashi/contracts';
import { findDatabaseServer, findSearchServer } from '@akashi/testkit';
import fc from 'fast-check';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type ApiTenant, type TestApi } from '../api.fixtures.ts';
import { addGroup, addPerson } from '../people.fixtures.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();
const dayMs = 86_400_000;

const stamp = 'msg=audit(1795316890.679:24287):';
const users = ['root', 'sato', 'suzuki', '山田'];
const sshd = Array.from(
  { length: 40 },
  (_, n) =>
    `<38>Nov ${String(1 + (n % 28)).padStart(2, '0')} 10:00:${String(n).padStart(2, '0')} web0${n % 3} sshd[${n}]: ${n % 2 === 0 ? 'Failed' : 'Accepted'} password for ${users[n % 4]} from 192.0.2.${n} port ${n} ssh2`,
);
const audit = [
  `type=SYSCALL ${stamp} arch=c000003e syscall=87 success=yes exit=0 auid=1000 uid=0 tty=pts0 ses=3 comm="rm" exe="/bin/rm"`,
  'a line of another program',
  `type=CWD ${stamp} cwd="/etc"`,
  `type=PATH ${stamp} item=1 name="cron.d/backup" nametype=DELETE`,
];
const json = Array.from({ length: 20 }, (_, n) =>
  JSON.stringify({ user: { name: users[n % 4] }, message: `注文 ${n} を処理`, amount: n, shop: `shop${n % 5}` }),
);

describe.skipIf(databaseUrl === undefined || searchUrl === undefined)('a search of the archive', () => {
  let test: TestApi;
  let own: ApiTenant;
  let outside: Client;
  let cookies: string[] = [];
  const sealed: Record<string, string[]> = {};
  const range = { from: '2026-01-01T00:00:00Z', to: '2027-12-31T00:00:00Z' };

  beforeAll(async () => {
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '' });
    outside = new Client({ connectionString: test.databaseUrl });
    await outside.connect();
    own = await test.createTenant();
    const other = await test.createTenant();
    await other.seal('web', ['<38>Nov 1 10:00:00 web01 sshd[1]: Failed password for root from 192.0.2.1 port 1 ssh2']);
    sealed['web'] = (await own.seal('web', sshd)).eventIds;
    sealed['linux/audit'] = (await own.seal('linux/audit', audit)).eventIds;
    sealed['shop'] = (await own.seal('shop', json)).eventIds;
    const grants = [
      { logGroups: ['*'] },
      { logGroups: ['web'] },
      { logGroups: ['*'], rowFilter: 'user.name:sato OR labels.shop:shop1' },
      { logGroups: ['*'], hiddenFields: ['user.name', 'labels.amount'] },
      { logGroups: ['nothing'] },
    ];
    cookies = await Promise.all(
      grants.map(async (grant) => {
        const person = await addPerson(test, own, 'viewer');
        await addGroup(own, [person], grant);
        return person.signIn();
      }),
    );
  }, 120_000);
  afterAll(async () => {
    await outside.end();
    await test.close();
  });

  const ask = (path: string, body?: object, cookie = cookies[0] ?? ''): Promise<Response> => {
    const headers = { cookie, 'content-type': 'application/json', 'x-akashi-csrf': '1' };
    const given = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    return fetch(`${test.api.url}${path}`, { headers, ...given });
  };
  const linesOf = async (body: object, cookie?: string): Promise<ArchiveSearchLine[]> => {
    const answer = await ask('/v1/archive-searches', { ...range, ...body }, cookie);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/x-ndjson']);
    const text = (await answer.text()).trimEnd();
    return text.split('\n').map((line) => archiveSearchLine.parse(JSON.parse(line)));
  };
  const hitsOf = (lines: readonly ArchiveSearchLine[]) =>
    lines.flatMap((line) => (line.event === 'hit' ? line.item : []));
  const endOf = (lines: readonly ArchiveSearchLine[]) => lines.at(-1);
  const search = async (body: object, cookie?: string) =>
    searchAnswer.parse(await (await ask('/v1/search', { limit: 1000, ...range, ...body }, cookie)).json());
  /** As when the days online are over and the streams have gone: the documents of this class are in none. */
  const expire = async (): Promise<void> => {
    await outside.query(`UPDATE landing_segment SET online_days = 91, accepted_at = accepted_at - interval '92 days'`);
  };

  const word = fc.constantFrom('failed', 'password', '注文', 'sshd', 'shop1', 'nothing');
  const leaf = fc.oneof(
    word,
    fc.constantFrom(...users).map((user) => `user.name:${user}`),
    fc.constantFrom(
      'event.outcome:failure',
      'user.name:*',
      'labels.shop:shop*',
      'labels.amount:7',
      'source.ip:192.0.2.0/28',
    ),
    fc.constantFrom('log.group:web', 'host.name:web01', 'pci.class:system-object', 'severity:informational'),
  );
  const query = fc
    .array(fc.tuple(fc.constantFrom('', 'NOT '), leaf), { maxLength: 3 })
    .chain((parts) => fc.constantFrom(' AND ', ' OR ').map((by) => parts.map(([not, text]) => not + text).join(by)));

  it('answers what the index answers, for any query, time and reader', async () => {
    const wanted = fc.record({
      query,
      timeField: fc.constantFrom('@timestamp', 'receivedAt'),
      logGroups: fc.option(fc.constantFrom(['web'], ['shop', 'linux/*'], ['*']), { nil: undefined }),
      from: fc.constantFrom('2026-01-01T00:00:00Z', '2026-11-09T10:00:09Z'),
      reader: fc.nat({ max: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(wanted, async ({ reader, ...body }) => {
        const online = await search(body, cookies[reader]);
        const lines = await linesOf(body, cookies[reader]);
        const plain = (items: readonly Record<string, unknown>[]) =>
          items
            .map(({ archived: _archived, ...item }) => item)
            .toSorted((a, b) => String(a['id']).localeCompare(String(b['id'])));
        expect(plain(hitsOf(lines))).toEqual(plain(online.items));
        expect(endOf(lines)).toMatchObject({ event: 'end', reason: 'all-read', hits: online.items.length });
        expect(online.offline).toBeNull();
      }),
      { numRuns: 25 },
    );
  }, 240_000);

  it('reads only blocks that hold what is asked for, newest first, and says how far it is', async () => {
    const lines = await linesOf({ timeField: 'receivedAt', logGroups: ['web'] });
    expect(lines[0]).toMatchObject({ event: 'progress', blocksDone: 0, blocksTotal: 1, hits: 0, reachedAt: null });
    expect(endOf(lines)).toMatchObject({ blocksDone: 1, blocksTotal: 1, hits: sshd.length });
    expect(hitsOf(lines).map(({ id }) => id)).toEqual(sealed['web']?.toReversed());
    const [first] = hitsOf(lines);
    expect(first).toMatchObject({ archived: true, logGroup: 'web', seal: { state: 'sealed' } });
    expect(endOf(await linesOf({ timeField: 'receivedAt', to: '2026-01-02T00:00:00Z' }))).toMatchObject({
      blocksTotal: 0,
    });
  });

  it('ends at its bound and goes on from there', async () => {
    const asked = { timeField: 'receivedAt', logGroups: ['shop'], limit: 15 };
    const lines = await linesOf(asked);
    const end = endOf(lines);
    expect(end).toMatchObject({ reason: 'hit-limit', hits: 15 });
    if (end?.event !== 'end' || end.next === undefined) throw new Error('it does not say where to go on');
    const rest = hitsOf(await linesOf({ ...asked, limit: 100, to: end.next })).map(({ id }) => id);
    expect(new Set([...hitsOf(lines).map(({ id }) => id), ...rest])).toEqual(new Set(sealed['shop']));
  });

  it('is on record when it begins, and with what it found when it has ended', async () => {
    const before = test.intake.acts.length;
    await linesOf({ query: 'user.name:sato', logGroups: ['web'] });
    const told = test.intake.acts.slice(before).filter(({ event }) => event.action === 'search');
    expect(told).toMatchObject([
      { event: { outcome: 'success' }, akashi: { audit: { query: 'user.name:sato', details: { archived: true } } } },
      {
        event: { outcome: 'success' },
        akashi: { audit: { count: 10, details: { archived: true, ended: 'all-read', blocksDone: 1 } } },
      },
    ]);
  });

  it('refuses what it cannot read before it begins, and a third one at a time in a sentence', async () => {
    expect(await (await ask('/v1/archive-searches', { ...range, query: '(' })).json()).toMatchObject({
      status: 400,
      code: 'query-unreadable',
    });
    const running = await Promise.all(
      [1, 2].map(async () => {
        const controller = new AbortController();
        const headers = { cookie: cookies[0] ?? '', 'content-type': 'application/json', 'x-akashi-csrf': '1' };
        // Nobody reads these lines yet: they wait for their reader.
        const answer = await fetch(`${test.api.url}/v1/archive-searches`, {
          method: 'POST',
          headers,
          body: JSON.stringify(range),
          signal: controller.signal,
        });
        return { controller, answer };
      }),
    );
    const refused = await ask('/v1/archive-searches', range);
    // Small answers may have been sent as a whole before anybody read them.
    if (refused.status !== 200) {
      expect(await refused.json()).toMatchObject({ status: 429, code: 'archive-search-busy' });
      expect(refused.headers.get('retry-after')).toBe('10');
    }
    for (const { controller } of running) controller.abort();
    await expect.poll(async () => (await ask('/v1/archive-searches', range)).status).toBe(200);
  });

  it('says what is kept and online no more, and opens it from the archive', async () => {
    expect((await search({})).offline).toBeNull();
    await expire();
    const old = {
      from: new Date(Date.now() - 100 * dayMs).toISOString(),
      to: new Date(Date.now() + dayMs).toISOString(),
    };
    const counts = { web: sshd.length, 'linux/audit': audit.length, shop: json.length };
    const all = (await search({ ...old, timeField: 'receivedAt' })).offline;
    expect(all).toMatchObject({ logGroups: Object.keys(counts).toSorted(), records: 64 });
    expect(Date.parse(all?.before ?? '')).toBeGreaterThan(Date.parse(all?.firstReceived ?? ''));
    const web = await ask('/v1/search/histogram', { ...old, logGroups: ['web'] });
    expect(histogramAnswer.parse(await web.json()).offline).toMatchObject({ logGroups: ['web'], records: sshd.length });
    const seen = async (reader: number) => (await search(old, cookies[reader])).offline;
    expect(await seen(1)).toMatchObject({ logGroups: ['web'], records: sshd.length });
    expect(await seen(2)).toMatchObject({ records: null });
    expect(await seen(3)).toMatchObject({ records: null });
    expect(await seen(4)).toBeNull();

    // As the end of their days online does.
    await test.documentsOf(own.tenant.id).removeAll();
    const [id = ''] = sealed['shop'] ?? [];
    const opened = eventDetail.parse(await (await ask(`/v1/events/${id}`)).json());
    expect(opened).toMatchObject({ id, archived: true, record: json[0], fields: { 'user.name': 'root' } });
    const hidden = eventDetail.parse(await (await ask(`/v1/events/${id}`, undefined, cookies[3])).json());
    expect([hidden.textHidden, hidden.fields['user.name']]).toEqual([true, undefined]);
    for (const reader of [1, 2, 4])
      expect((await ask(`/v1/events/${id}`, undefined, cookies[reader])).status).toBe(404);
    expect(proofAnswer.parse(await (await ask(`/v1/events/${id}/proof`)).json()).document).toEqual({ fields: [] });
    const around = contextAnswer.parse(await (await ask(`/v1/events/${id}/context`)).json());
    expect(around).toMatchObject({ before: [], after: [], event: { id }, offline: { before: true, after: true } });
    expect(hitsOf(await linesOf({ logGroups: ['shop'] })).map((each) => each.id)).toEqual(sealed['shop']?.toReversed());
  });

  it('says it of a person’s trail too', async () => {
    const person = {
      id: randomUUID(),
      master: 'people',
      validFromMs: null,
      validUntilMs: null,
      values: { person: 'taro' },
    };
    await own.database.masters.change(
      'people',
      { kind: 'import', details: {}, by: 'test', at: new Date() },
      {
        plan: () => Promise.resolve({ added: [person], changed: [], ended: [], withdrawn: [], unchanged: 0 }),
        before: () => Promise.resolve(),
      },
    );
    const reviewer = await addPerson(test, own, 'reviewer');
    await addGroup(own, [reviewer], { logGroups: ['web'] });
    const old = {
      from: new Date(Date.now() - 100 * dayMs).toISOString(),
      to: new Date(Date.now() + dayMs).toISOString(),
    };
    const answer = await ask('/v1/people/taro/trail', old, await reviewer.signIn());
    expect(trailAnswer.parse(await answer.json()).offline).toMatchObject({ logGroups: ['web'], records: sshd.length });
  });

  it('tells of a block that is not what was sealed, and shows nothing of it', async () => {
    const { objectKey, eventIds } = await own.seal('web', ['altered later']);
    await test.overwriteArchive(own.tenant.id, objectKey, Buffer.from('something else'));
    const lines = await linesOf({ query: '"altered later"' });
    expect(endOf(lines)).toMatchObject({ reason: 'failed', code: 'evidence-altered' });
    expect(hitsOf(lines).map(({ id }) => id)).not.toContain(eventIds[0]);
  });
});
