import {
  contextAnswer,
  eventDetail,
  facetsAnswer,
  fieldsAnswer,
  histogramAnswer,
  problem,
  proofAnswer,
  searchAnswer,
  session,
  type Problem,
} from '@akashi/contracts';
import { checkEventProof, sha256, verifyCheckpoint, verifyEd25519 } from '@akashi/integrity';
import { hashKey, findDatabaseServer, findSearchServer } from '@akashi/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type ApiTenant, type TestApi } from './api.fixtures.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();

const notUtf8 = Buffer.from([0x62, 0x61, 0x64, 0x20, 0xff, 0xfe, 0x20, 0x62, 0x79, 0x74, 0x65, 0x73]);
const lines = [
  'Nov 22 10:00:01 host-a sshd[42]: Failed password for root from 203.0.113.9 port 4711 ssh2',
  'Nov 22 10:00:02 host-a sshd[42]: Accepted publickey for yamada from 203.0.113.10 port 4712 ssh2',
  '認証サーバーでログイン失敗がありました',
  notUtf8,
];

describe.skipIf(databaseUrl === undefined || searchUrl === undefined)('the API', () => {
  let test: TestApi;
  let own: ApiTenant;
  let other: ApiTenant;
  let block: number;
  let eventIds: readonly string[];
  let range: { from: string; to: string };

  beforeAll(async () => {
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '' });
    own = await test.createTenant();
    other = await test.createTenant();
    const linux = await own.seal('linux/auth', lines);
    const web = await own.seal('web', ['hello from the web']);
    ({ block } = linux);
    eventIds = [...linux.eventIds, ...web.eventIds];
    await other.seal('secret', ['the neighbour’s line']);
    const now = Date.now();
    range = { from: new Date(now - 86_400_000).toISOString(), to: new Date(now + 86_400_000).toISOString() };
  });
  afterAll(() => test.close());

  const call = async (
    path: string,
    options: { key?: string; body?: unknown; headers?: Record<string, string> } = {},
  ) => {
    const response = await fetch(`${test.api.url}${path}`, {
      method: options.body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${options.key ?? own.apiKey}`,
        ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...options.headers,
      },
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    });
    return { status: response.status, value: (await response.json()) as unknown, headers: response.headers };
  };
  const refused = async (answer: ReturnType<typeof call>): Promise<Problem> => problem.parse((await answer).value);
  const received = { timeField: 'receivedAt' };

  it('finds events by words, Japanese parts of words and fields, newest first, page by page', async () => {
    const failed = searchAnswer.parse(
      (await call('/v1/search', { body: { ...range, ...received, query: 'event.outcome:failure user.name:root' } }))
        .value,
    );
    expect(failed).toMatchObject({ total: { value: 1, relation: 'eq' } });
    expect(failed.items[0]).toMatchObject({ logGroup: 'linux/auth', logStream: 'host-a', record: lines[0], block });
    const japanese = await call('/v1/search', { body: { ...range, query: 'ログイン失敗' } });
    expect(searchAnswer.parse(japanese.value).items.map((each) => each.record)).toEqual([lines[2]]);

    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const body = { ...range, ...received, limit: 2, ...(cursor === undefined ? {} : { cursor }) };
      const page = searchAnswer.parse((await call('/v1/search', { body })).value);
      expect(page.total.value).toBe(5);
      seen.push(...page.items.map((each) => each.id));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(seen).toEqual(eventIds.toReversed());
    const foreign = call('/v1/search', { body: { ...range, cursor: 'AAAA' } });
    expect(await refused(foreign)).toMatchObject({ status: 400, code: 'cursor-invalid' });
  });

  it('counts over time, by value and by field', async () => {
    const body = { ...range, ...received, query: '' };
    const histogram = histogramAnswer.parse((await call('/v1/search/histogram', { body })).value);
    expect(histogram.buckets.reduce((sum, bucket) => sum + bucket.total, 0)).toBe(5);
    const wanted = { ...body, fields: ['log.group', 'event.outcome'] };
    const { facets } = facetsAnswer.parse((await call('/v1/search/facets', { body: wanted })).value);
    expect(facets[0]).toMatchObject({
      field: 'log.group',
      values: [
        { value: 'linux/auth', count: 4 },
        { value: 'web', count: 1 },
      ],
    });
    const completed = await call('/v1/search/facets', { body: { ...body, fields: ['user.name'], prefix: 'ya' } });
    expect(facetsAnswer.parse(completed.value).facets[0]?.values).toEqual([{ value: 'yamada', count: 1 }]);
    const { fields } = fieldsAnswer.parse((await call('/v1/search/fields', { body })).value);
    expect(fields.find((field) => field.name === 'user.name')).toMatchObject({ type: 'keyword', count: 2 });
  });

  it('answers an unreadable query with its place, in the caller’s language', async () => {
    const body = { ...range, query: 'user.name:root AND' };
    const english = await refused(call('/v1/search', { body }));
    expect(english).toMatchObject({
      status: 400,
      code: 'query-unreadable',
      reason: 'operand-missing',
      position: 15,
      length: 3,
    });
    const japanese = await refused(call('/v1/search', { body, headers: { 'accept-language': 'ja' } }));
    expect(japanese.title).toBe('検索式に誤りがあります');
    expect(japanese.detail).toMatch(/[ぁ-ん]/);
    for (const path of ['/v1/search/histogram', '/v1/search/relaxed', '/v1/search/facets', '/v1/search/fields']) {
      const more = path.endsWith('facets') ? { fields: ['user.name'] } : {};
      expect(await refused(call(path, { body: { ...body, ...more } }))).toMatchObject({ code: 'query-unreadable' });
    }
  });

  it('refuses requests that the contract does not know, by name', async () => {
    const unknown = await refused(call('/v1/search', { body: { ...range, tenantId: other.tenant.id } }));
    expect(unknown).toMatchObject({
      status: 400,
      code: 'request-invalid',
      detail: expect.stringContaining('tenantId'),
    });
    expect(await refused(call('/v1/search', { body: { ...range, from: '2026-11-22' } }))).toMatchObject({
      code: 'request-invalid',
      detail: expect.stringContaining('from'),
    });
    const reversed = { from: range.to, to: range.from };
    expect(await refused(call('/v1/search', { body: reversed }))).toMatchObject({ code: 'time-range-invalid' });
    const zone = { ...range, timeZone: 'Mars/Olympus' };
    expect(await refused(call('/v1/search', { body: zone }))).toMatchObject({ code: 'request-invalid' });
  });

  it('gives an event with its record byte for byte, and its neighbours', async () => {
    const event = eventDetail.parse((await call(`/v1/events/${block}-0`)).value);
    expect(event).toMatchObject({ id: eventIds[0], block, leaf: 0, seal: { state: 'sealed' } });
    expect((await call(`/v1/events/${event.id}`)).value).toEqual(event);
    expect(event.record).toBe(lines[0]);
    expect(event).not.toHaveProperty('recordBase64');
    expect(event.fields).toMatchObject({ 'user.name': 'root' });
    const broken = eventDetail.parse((await call(`/v1/events/${block}-3`)).value);
    expect(Buffer.from(broken.recordBase64 ?? '', 'base64')).toEqual(notUtf8);
    const around = contextAnswer.parse((await call(`/v1/events/${block}-1/context?before=1&after=2`)).value);
    expect([around.before, around.after].map((side) => side.map((each) => each.leaf))).toEqual([[0], [2, 3]]);
  });

  it('proves an event up to a checkpoint that the tenant’s key signed', async () => {
    const answer = proofAnswer.parse((await call(`/v1/events/${block}-1/proof`)).value);
    expect(answer.id).toBe(eventIds[1]);
    expect((await call(`/v1/events/${answer.id}/proof`)).value).toEqual(answer);
    expect(answer.verifierKey).toBe(test.keyring.forTenant(own.tenant.id).verifierKey());
    const { proof } = answer;
    if (proof === undefined) throw new Error('the proof is withheld');
    const checked = checkEventProof(proof, answer.verifierKey, { sha256, verifyEd25519 });
    expect(checked).toMatchObject({ ok: true });
    const kept = await test.archive.forTenant(own.tenant.id).get(`log/checkpoints/${proof.checkpoint.split('\n')[1]}`);
    expect(kept?.toString()).toBe(proof.checkpoint);
    expect(proof.event.record).toEqual({ text: lines[1] });
    const changed = { ...proof, event: { ...proof.event, record: { text: 'something else' } } };
    expect(checkEventProof(changed, answer.verifierKey, { sha256, verifyEd25519 }).ok).toBe(false);
  });

  it('shows the checkpoint, the blocks, the log groups and the sources', async () => {
    const { value } = await call('/v1/log/checkpoint');
    expect(value).toMatchObject({ origin: `akashi.log/${own.tenant.id}`, treeSize: 2 });
    const { note, verifierKey } = value as { note: string; verifierKey: string };
    expect(verifyCheckpoint(note, verifierKey)).toMatchObject({ ok: true });
    // Whoever took it away finds it there again.
    expect(await test.archive.forTenant(own.tenant.id).get('log/checkpoints/2')).toEqual(Buffer.from(note));
    const first = (await call('/v1/log/blocks?limit=1')).value as { items: { number: number }[]; next: string };
    expect(first.items.map((each) => each.number)).toEqual([1]);
    const second = (await call(`/v1/log/blocks?limit=1&cursor=${first.next}`)).value;
    expect(second).toEqual({ items: [expect.objectContaining({ number: 0, records: 4 })] });
    expect((await call('/v1/log/verifications')).value).toEqual({ items: [] });
    const groups = (await call('/v1/log-groups')).value as { items: object[] };
    expect(groups.items).toMatchObject([{ name: 'linux/auth', records: 4, streams: 1 }, { name: 'web' }]);
    const sources = (await call('/v1/sources')).value as { items: { recordsPerMinute: number[] }[] };
    expect(sources.items.find((each) => each.recordsPerMinute.includes(4))).toMatchObject({
      id: 'source-a',
      logGroup: 'linux/auth',
      logStream: 'host-a',
      lagMs: 1,
    });
  });

  it('keeps tenants and log groups apart: out of scope is the same as not there', async () => {
    const missing = await refused(call('/v1/events/999-0'));
    const readsWeb = 'aka_reads-the-web-group-only';
    const key = { kind: 'api', name: 'web', sha256: hashKey(readsWeb), logGroups: ['we*'] } as const;
    await own.database.accessKeys.put({ ...key, responsibleId: own.keyHolderId });
    for (const path of ['', '/context', '/proof']) {
      const scoped = await refused(call(`/v1/events/${block}-0${path}`, { key: readsWeb }));
      expect({ ...scoped, requestId: '' }).toEqual({ ...missing, requestId: '' });
      const foreign = await refused(call(`/v1/events/1-0${path}`, { key: other.apiKey }));
      expect({ ...foreign, requestId: '' }).toEqual({ ...missing, requestId: '' });
      expect(await refused(call(`/v1/events/not-an-id${path}`))).toMatchObject({ status: 404 });
    }
    const body = { ...range, ...received, query: '' };
    const scoped = searchAnswer.parse((await call('/v1/search', { key: readsWeb, body })).value);
    expect(scoped).toMatchObject({ total: { value: 1 }, items: [{ logGroup: 'web' }] });
    const widened = { ...body, logGroups: ['linux/*', 'secret'] };
    expect((await call('/v1/search', { key: readsWeb, body: widened })).value).toMatchObject({ items: [] });
    const facets = await call('/v1/search/facets', {
      key: readsWeb,
      body: { ...body, fields: ['log.group', 'user.name'] },
    });
    expect(facetsAnswer.parse(facets.value).facets.map((facet) => facet.values.length)).toEqual([1, 0]);
    expect((await call('/v1/log-groups', { key: readsWeb })).value).toMatchObject({ items: [{ name: 'web' }] });
    const sources = (await call('/v1/sources', { key: readsWeb })).value as { items: { logGroup: string }[] };
    expect(sources.items.map((each) => each.logGroup)).toEqual(['web']);
    const neighbour = searchAnswer.parse((await call('/v1/search', { key: other.apiKey, body })).value);
    expect(neighbour.items.map((each) => each.record)).toEqual(['the neighbour’s line']);
  });

  it('asks everybody who they are', async () => {
    const paths = [
      '/v1/session',
      '/v1/log-groups',
      '/v1/sources',
      '/v1/log/checkpoint',
      '/v1/log/blocks',
      '/v1/events/0-0',
    ];
    for (const path of paths) {
      expect(await refused(call(path, { key: 'aka_nobody-has-this-key' })), path).toMatchObject({
        code: 'unauthenticated',
      });
      expect((await fetch(test.api.url + path)).status, path).toBe(401);
    }
    expect(await refused(call('/v1/search', { key: own.ingestKey, body: range }))).toMatchObject({ status: 401 });
  });

  it('signs people in with a cookie that scripts and other sites cannot use', async () => {
    const signIn = (password: string) =>
      fetch(`${test.api.url}/v1/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'accept-language': 'ja' },
        body: JSON.stringify({ email: own.email.toUpperCase(), password }),
      });
    const wrong = problem.parse(await (await signIn('wrong')).json());
    expect(wrong).toMatchObject({ status: 401, code: 'sign-in-failed' });
    const answer = await signIn(own.password);
    expect(answer.status).toBe(201);
    expect(session.parse(await answer.json())).toMatchObject({
      stage: 'second-factor',
      user: { name: '佐藤 花子' },
      tenant: { name: '試験商店' },
    });
    const set = answer.headers.get('set-cookie') ?? '';
    expect(set).toMatch(/^akashi_session=[^;]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    const cookie = await own.person.signIn();
    const me = await fetch(`${test.api.url}/v1/session`, { headers: { cookie } });
    expect(session.parse(await me.json())).toMatchObject({ stage: 'full', user: { email: own.email } });

    const search = (headers: Record<string, string>) =>
      fetch(`${test.api.url}/v1/search`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie, ...headers },
        body: JSON.stringify(range),
      });
    expect(problem.parse(await (await search({})).json())).toMatchObject({ status: 403, code: 'csrf-refused' });
    expect((await search({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await search({ origin: test.api.url })).status).toBe(200);
    expect((await search({ 'x-akashi-csrf': '1' })).status).toBe(200);

    const out = await fetch(`${test.api.url}/v1/session`, {
      method: 'DELETE',
      headers: { cookie, 'x-akashi-csrf': '1' },
    });
    expect(out.status).toBe(204);
    expect((await fetch(`${test.api.url}/v1/session`, { headers: { cookie } })).status).toBe(401);
  });

  it('is ready with its parts, and hides what is not for callers', async () => {
    expect((await fetch(`${test.api.url}/readyz`)).status).toBe(200);
    expect(await refused(call('/v1/nowhere'))).toMatchObject({ status: 404, code: 'not-found' });
    const large = await fetch(`${test.api.url}/v1/search`, {
      method: 'POST',
      headers: { authorization: `Bearer ${own.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...range, query: 'x'.repeat(300_000) }),
    });
    expect(large.status).toBe(413);
  });

  it('answers nonsense with a refusal, never with a fault', async () => {
    const authorization = `Bearer ${own.apiKey}`;
    const post = (body: string | undefined, type: string) => ({ method: 'POST', type, body });
    const nonsense: [string, { method: string; type?: string; body?: string | undefined }][] = [
      ['/v1/events/%00', { method: 'GET' }],
      ['/v1/events/%E0%A4%A', { method: 'GET' }],
      ['/v1/events/999999999999999-9999999999', { method: 'GET' }],
      ['/v1/events/999999999999999-9999999999/proof', { method: 'GET' }],
      ['/v1/log/blocks?limit=1&limit=2', { method: 'GET' }],
      ['/v1/log/blocks?limit=1e99', { method: 'GET' }],
      ['/v1/log/blocks?cursor=b999999999999999999', { method: 'GET' }],
      ['/v1/events/0-0/context?before=-1', { method: 'GET' }],
      ['/v1/search', post('{', 'application/json')],
      ['/v1/search', post('', 'application/json')],
      ['/v1/search', post(undefined, 'application/json')],
      ['/v1/search', post('null', 'application/json')],
      ['/v1/search', post('[]', 'application/json')],
      ['/v1/search', post('{"__proto__":{"a":1}}', 'application/json')],
      ['/v1/search', post('hello', 'text/plain')],
      ['/v1/search', post('hello', 'application/x-unknown')],
      ['/v1/search', post(JSON.stringify({ ...range, cursor: 'e30' }), 'application/json')],
      [
        '/v1/search/facets',
        post(JSON.stringify({ ...range, fields: ['__proto__'], prefix: '.*"\\[~' }), 'application/json'),
      ],
      [
        '/v1/search',
        post(JSON.stringify({ from: '0001-01-01T00:00:00Z', to: '9999-12-31T23:59:59Z' }), 'application/json'),
      ],
      [
        '/v1/search/histogram',
        post(JSON.stringify({ from: '0001-01-01T00:00:00Z', to: '9999-12-31T23:59:59Z' }), 'application/json'),
      ],
      ['/v1/session', post(JSON.stringify({ email: '\u0000\u0000\u0000', password: 'x' }), 'application/json')],
      ['/v1/search', { method: 'PATCH' }],
      ['/V1/SEARCH', { method: 'OPTIONS' }],
    ];
    for (const [path, { method, type, body }] of nonsense) {
      const headers = { authorization, ...(type === undefined ? {} : { 'content-type': type }) };
      const response = await fetch(test.api.url + path, { method, headers, ...(body === undefined ? {} : { body }) });
      const text = await response.text();
      expect(response.status, `${method} ${path} ${body}: ${text}`).toBeLessThan(500);
      if (response.status >= 400) expect(problem.safeParse(JSON.parse(text)).success, `${path} ${text}`).toBe(true);
    }
  });

  it('names an archive object that is not what it was', async () => {
    const altered = await test.createTenant();
    const { objectKey } = await altered.seal('web', ['one line']);
    const archive = test.archive.forTenant(altered.tenant.id);
    const object = await archive.get(objectKey);
    expect(object).not.toBeNull();
    const changed = Buffer.from(object ?? Buffer.alloc(0));
    changed[changed.length - 20] = (changed[changed.length - 20] ?? 0) ^ 1;
    await test.overwriteArchive(altered.tenant.id, objectKey, changed);
    const found = await refused(call('/v1/events/0-0/proof', { key: altered.apiKey }));
    expect(found).toMatchObject({ code: 'evidence-altered', params: { object: objectKey }, reason: 'not-authentic' });
  });
});
