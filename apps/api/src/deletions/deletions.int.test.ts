import { deletionsAnswer, disposalCertificate } from '@akashi/contracts';
import {
  appendToLog,
  blockRangesOf,
  createLogReader,
  decodeLogEntry,
  disposalContent,
  disposalKind,
  encodeStatement,
  hashLeaf,
  logOrigin,
  merkleRoot,
  readDisposal,
  signCheckpoint,
  verifyCheckpoint,
  verifyInclusion,
} from '@akashi/integrity';
import { eventIdOf, parseEventId } from '@akashi/log-event';
import { findDatabaseServer, findSearchServer } from '@akashi/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type ApiTenant, type TestApi } from '../api.fixtures.ts';
import { addGroup, addPerson, callApi, type TestPerson } from '../people.fixtures.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();
const requirement = 'pci:4.0.1:10.5.1';

describe.skipIf(databaseUrl === undefined || searchUrl === undefined)('disposals', { timeout: 60_000 }, () => {
  let test: TestApi;
  let own: ApiTenant;
  let admin: TestPerson;
  let part: TestPerson;
  let dbEvent = '';
  let webEvent = '';

  beforeAll(async () => {
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '' });
    own = await test.createTenant();
    admin = await addPerson(test, own, 'tenant-admin');
    part = await addPerson(test, own, 'log-administrator');
    await addGroup(own, [admin], { logGroups: ['*'] });
    await addGroup(own, [part], { logGroups: ['web'] });
    [dbEvent = ''] = (await own.seal('db', ['one line', 'two lines'])).eventIds;
    [webEvent = ''] = (await own.seal('web', ['one line'])).eventIds;
    await state([0]);
    await state([1]);
  });
  afterAll(() => test.close());

  /** Seals and notes what the worker would, so that the API has it to tell; no object is removed. */
  async function state(numbers: readonly number[]): Promise<void> {
    const tenantId = own.tenant.id;
    const archive = test.archive.forTenant(tenantId);
    const { log, blocks } = own.database;
    const { size } = await log.get();
    const listed = await Promise.all(numbers.map(async (number) => (await blocks.get(number))?.header ?? ''));
    const received = await Promise.all(numbers.map((number) => blocks.get(number)));
    const said = {
      ranges: blockRangesOf(numbers),
      count: numbers.length,
      records: received.reduce((sum, block) => sum + (block?.records ?? 0), 0),
      firstReceivedUs: received[0]?.firstReceivedUs ?? null,
      lastReceivedUs: received.at(-1)?.lastReceivedUs ?? null,
      policies: ['default'],
      root: merkleRoot(listed.map((header) => hashLeaf(Buffer.from(header)))),
      dueUs: 1_800_000_000_000_000,
      rule: { id: 'kept-days', requirement },
    };
    const bytes = encodeStatement({
      tenantId,
      entry: size,
      kind: disposalKind,
      createdUs: 1_800_000_100_000_000,
      content: disposalContent(said),
    });
    const reader = createLogReader((path) => archive.get(`log/${path}`));
    const grown = appendToLog(await reader.edge(size), [bytes]);
    for (const object of grown.objects) await archive.putOnce(`log/${object.path}`, object.bytes);
    const head = { origin: logOrigin(tenantId), size: size + 1, root: grown.root };
    const checkpoint = signCheckpoint(head, test.keyring.forTenant(tenantId).signingKey());
    await archive.replaceCheckpoint(Buffer.from(checkpoint));
    const at = new Date(1_800_000_100_000);
    await log.withSealLock(async (transaction) => {
      await transaction.insertBlock({
        number: size,
        segmentId: null,
        objectKey: null,
        header: bytes.toString('utf8'),
        records: 0,
        bodyBytes: 0,
        root: merkleRoot([]),
        bodySha256: merkleRoot([]),
        firstReceivedUs: null,
        lastReceivedUs: null,
        createdAt: at,
      });
      await transaction.noteDisposal({
        ...said,
        entry: size,
        createdAt: at,
        blocks: numbers.join(','),
        blockNumbers: numbers,
        dueAt: new Date(said.dueUs / 1000),
      });
      await transaction.advance({ size: size + 1, root: grown.root, checkpoint });
    });
  }

  const get = async (path: string, by = admin) => callApi(test, { method: 'GET', path }, { cookie: await by.signIn() });
  const list = async (query = '', by = admin) => deletionsAnswer.parse((await get(`/v1/deletions${query}`, by)).json);

  it('are listed, the newest first, page by page', async () => {
    const whole = await list();
    expect(whole.items.map(({ entry, blocks, records, removedAt }) => [entry, blocks, records, removedAt])).toEqual([
      [3, '1', 1, null],
      [2, '0', 2, null],
    ]);
    expect(whole.items[1]).toMatchObject({ logGroups: ['db'], policies: ['default'], rule: { requirement } });
    const first = await list('?limit=1');
    expect(first.items).toHaveLength(1);
    expect((await list(`?limit=1&cursor=${first.next ?? ''}`)).items).toMatchObject([{ entry: 2 }]);
    expect((await get('/v1/deletions?cursor=x')).json).toMatchObject({ code: 'cursor-invalid' });
  });

  it('name log groups to those who see them', async () => {
    expect((await list('', part)).items.map(({ logGroups }) => logGroups)).toEqual([['web'], []]);
    const viewer = await addPerson(test, own, 'viewer');
    expect((await get('/v1/deletions', viewer)).status).toBe(403);
  });

  it('have a certificate that the log proves', async () => {
    const [newest] = (await list()).items;
    const answer = await get(`/v1/deletions/${newest?.id ?? ''}/certificate`);
    const { statement, proof, disposal, organisation } = disposalCertificate.parse(answer.json);
    expect(organisation.id).toBe(own.tenant.id);
    expect(disposal).toEqual(newest);
    const entry = decodeLogEntry(Buffer.from(statement));
    const said = entry.ok && entry.kind === 'statement' ? readDisposal(entry.statement) : null;
    expect(said).toMatchObject({ count: 1, records: 1, rule: { requirement } });
    const verified = verifyCheckpoint(proof.checkpoint, proof.verifierKey);
    expect(verified.ok).toBe(true);
    if (!verified.ok) return;
    expect(verified.checkpoint.size).toBe(proof.treeSize);
    const path = proof.inclusionProof.map((hash) => Buffer.from(hash, 'base64'));
    const leafHash = hashLeaf(Buffer.from(statement));
    const place = { index: proof.entry, size: proof.treeSize };
    expect(verifyInclusion({ ...place, leafHash, proof: path, root: verified.checkpoint.root })).toBe(true);
    expect((await get('/v1/deletions/00000000-0000-4000-8000-000000000000/certificate')).status).toBe(404);
    expect(test.intake.acts.map(({ event }) => event.action)).toContain('disposal.certificate');
  });

  it('have it to read and to print, too', async () => {
    const [newest] = (await list()).items;
    const answer = await get(`/v1/deletions/${newest?.id ?? ''}/certificate?format=pdf&language=ja`);
    expect(answer.status).toBe(200);
    expect(answer.text.startsWith('%PDF-1.7')).toBe(true);
  });

  it('answer for their events, to those who saw all of the block, once the index has forgotten them', async () => {
    const whole = await list();
    const segments = [dbEvent, webEvent].map((id) => parseEventId(id)?.segmentId ?? '');
    expect((await get(`/v1/events/${dbEvent}`)).status).toBe(200);
    await test.documentsOf(own.tenant.id).removeSegments(segments);
    for (const path of [
      `/v1/events/${dbEvent}`,
      `/v1/events/0-0`,
      `/v1/events/${dbEvent}/context`,
      `/v1/events/${dbEvent}/proof`,
    ]) {
      const { status, json } = await get(path);
      expect([path, status, json]).toEqual([
        path,
        410,
        expect.objectContaining({ code: 'event-disposed', params: { disposal: whole.items[1]?.id } }),
      ]);
    }
    expect((await get(`/v1/events/${webEvent}`, part)).status).toBe(410);
    // Of another log group, and of a record that was never there: the same as any id.
    expect((await get(`/v1/events/${dbEvent}`, part)).status).toBe(404);
    expect((await get(`/v1/events/${eventIdOf({ segmentId: segments[0] ?? '', position: 2 })}`)).status).toBe(404);
  });
});
