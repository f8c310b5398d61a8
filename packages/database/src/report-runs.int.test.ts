import { randomUUID } from 'node:crypto';
import { standardReports, usualHours, usualTags, type RunSummary } from '@akashi/report';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMigratedDatabase, type TestDatabase } from './database.fixtures.ts';
import { newUnmaskedId, type FrozenRun, type NewReportRun, type ReportRuns, type TenantDatabase } from './index.ts';

const serverUrl = process.env['DATABASE_URL'];
if (serverUrl === undefined) process.stderr.write('skipped: DATABASE_URL names no PostgreSQL server\n');

const at = (minute: number): Date => new Date(Date.parse('2026-11-30T00:00:00Z') + minute * 60_000);
const leaseMs = 60_000;
const [definition] = standardReports;
if (definition === undefined) throw new Error('there is no standard report');
const area = { id: randomUUID(), name: 'カード系', logGroups: ['db/*'], logStreams: [], sources: [], hosts: ['db-*'] };
const summary: RunSummary = { rows: 2, flagged: 1, byFlag: { any: 1 }, people: [], hosts: [], groups: [], plot: [] };
const found: FrozenRun = {
  rows: 2,
  flagged: 1,
  summary,
  files: [{ format: 'ndjson', language: null, sha256: 'a'.repeat(64), bytes: 10, object: 'reports/x' }],
  masters: { people: 3 },
  frozenAt: at(3),
};

