import type { NewVerification } from '@akashi/database';
import { catalogueVersion, derivationOf, eventIdOf } from '@akashi/log-event';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { sealHeartbeat } from '../sealing/heartbeat.ts';
import { openTestPipeline, type TestPipeline } from '../pipeline/pipeline.fixtures.ts';
import { processSegment } from '../pipeline/process-segment.ts';
import type { VerificationParts } from './verification-parts.ts';
import { verifyShare, verifyTenant, type VerificationPace } from './verify-tenant.ts';

// Real: PostgreSQL, OpenSearch, disk, worker threads, the offline verifier.
const hourMs = 3_600_000;
const pace: VerificationPace = { everyMs: hourMs, onlineMs: 24 * hourMs, archiveMs: 168 * hourMs };
const searchUrl = process.env['OPENSEARCH_URL'] ?? '';

let pipeline: TestPipeline;

async function take(lines: readonly string[], parts = pipeline.parts): Promise<string> {
  const segmentId = await pipeline.land(lines);
  const signal = AbortSignal.timeout(30_000);
  await processSegment(parts, { tenantId: pipeline.tenantId, segmentId, lane: 'ordinary', signal });
  await pipeline.parts.openBlocks.seal({ tenantId: pipeline.tenantId, retentionPolicy: 'default' });
  return segmentId;
}

const proven = { outcome: 'proven', findings: [] };
const everything = (parts: VerificationParts = pipeline.parts): Promise<NewVerification | null> =>
  verifyTenant(parts, pipeline.tenantId);
const share = (parts: VerificationParts = pipeline.parts): Promise<NewVerification | null> =>
  verifyShare(parts, pipeline.tenantId, pace);
const codes = (result: NewVerification | null): string[] =>
  (result?.findings ?? []).map(({ code, where }) => `${code} ${where}`);

interface Indexed {
  readonly _id: string;
  readonly _source: Record<string, unknown>;
}

/** What an administrator of the index can do: take the organisation's documents out, and write them back changed. */
async function rewrite(change: (documents: Indexed[]) => Indexed[]): Promise<void> {
  const ask = async (path: string, type: string, body: string): Promise<unknown> => {
    const answer = await fetch(searchUrl + path, { method: 'POST', headers: { 'content-type': type }, body });
    return answer.json();
  };
  const query = { term: { 'akashi.tenant': pipeline.tenantId } };
  const found = await ask(
    '/test-worker-events-*-from-*/_search',
    'application/json',
    JSON.stringify({ size: 1_000, query }),
  );
  const { hits } = (found as { hits: { hits: (Indexed & { _index: string })[] } }).hits;
  const removals = hits.map(({ _index, _id }) => [{ delete: { _index, _id } }]);
  const stream = hits[0]?._index.replace(/^\.ds-/, '').replace(/-\d{6}$/, '');
  const creations = change(hits.map(({ _id, _source }) => ({ _id, _source }))).map(({ _id, _source }) => [
    { create: { _index: stream, _id } },
    _source,
  ]);
  const lines = [...removals, ...creations].flat().map((line) => `${JSON.stringify(line)}\n`);
  expect(await ask('/_bulk?refresh=true', 'application/x-ndjson', lines.join(''))).toMatchObject({ errors: false });
}

const withoutZone = [
  'Nov 29 03:04:05 db01 sshd[7533]: Failed password for root from 203.0.113.9 port 4022 ssh2',
  '2026-11-29 03:04:05 payment refused 注文 "17" \\ \u0001',
  'no time at all',
];

const stamp = 'msg=audit(1795316890.679:24287):';
const auditEvent = [
  `type=SYSCALL ${stamp} arch=c000003e syscall=87 success=yes exit=0 auid=1000 uid=0 euid=0 tty=pts0 ses=3 comm="rm" exe="/bin/rm" key=(null)`,
  'a line of another program between them',
  `type=CWD ${stamp} cwd="/etc"`,
  `type=PATH ${stamp} item=1 name="cron.d/backup" nametype=DELETE`,
];

