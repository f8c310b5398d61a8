import {
  blocksAnswer,
  logStanding,
  proofAnswer,
  searchAnswer,
  verificationProgress,
  type LogStanding,
  type Seal,
} from '@akashi/contracts';
import type { NewVerification } from '@akashi/database';
import { parseEventId } from '@akashi/log-event';
import { findDatabaseServer, findSearchServer } from '@akashi/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type ApiTenant, type TestApi } from '../api.fixtures.ts';
import type { TestPerson } from '../test-people.fixtures.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();

describe.skipIf(databaseUrl === undefined || searchUrl === undefined)('what the API says of seals', () => {
  let test: TestApi;
  let own: ApiTenant;
  let viewer: TestPerson;
  /** The ids of the events by the places where they are sealed. */
  const idAt: Record<string, string> = {};
  const range = {
    from: new Date(Date.now() - 86_400_000).toISOString(),
    to: new Date(Date.now() + 86_400_000).toISOString(),
  };

  beforeAll(async () => {
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '' });
    own = await test.createTenant();
    const linux = await own.seal('linux/auth', [
      'Failed password for root from 203.0.113.9 port 4711 ssh2',
      'second',
      'third',
    ]);
    const web = await own.seal('web', ['hello']);
    for (const { block, eventIds } of [linux, web])
      for (const [leaf, id] of eventIds.entries()) idAt[`${block}-${leaf}`] = id;
    viewer = await own.addPerson({ role: 'viewer' });
  });
  afterAll(() => test.close());

  const get = async (path: string, headers: Record<string, string> = {}): Promise<unknown> => {
    const authorization: Record<string, string> = headers['cookie'] === undefined ? bearer() : {};
    return (await fetch(`${test.api.url}${path}`, { headers: { ...authorization, ...headers } })).json();
  };
  const bearer = (): Record<string, string> => ({ authorization: `Bearer ${own.apiKey}` });
  const seals = async (): Promise<Record<string, Seal>> => {
    const response = await fetch(`${test.api.url}/v1/search`, {
      method: 'POST',
      headers: { ...bearer(), 'content-type': 'application/json' },
      body: JSON.stringify({ ...range, timeField: 'receivedAt' }),
    });
    const { items } = searchAnswer.parse(await response.json());
    return Object.fromEntries(items.map(({ block, leaf, seal }) => [`${block}-${leaf}`, seal]));
  };
  const states = async (): Promise<Record<string, string>> =>
    Object.fromEntries(Object.entries(await seals()).map(([place, { state }]) => [place, state]));
  const verified = (change: Partial<NewVerification>): Promise<string> =>
    own.database.verifications.insert({
      kind: 'full',
      outcome: 'proven',
      startedAt: new Date(),
      finishedAt: new Date(),
      treeSize: 2,
      blocks: 2,
      records: 4,
      findings: [],
      ...change,
    });

  /** What an administrator of the index can do: take a document out and put another one in its place. */
  const alterDocument = async (id: string, change: Record<string, string>): Promise<void> => {
    const ask = async (path: string, type: string, body: string): Promise<Record<string, unknown>> => {
      const answer = await fetch(searchUrl + path, { method: 'POST', headers: { 'content-type': type }, body });
      return (await answer.json()) as Record<string, unknown>;
    };
    const query = { term: { 'akashi.tenant': own.tenant.id } };
    const found = await ask(
      '/akashi-events-*-from-*/_search',
      'application/json',
      JSON.stringify({ size: 100, query }),
    );
    const { hits } = found['hits'] as { hits: { _index: string; _id: string; _source: object }[] };
    const hit = hits.find(({ _id }) => _id.endsWith(`.${id}`));
    if (hit === undefined) throw new Error('no such document');
    const { _index, _id, _source } = hit;
    const lines = [
      { delete: { _index, _id } },
      { create: { _index: _index.replace(/^\.ds-/, '').replace(/-\d{6}$/, ''), _id } },
      { ..._source, ...change },
    ];
    const body = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    expect(await ask('/_bulk?refresh=true', 'application/x-ndjson', body)).toMatchObject({ errors: false });
  };

  it('is sealed before the first verification, proven as far as one reached', async () => {
    expect(await states()).toEqual({ '0-0': 'sealed', '0-1': 'sealed', '0-2': 'sealed', '1-0': 'sealed' });
    expect(logStanding.parse(await get('/v1/log/standing'))).toMatchObject({ outcome: 'none', treeSize: 2 });
    await verified({ treeSize: 1, blocks: 1, records: 3 });
    expect(await states()).toEqual({ '0-0': 'proven', '0-1': 'proven', '0-2': 'proven', '1-0': 'sealed' });
  });

  it('does not verify where the last verification found it altered: row, event, block, and the whole', async () => {
    const altered = {
      code: 'index-document-altered',
      where: `event ${idAt['0-1']} record, user.name`,
      event: idAt['0-1'] ?? '',
      block: 0,
      leaf: 1,
      fields: ['record', 'user.name'],
    };
    await verified({ outcome: 'altered', findings: [altered] });
    expect(await states()).toEqual({ '0-0': 'proven', '0-1': 'mismatch', '0-2': 'proven', '1-0': 'proven' });
    const findings = [{ code: 'index-document-altered', fields: ['record', 'user.name'] }];
    expect(await get('/v1/events/0-1')).toMatchObject({ seal: { state: 'mismatch', findings } });
    expect(await get('/v1/events/0-0/context')).toMatchObject({
      event: { seal: { state: 'proven' } },
      after: [{ seal: { state: 'mismatch' } }, { seal: { state: 'proven' } }],
    });
    const { items } = blocksAnswer.parse(await get('/v1/log/blocks'));
    expect(items.map(({ number, seal }) => [number, seal.state])).toEqual([
      [1, 'proven'],
      [0, 'mismatch'],
    ]);
    const expected: Partial<LogStanding> = {
      outcome: 'altered',
      findingCount: 1,
      findings: [{ ...findings[0], code: altered.code, where: altered.where, block: 0, event: altered.event }],
    };
    expect(await get('/v1/log/standing')).toMatchObject(expected);
    expect(await get('/v1/log/verifications')).toMatchObject({ items: [{ findings: expected.findings }, {}] });
  });

  it('takes a finding of an earlier version, which names the event by its place', async () => {
    await verified({ outcome: 'altered', findings: [{ code: 'index-document-altered', where: 'event 0-2 record' }] });
    expect(await states()).toEqual({ '0-0': 'proven', '0-1': 'proven', '0-2': 'mismatch', '1-0': 'proven' });
    expect(await get('/v1/log/standing')).toMatchObject({ findings: [{ block: 0, event: '0-2' }] });
  });

  it('does not verify what a document claims of a segment that never came', async () => {
    const lost = idAt['1-0'] ?? '';
    await alterDocument(lost, { 'akashi.segment': '0199ddc0-0000-7000-8000-000000000009' });
    expect(await get(`/v1/events/${lost}`)).toMatchObject({
      seal: { state: 'mismatch', findings: [{ code: 'event-place' }] },
    });
    await alterDocument(lost, { 'akashi.segment': parseEventId(lost)?.segmentId ?? '' });
  });

  it('tells who may not read the integrity of all only of events that they may see', async () => {
    const cookie = await viewer.signIn();
    expect(await get('/v1/log/standing', { cookie })).toMatchObject({
      outcome: 'altered',
      findingCount: 1,
      findings: [],
    });
  });

  it('tells how far verification has come, and what was parsed with earlier settings', async () => {
    const pass = {
      checkedBlocks: 1,
      passStartedAt: new Date('2026-11-30T01:00:00Z'),
      passCursor: '1',
      passDone: 1,
      passTotal: 2,
      wholePassStartedAt: null,
      wholePassFinishedAt: null,
      passDueAt: new Date('2026-12-01T01:00:00Z'),
      updatedAt: new Date(),
    };
    await own.database.verificationProgress.put('archive', pass);
    expect(verificationProgress.parse(await get('/v1/log/verification'))).toEqual({
      treeSize: 2,
      provenSize: 0,
      archive: {
        startedAt: '2026-11-30T01:00:00.000Z',
        dueAt: '2026-12-01T01:00:00.000Z',
        wholeAt: null,
        done: 1,
        total: 2,
      },
      online: null,
      documents: { records: 4, outdated: 4 },
    });
    const cookie = await viewer.signIn();
    expect(await get('/v1/log/verification', { cookie })).toMatchObject({ status: 403 });
  });

  it('compares the indexed document with its sealed record when it is asked for the proof', async () => {
    const proof = async () => proofAnswer.parse(await get('/v1/events/0-0/proof'));
    expect((await proof()).document).toEqual({ fields: [] });
    await alterDocument(idAt['0-0'] ?? '', { 'user.name': 'nobody' });
    expect((await proof()).document).toEqual({ fields: ['user.name'] });
  });

  it('says of an event that is nowhere that it is not there', async () => {
    for (const path of ['', '/context', '/proof']) {
      expect(await get(`/v1/events/99999999-3${path}`)).toMatchObject({ status: 404, code: 'not-found' });
      expect(await get(`/v1/events/AZndwAAAcACAAAAAAAAAAQ.3${path}`)).toMatchObject({ status: 404, code: 'not-found' });
    }
  });
});