describe.skipIf(serverUrl === undefined)('runs of reports', () => {
  let test: TestDatabase;
  let own: TenantDatabase;
  let other: TenantDatabase;
  let runs: ReportRuns;

  const tenant = async (slug: string): Promise<TenantDatabase> => {
    const details = { nameJa: '証', nameEn: 'Akashi', timeZone: 'Asia/Tokyo', language: 'ja' } as const;
    return test.database.forTenant((await test.database.platform.createTenant({ slug, ...details })).id);
  };
  const wanted = (more: Partial<NewReportRun> = {}): NewReportRun => ({
    id: newUnmaskedId(),
    definition,
    area,
    basis: {
      scope: [{ logGroups: ['db/*'], logStreams: [], sources: [], rowFilter: null, hiddenFields: [] }],
      timeZone: 'Asia/Tokyo',
      language: 'ja',
      organisation: { ja: '証', en: 'Akashi' },
      hours: usualHours,
      tags: usualTags,
    },
    from: at(-1440),
    to: at(0),
    day: '2026-11-29',
    kind: 'duty',
    requestedBy: null,
    at: at(0),
    ...more,
  });
  const byHand = (more: Partial<NewReportRun> = {}): NewReportRun =>
    wanted({ kind: 'by-hand', day: null, area: null, requestedBy: { id: randomUUID(), name: '佐藤 花子' }, ...more });
  const plan = async (run: NewReportRun): Promise<string> => (await runs.plan([run]))[0]?.id ?? '';
  const take = async (id: string, minute: number) => {
    const taken = await runs.take(id, { now: at(minute), leaseMs });
    if (taken === null) throw new Error('not taken');
    return taken;
  };

  beforeAll(async () => {
    test = await createMigratedDatabase(serverUrl ?? '');
    own = await tenant('one');
    other = await tenant('two');
    runs = own.reportRuns;
  });
  beforeEach(async () => {
    await test.outside.query('DELETE FROM report_run_look');
    await test.outside.query('DELETE FROM report_run');
  });
  afterAll(() => test.drop());

  it('are planned once for a day, report and area, and keep what they were planned with', async () => {
    const first = wanted();
    const again = wanted({ definition: { ...definition, version: 9 } });
    expect(await runs.plan([first])).toEqual([{ wantedId: first.id, id: first.id }]);
    expect(await runs.plan([again, wanted({ area: null })])).toMatchObject([{ wantedId: again.id, id: first.id }, {}]);
    expect(await runs.list({ limit: 10 })).toHaveLength(2);
    expect(await runs.get(first.id)).toMatchObject({
      report: definition.id,
      version: definition.version,
      definition,
      area,
      basis: first.basis,
      from: first.from,
      to: first.to,
      day: '2026-11-29',
      state: 'waiting',
      files: [],
      sealedAs: null,
    });
    const hands = [byHand(), byHand()];
    expect(await runs.plan(hands)).toEqual(hands.map(({ id }) => ({ wantedId: id, id })));
    const addendum = { to: first.id, indexedAfter: at(5) };
    const late = wanted({ kind: 'addendum', addendum });
    expect(await runs.plan([late, wanted({ kind: 'addendum', addendum })])).toMatchObject([
      { id: late.id },
      { id: late.id },
    ]);
  });

  it('are made by one worker at a time, and by the next one when a lease ends', async () => {
    const id = await plan(wanted());
    const first = await take(id, 1);
    expect(await runs.take(id, { now: at(1), leaseMs })).toBeNull();
    expect(await runs.noteProgress(first, { progress: 0.5, until: at(3) })).toBe(true);
    expect(await runs.take(id, { now: at(2), leaseMs })).toBeNull();
    const second = await take(id, 4);
    expect(second).toMatchObject({ attempts: 2, progress: 0.5, state: 'running' });
    expect(await runs.noteProgress(first, { progress: 0.9, until: at(9) })).toBe(false);
    expect(await runs.freeze(first, found)).toBe(false);
    expect(await runs.noteRead(second, at(4))).toBe(true);
    expect(await runs.freeze(second, found)).toBe(true);
    expect(await runs.finish(second, at(5))).toBe(true);
    expect(await runs.finish(second, at(6))).toBe(false);
    expect(await runs.get(id)).toMatchObject({
      ...found,
      state: 'done',
      progress: 1,
      readAt: at(4),
      finishedAt: at(5),
    });
    await expect(runs.take(id, { now: at(99), leaseMs })).resolves.toBeNull();
  });

  it('are given back, fail, and are cancelled only by hand and before they are frozen', async () => {
    const id = await plan(byHand());
    const first = await take(id, 1);
    expect(await runs.giveBack(first, { at: at(2), errorCode: 'index-unavailable' })).toBe(true);
    expect(await runs.take(id, { now: at(1), leaseMs })).toBeNull();
    const second = await take(id, 2);
    expect(second).toMatchObject({ attempts: 2, errorCode: 'index-unavailable' });
    expect(await runs.cancel(id, at(3), () => Promise.resolve())).toBe(true);
    expect(await runs.freeze(second, found)).toBe(false);
    expect(await runs.get(id)).toMatchObject({ state: 'cancelled', finishedAt: at(3) });
    const duty = await plan(wanted());
    expect(await runs.cancel(duty, at(3), () => Promise.resolve())).toBe(false);
    const frozen = await plan(byHand());
    await runs.freeze(await take(frozen, 1), found);
    expect(await runs.cancel(frozen, at(3), () => Promise.resolve())).toBe(false);
    const failing = await take(await plan(byHand()), 1);
    expect(await runs.fail(failing, { at: at(2), errorCode: 'definition-unreadable' })).toBe(true);
    expect(await runs.get(failing.id)).toMatchObject({ state: 'failed', errorCode: 'definition-unreadable' });
  });

  it('never change once they ended, but for where their line stands, once', async () => {
    const taken = await take(await plan(wanted()), 1);
    await runs.freeze(taken, found);
    await runs.finish(taken, at(5));
    await runs.markSealedAs(taken.id, 'AZndwAAAcACAAAAAAAAAAQ.1');
    await runs.markSealedAs(taken.id, 'AZndwAAAcACAAAAAAAAAAQ.2');
    expect(await runs.get(taken.id)).toMatchObject({ sealedAs: 'AZndwAAAcACAAAAAAAAAAQ.1', rows: 2 });
    const refused = { code: '42501' };
    await test.outside.query('SET ROLE akashi_app');
    await test.outside.query(`SELECT set_config('app.tenant_id', $1, false)`, [own.tenantId]);
    try {
      expect((await test.outside.query(`UPDATE report_run SET rows = 0, sealed_as = NULL`)).rowCount).toBe(0);
      await expect(test.outside.query(`UPDATE report_run SET definition = '{}'`)).rejects.toMatchObject(refused);
      await expect(test.outside.query('DELETE FROM report_run')).rejects.toMatchObject(refused);
      await expect(test.outside.query('DELETE FROM report_run_look')).rejects.toMatchObject(refused);
    } finally {
      await test.outside.query('RESET ROLE');
    }
  });

  it('are listed newest first and page by page, and tell who opened them', async () => {
    const ids: string[] = [];
    for (const minute of [1, 2, 3]) ids.unshift(await plan(byHand({ at: at(minute) })));
    const [newest] = await runs.list({ limit: 1 });
    expect(newest?.id).toBe(ids[0]);
    const rest = await runs.list({ limit: 5, after: { createdAt: newest?.createdAt ?? at(0), id: newest?.id ?? '' } });
    expect(rest.map(({ id }) => id)).toEqual(ids.slice(1));
    expect(await runs.list({ limit: 5, day: '2026-11-29' })).toEqual([]);
    expect(await runs.list({ limit: 5, report: definition.id, kind: 'by-hand', states: ['waiting'] })).toHaveLength(3);
    const look = { name: '佐藤 花子', what: 'pdf' as const };
    await runs.addLook(ids[0] ?? '', { ...look, at: at(4), userId: randomUUID() });
    await runs.addLook(ids[0] ?? '', { ...look, at: at(5), userId: null });
    expect(await runs.looks(ids[0] ?? '', 50)).toEqual([
      { ...look, at: at(5) },
      { ...look, at: at(4) },
    ]);
    expect(await other.reportRuns.list({ limit: 5 })).toEqual([]);
    expect(await other.reportRuns.get(ids[0] ?? '')).toBeNull();
    expect(await other.reportRuns.looks(ids[0] ?? '', 50)).toEqual([]);
    expect(await other.reportRuns.cancel(ids[0] ?? '', at(9), () => Promise.resolve())).toBe(false);
  });

  it('of one moment are listed by the number of the report and the name of the area, page by page', async () => {
    const areaOf = (name: string) => ({ ...area, id: randomUUID(), name });
    const [servers, tables] = [areaOf('サーバー'), areaOf('データベース')];
    const planned = [2, 0, 1].flatMap((at) =>
      [tables, servers].map((of) => wanted({ definition: standardReports[at] ?? definition, area: of })),
    );
    await runs.plan(planned);
    const listed: string[] = [];
    let after: { createdAt: Date; id: string } | undefined;
    for (;;) {
      const page = await runs.list({ limit: 4, ...(after === undefined ? {} : { after }) });
      listed.push(...page.map((each) => `${each.definition.number} ${each.area?.name}`));
      after = page.at(-1);
      if (page.length < 4) break;
    }
    expect(listed).toEqual([1, 2, 3].flatMap((number) => [`${number} サーバー`, `${number} データベース`]));
  });

  it('of a day are told as its review tells of them: without what they go by, in short where that is asked for', async () => {
    const id = await plan(wanted());
    await runs.plan([wanted({ area: null }), byHand()]);
    await runs.freeze(await take(id, 1), found);
    const read = await runs.ofDay('2026-11-29', { hasSummaries: true });
    expect(read).toHaveLength(2);
    const { id: report, number, version, title, duty } = definition;
    const run = read.find((each) => each.id === id);
    expect(run).toMatchObject({ kind: 'duty', area, summary, rows: 2, flagged: 1, files: found.files });
    expect(run?.definition).toEqual({ id: report, number, version, title, duty });
    const short = await runs.ofDay('2026-11-29', { hasSummaries: false });
    expect(short.map((each) => each.summary)).toEqual([null, null]);
    expect(await other.reportRuns.ofDay('2026-11-29', { hasSummaries: true })).toEqual([]);
  });

  it('wait for a worker in turns of organisations, those by hand first', async () => {
    const duties = await runs.plan([wanted(), wanted({ area: null })]);
    const [late] = await other.reportRuns.plan([wanted()]);
    const hand = byHand({ at: at(1) });
    await runs.plan([hand]);
    const { reportRuns: ofAll } = test.database.platform;
    const waiting = (await ofAll.findTakeable({ now: at(1), limit: 9 })).map(({ id }) => id);
    expect(waiting[0]).toBe(hand.id);
    expect(waiting.slice(1, 3)).toContain(late?.id);
    expect(duties.map(({ id }) => id)).toContain(waiting[3]);
    expect(await ofAll.findTakeable({ now: at(0), limit: 9 })).toHaveLength(3);
    const taken = await take(hand.id, 1);
    await runs.freeze(taken, found);
    await runs.finish(taken, at(5));
    expect(await ofAll.findUnlinked({ since: at(0), limit: 9 })).toEqual([{ tenantId: own.tenantId, id: hand.id }]);
    await runs.markSealedAs(hand.id, 'x.1');
    expect(await ofAll.findUnlinked({ since: at(0), limit: 9 })).toEqual([]);
  });

  it('know what of their period could be searched only later', async () => {
    const { segments } = own;
    const segment = { ingestNode: 'a', retentionPolicy: 'default', records: 1, bytes: 1 };
    const [late, next] = [randomUUID(), randomUUID()];
    await segments.register({ ...segment, segmentId: late, acceptedAt: at(-1) });
    await segments.register({ ...segment, segmentId: next, acceptedAt: at(0) });
    expect(await segments.oldestUnindexed(at(0))).toEqual(at(-1));
    expect(await segments.oldestUnindexed(at(-1))).toBeNull();
    await segments.markIndexed(late);
    await segments.markIndexed(next);
    expect(await segments.oldestUnindexed(at(9))).toBeNull();
    const period = { from: at(-1440), to: at(0) };
    const after = new Date(0);
    expect(await segments.indexedAfter({ ...period, after })).toMatchObject([{ segmentId: late }]);
    const [{ indexedAt } = { indexedAt: after }] = await segments.indexedAfter({ ...period, after });
    expect(await segments.indexedAfter({ ...period, after: new Date(indexedAt.getTime() + 1) })).toEqual([]);
  });
});