describe('what verification says of documents', () => {
  let first: string;

  beforeAll(async () => {
    pipeline = await openTestPipeline();
    first = await take(withoutZone);
    await take(['another segment', 'of two lines']);
  });
  afterAll(() => pipeline.close());
  afterEach(async () => {
    expect(await everything()).toMatchObject(proven);
  });

  const id = (position: number): string => eventIdOf({ segmentId: first, position });

  it('proves what was written, whatever it would be derived to today', async () => {
    expect(await everything()).toMatchObject({ ...proven, treeSize: 2 });
    const others = {
      zone: derivationOf({ timeZone: 'America/New_York' }),
      catalogue: derivationOf({ timeZone: 'Asia/Tokyo' }, catalogueVersion + 1),
      setting: derivationOf({ timeZone: 'Asia/Tokyo', later: 'setting' } as never),
    };
    for (const [name, derivation] of Object.entries(others)) {
      const parts = { ...pipeline.parts, derivationOf: () => Promise.resolve(derivation) };
      expect(await everything(parts), name).toMatchObject(proven);
      await take([`a line after the ${name} was changed`, ...withoutZone], parts);
      expect(await share(parts), name).toMatchObject(proven);
      expect(await everything(parts), name).toMatchObject(proven);
    }
  });

  it('names a changed field, a changed record, a missing and an added document, also with a forged time of receipt', async () => {
    let original: Indexed[] = [];
    // Ids as the product writes none; other runs of this test share the stream.
    const [nobody, nowhere] = [`nobody-${pipeline.tenantId}`, `nowhere-${pipeline.tenantId}`];
    await rewrite((documents) => {
      original = documents;
      const at = (position: number): Indexed => {
        const found = documents.find(
          ({ _source }) => _source['akashi.segment'] === first && _source['akashi.position'] === position,
        );
        if (found === undefined) throw new Error('the document is not there');
        return found;
      };
      const changed = { ...at(0), _source: { ...at(0)._source, 'user.name': 'nobody' } };
      const rewritten = { ...at(1), _source: { ...at(1)._source, record: 'nothing happened' } };
      const added = { _id: at(0)._id.replace(/0$/, '7'), _source: { ...at(0)._source, 'akashi.position': 7 } };
      const foreign = { ...at(0)._source, 'akashi.segment': '0199d0c0-0000-7000-8000-00000000000b' };
      const gone = new Set([at(0), at(1), at(2)]);
      return [
        ...documents.filter((each) => !gone.has(each)),
        changed,
        rewritten,
        added,
        { _id: nobody, _source: foreign },
        { _id: nowhere, _source: { '@timestamp': 1, 'akashi.tenant': pipeline.tenantId, record: 'x' } },
      ];
    });
    const result = await everything();
    expect(result?.outcome).toBe('altered');
    expect(new Set(codes(result))).toEqual(
      new Set([
        `index-document-altered event ${id(0)}`,
        `index-document-altered event ${id(1)}`,
        `index-document-missing event ${id(2)}`,
        `index-document-added event ${id(7)}`,
        `index-document-added event ${nobody}`,
        `index-document-added document ${nowhere}`,
      ]),
    );
    const fieldsOf = (event: string): string[] | undefined =>
      result?.findings.find(({ where }) => where === `event ${event}`)?.fields;
    expect(fieldsOf(id(0))).toEqual(['user.name']);
    expect(fieldsOf(id(1))).toEqual(['record']);
    // A share that does not look there again keeps them.
    expect((await share())?.findings).toHaveLength(6);
    await rewrite(() => original);
  });

  it('proves records that are one event, and names what was changed of the first of them', async () => {
    // In the block of another segment: which records are one event depends on their own segment alone.
    const segmentId = await pipeline.land(auditEvent);
    const other = await pipeline.land(auditEvent);
    for (const each of [segmentId, other]) {
      const job = { tenantId: pipeline.tenantId, segmentId: each, lane: 'ordinary' } as const;
      await processSegment(pipeline.parts, { ...job, signal: AbortSignal.timeout(30_000) });
    }
    await pipeline.parts.openBlocks.seal({ tenantId: pipeline.tenantId, retentionPolicy: 'default' });
    expect(await everything()).toMatchObject(proven);
    let original: Indexed[] = [];
    await rewrite((documents) => {
      original = documents;
      const head = documents.find(
        ({ _source }) => _source['akashi.segment'] === other && _source['akashi.position'] === 0,
      );
      expect(head?._source).toMatchObject({
        'akashi.parts': [2, 3],
        'event.action': 'deleted',
        'file.path': '/etc/cron.d/backup',
        'pci.class': ['administrator-action', 'system-object'],
      });
      return documents.map((each) =>
        each === head ? { ...each, _source: { ...each._source, 'file.path': '/tmp/x' } } : each,
      );
    });
    const result = await everything();
    expect(result?.findings).toMatchObject([
      { where: `event ${eventIdOf({ segmentId: other, position: 0 })}`, fields: ['file.path'] },
    ]);
    await rewrite(() => original);
  });

  it('finds a digest that was changed in the ledger, and one that was taken away for a look at the records', async () => {
    const outside = new Client({ connectionString: pipeline.databaseUrl });
    await outside.connect();
    await outside.query(
      `UPDATE landing_segment SET documents_sha256 = decode(repeat('00', 32), 'hex') WHERE segment_id = $1`,
      [first],
    );
    expect(codes(await everything())).toEqual([`index-digest-altered digest of segment ${first}`]);
    await outside.query('UPDATE landing_segment SET documents_sha256 = NULL WHERE segment_id = $1', [first]);
    expect(await everything()).toMatchObject(proven);
    await outside.end();
  });
});

describe('what a share of verification costs and keeps', () => {
  let now: Date;
  let parts: VerificationParts;

  beforeAll(async () => {
    pipeline = await openTestPipeline();
    now = new Date();
    parts = { ...pipeline.parts, now: () => now };
    for (let segment = 0; segment < 12; segment += 1) await take([`line of segment ${segment}`, 'and another one']);
  });
  afterAll(() => pipeline.close());

  const progress = (part: 'archive' | 'index') =>
    pipeline.parts.database.forTenant(pipeline.tenantId).verificationProgress.get(part);
  const beat = async (): Promise<void> => {
    const { database, sealer } = pipeline.parts;
    await sealHeartbeat({ database, sealer, now: () => now, maskingVersion: 'test-1' }, pipeline.tenantId);
  };

  it('looks at everything once, then at what is new', async () => {
    expect(await share(parts)).toMatchObject({ ...proven, kind: 'share', treeSize: 12, blocks: 12 });
    await take(['a new line']);
    expect(await share(parts)).toMatchObject({ ...proven, treeSize: 13, blocks: 1 });
    expect(await progress('index')).toMatchObject({ checkedBlocks: 13, passStartedAt: null });
    expect(await progress('archive')).toMatchObject({ checkedBlocks: 13, passStartedAt: null });
  });

  it('goes over all that is online within a day and over the archive within a week, stopped or not', async () => {
    const begin = now;
    const steps = { records: 1, blocks: 1 };
    const seen = { index: new Set<string>(), archive: new Set<string>() };
    for (let hour = 24; hour <= 24 + 168; hour += hour < 48 ? 1 : 12) {
      now = new Date(begin.getTime() + hour * hourMs);
      await beat();
      // Each run is another process: what it knows is in the database.
      const result = await verifyShare({ ...parts, ...pipeline.restart(), now: () => now }, pipeline.tenantId, {
        ...pace,
        everyMs: hour < 48 ? hourMs : 12 * hourMs,
        steps,
      });
      // The database says by its own clock when the newest block was sealed.
      expect(result?.findings.filter(({ code }) => code !== 'heartbeat-missing')).toEqual([]);
      for (const part of ['index', 'archive'] as const) {
        const { passCursor, passStartedAt } = (await progress(part)) ?? {};
        if (passStartedAt !== null) seen[part].add(`${passStartedAt?.toISOString()} ${passCursor}`);
      }
    }
    const [index, archive] = [await progress('index'), await progress('archive')];
    expect(index?.wholePassStartedAt?.getTime()).toBeGreaterThanOrEqual(begin.getTime() + 24 * hourMs);
    expect(archive?.wholePassStartedAt?.getTime() ?? 0).toBeGreaterThanOrEqual(begin.getTime());
    // It stood in the middle of a pass more than once.
    expect(seen.index.size).toBeGreaterThan(4);
  }, 240_000);
});
