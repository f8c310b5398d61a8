import { createHash } from 'node:crypto';
import { auditFormat } from '@akashi/audit-trail';
import type { ReportRun } from '@akashi/database';
import { auditTrailGroup } from '@akashi/policy';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { processSegment } from '../pipeline/process-segment.ts';
import { openFrozen } from './frozen-object.ts';
import { planAddenda } from './plan-addenda.ts';
import type { ReportStep } from './report-parts.ts';
import { day, dayEnd, dayStart, openTestReports, wholeArea, type TestReports } from './reports.fixtures.ts';
import { runReport } from './run-report.ts';

// Real: PostgreSQL, OpenSearch, disk, the pipeline. Stands in: the intake of sealed lines, and the death of a process.
let reports: TestReports;

const minute = 60_000;
const hour = 60 * minute;
/** The line's own clock says Tokyo time; it is received a second later. */
const at = (clock: string): { text: string; ms: number } => ({
  text: `Nov 20 ${clock}`,
  ms: Date.parse(`2026-11-20T${clock}+09:00`),
});
const failed = (clock: string, user = 'root'): string =>
  `${at(clock).text} web01 sshd[7533]: Failed password for ${user} from 203.0.113.9 port 4022 ssh2`;
const accepted = (clock: string, user = 'root', address = '203.0.113.9'): string =>
  `${at(clock).text} web01 sshd[7533]: Accepted password for ${user} from ${address} port 4022 ssh2`;

async function make(id: string, parts = reports.process()): Promise<ReportRun> {
  const { tenantId } = reports.pipeline;
  const outcome = await runReport(parts, { tenantId, id });
  const run = await reports.tenant.reportRuns.get(id);
  expect([outcome, run?.errorCode]).toEqual(['done', null]);
  if (run === null) throw new Error('the run is gone');
  return run;
}

const brief = async (run: ReportRun) =>
  (await reports.rowsOf(run)).map(({ time, user, flags }) => [time, user, flags.map(({ kind }) => kind).join()]);

beforeAll(async () => {
  reports = await openTestReports();
  const take: TestReports['take'] = (lines, place) => reports.take(lines, place);
  // The weeks before: alice signs in from her desk.
  await take([accepted('09:00:00', 'alice', '10.0.0.7').replace('Nov 20', 'Nov 10')], { at: dayStart - 9 * 24 * hour });
  const run = ['10:00:00', '10:00:30', '10:01:00', '10:01:30', '10:02:00'].map((clock) => failed(clock));
  await take([...run, accepted('10:03:00')], { at: at('10:03:01').ms });
  await take([failed('11:00:00', 'bob'), accepted('11:00:10', 'alice', '10.0.0.7')], { at: at('11:00:11').ms });
  // Received in the day, a clock that is a day behind: it cannot hide.
  await take([failed('12:00:00', 'eve').replace('Nov 20', 'Nov 19')], { at: at('12:00:01').ms });
  // Of the next day by its receipt, of this one by its own clock.
  await take([failed('13:00:00', 'mallory')], { at: dayEnd + minute });
  await take([failed('14:00:00', 'dba')], { at: at('14:00:01').ms, logGroup: 'db/linux', logStream: 'db01' });
}, 120_000);

afterAll(() => reports.close());

describe('a run of a report', () => {
  it('lists what was received in its period, oldest first by event time, with its flags', async () => {
    const run = await make(await reports.plan('failed-sign-ins'));
    expect(await brief(run)).toEqual([
      ['2026-11-19T03:00:00.000Z', 'eve', ''],
      ['2026-11-20T01:00:00.000Z', 'root', 'failures-in-a-row'],
      ['2026-11-20T01:00:30.000Z', 'root', 'failures-in-a-row'],
      ['2026-11-20T01:01:00.000Z', 'root', 'failures-in-a-row'],
      ['2026-11-20T01:01:30.000Z', 'root', 'failures-in-a-row'],
      ['2026-11-20T01:02:00.000Z', 'root', 'failures-in-a-row'],
      ['2026-11-20T01:03:00.000Z', 'root', 'success-after-failures'],
      ['2026-11-20T02:00:00.000Z', 'bob', ''],
      ['2026-11-20T05:00:00.000Z', 'dba', ''],
    ]);
    expect(run).toMatchObject({ state: 'done', progress: 1, rows: 9, flagged: 6, errorCode: null });
    expect(run.summary).toMatchObject({ rows: 9, flagged: 6, byFlag: { 'failures-in-a-row': 5 } });
    const [row] = await reports.rowsOf(run);
    expect(row?.recordSha256).toBe(
      createHash('sha256')
        .update(row?.record ?? '')
        .digest('hex'),
    );
  });

  it('freezes its files once, encrypted and held for a year, and seals their hashes in one line', async () => {
    const run = await make(await reports.plan('successful-sign-ins'));
    const { archive } = reports.pipeline.parts;
    const own = archive.forTenant(reports.pipeline.tenantId);
    expect(run.files.map(({ format, language }) => `${format} ${language ?? ''}`)).toEqual(
      expect.arrayContaining(['ndjson ', 'csv ja', 'csv en']),
    );
    for (const { object, sha256, bytes } of run.files) {
      const file = object.slice(object.lastIndexOf('/') + 1, -'.akr'.length);
      const frozen = await openFrozen(reports.process(), { tenantId: reports.pipeline.tenantId, run }, file);
      if (frozen === null) throw new Error('not frozen');
      const content = Buffer.concat(await Array.fromAsync(frozen.content()));
      expect([content.length, createHash('sha256').update(content).digest('hex')]).toEqual([bytes, sha256]);
      const stored = await own.get(object);
      expect(stored?.includes('alice')).toBe(false);
      const facts = await own.facts(object);
      expect((facts?.keepUntil?.getTime() ?? 0) - run.createdAt.getTime()).toBeGreaterThanOrEqual(365 * 24 * hour);
    }
    const line = JSON.parse(reports.lines.get(run.id)?.line ?? '{}') as { akashi: { report: Record<string, unknown> } };
    expect(line.akashi.report).toMatchObject({
      run: run.id,
      id: 'successful-sign-ins',
      rows: run.rows,
      flagged: run.flagged,
      area: { name: wholeArea.name },
      sha256: { ndjson: run.files[0]?.sha256 },
    });
    // alice’s desk was there before; the address of the one who guessed was not.
    expect(await brief(run)).toEqual([
      ['2026-11-20T01:03:00.000Z', 'root', 'first-time'],
      ['2026-11-20T02:00:10.000Z', 'alice', ''],
    ]);
  });

  it('reads its area and nothing else', async () => {
    const area = { ...wholeArea, logGroups: ['db/*'], logStreams: [], sources: [], hosts: [] };
    const run = await make(await reports.plan('failed-sign-ins', { area }));
    expect((await brief(run)).map(([, user]) => user)).toEqual(['dba']);
  });

  it('lists looks at logs from the own trail, and nothing else of it', async () => {
    const act = (action: string, groups: string) =>
      JSON.stringify({
        '@timestamp': at('15:00:00').ms,
        message: action,
        event: { action, outcome: 'success', category: 'database' },
        user: { id: 'u1', name: '佐藤 花子' },
        source: { address: '192.0.2.7', ip: '192.0.2.7' },
        akashi: { audit: { group: 'reading', target: { kind: 'log' }, log_groups: groups, query: 'user.name:root' } },
      });
    await reports.take([act('search', 'db/linux'), act('search', 'shop/linux'), act('settings.change', '')], {
      at: at('15:00:01').ms,
      logGroup: auditTrailGroup,
      logStream: 'api',
      format: auditFormat,
    });
    const actions = async (run: ReportRun) =>
      (await reports.rowsOf(run)).map(({ action, command, object }) => [action, command, object]);
    const whole = await make(await reports.plan('log-access'));
    expect(await actions(whole)).toEqual([
      ['search', 'user.name:root', 'db/linux'],
      ['search', 'user.name:root', 'shop/linux'],
    ]);
    const area = { ...wholeArea, logGroups: ['db/*'], logStreams: [], sources: [], hosts: [] };
    expect(await actions(await make(await reports.plan('log-access', { area })))).toEqual([
      ['search', 'user.name:root', 'db/linux'],
    ]);
    const changes = await make(await reports.plan('policy-changes'));
    expect(await actions(changes)).toEqual([]);
  });

  it('tells a stream from which nothing came any more, and what the agent may have missed', async () => {
    const stream = { logGroup: 'shop/linux', logStream: 'silent01' };
    for (let before = 1; before <= 5; before += 1)
      await reports.take([`a line of silent01 ${before}`], { ...stream, at: dayEnd - before * 24 * hour - hour });
    await reports.take(['akashi-agent: possible gap file="/var/log/auth.log" cause=rotated from_byte=0 to_byte=9'], {
      at: at('16:00:00').ms,
    });
    const run = await make(await reports.plan('log-clearing'));
    const rows = await reports.rowsOf(run);
    expect(rows.map(({ action, host, flags }) => [action, host, flags[0]?.kind])).toEqual([
      [null, 'web01', 'any'],
      ['source-silent', 'silent01', 'any'],
    ]);
    expect(rows[1]).toMatchObject({ eventId: null, flags: [{ details: { lastReceivedAt: expect.any(String) } }] });
  });

  it('waits until everything that its period received can be searched', async () => {
    const { pipeline } = reports;
    const { tenantId, clock, parts } = pipeline;
    const id = await reports.plan('failed-sign-ins');
    clock.nowMs = () => at('19:00:00').ms;
    const segmentId = await pipeline.land([failed('19:00:00', 'waited')], {
      logGroup: 'shop/linux',
      logStream: 'web01',
    });
    const look = () => runReport(reports.process(), { tenantId, id });
    expect(await look()).toBe('waits');
    expect(await look()).toBe('not-taken');
    await processSegment(parts, { tenantId, segmentId, lane: 'ordinary', signal: AbortSignal.timeout(60_000) });
    reports.setClock(dayEnd + hour + minute);
    const run = await make(id);
    reports.setClock(dayEnd + hour);
    expect(run.attempts).toBe(1);
    expect((await brief(run)).map(([, user]) => user)).toContain('waited');
  });

  it('fails for good where its condition cannot be read', async () => {
    const { tenantId } = reports.pipeline;
    const id = await reports.plan('failed-sign-ins', { changed: { query: 'user.name:(' } });
    expect(await runReport(reports.process(), { tenantId, id })).toBe('failed');
    expect(await reports.tenant.reportRuns.get(id)).toMatchObject({
      state: 'failed',
      errorCode: 'report-condition-unreadable',
    });
  });

  it('waits and is taken up again where a store is away', async () => {
    const { tenantId } = reports.pipeline;
    const id = await reports.plan('failed-sign-ins');
    const parts = reports.process();
    const away = { ...parts, log: { ...parts.log, append: () => Promise.reject(new Error('away')) } };
    expect(await runReport(away, { tenantId, id })).toBe('again');
    expect(await runReport(parts, { tenantId, id })).toBe('not-taken');
    reports.setClock(dayEnd + hour + minute);
    expect((await make(id)).attempts).toBe(2);
    reports.setClock(dayEnd + hour);
  });

  it('is left alone once it is cancelled', async () => {
    const { tenantId } = reports.pipeline;
    const id = await reports.plan('failed-sign-ins');
    const parts = reports.process();
    const cancelling = {
      ...parts,
      newNonce: () => parts.newNonce(),
      search: {
        forTenant: (of: string) => {
          void reports.tenant.reportRuns.cancel(id, new Date(dayEnd), () => Promise.resolve());
          return parts.search.forTenant(of);
        },
      },
    };
    expect(await runReport(cancelling, { tenantId, id })).toBe('lost');
    const run = await reports.tenant.reportRuns.get(id);
    expect(run).toMatchObject({ state: 'cancelled', files: [] });
    expect(await reports.objectsOf(run as ReportRun)).toEqual({});
    expect(reports.lines.has(id)).toBe(false);
  });
});

describe('a worker that is killed', () => {
  const steps: readonly ReportStep[] = [
    'report-taken',
    'report-read',
    'report-rows-frozen',
    'report-files-frozen',
    'report-frozen',
    'report-line-sent',
  ];

  it.each(steps)('at %s leaves a run that the next one ends, once, with the same bytes', async (step) => {
    const { tenantId } = reports.pipeline;
    const reference = await make(await reports.plan('failed-sign-ins'));
    const id = await reports.plan('failed-sign-ins');
    await expect(runReport(reports.process(step), { tenantId, id })).rejects.toThrow('dead');
    const killed = (await reports.tenant.reportRuns.get(id)) as ReportRun;
    expect(killed.state).toBe('running');
    const left = await reports.objectsOf(killed);
    const line = reports.lines.get(id);
    expect(await runReport(reports.process(), { tenantId, id })).toBe('not-taken');
    reports.setClock(dayEnd + hour + 5 * minute);
    const run = await make(id);
    reports.setClock(dayEnd + hour);
    expect(await reports.objectsOf(run)).toMatchObject(left);
    if (line !== undefined) expect(reports.lines.get(id)).toEqual(line);
    expect(run.files[0]).toMatchObject({ sha256: reference.files[0]?.sha256, bytes: reference.files[0]?.bytes });
    expect(run).toMatchObject({ rows: reference.rows, flagged: reference.flagged, summary: reference.summary });
    expect([...reports.lines.values()].filter(({ idempotencyKey }) => idempotencyKey === id)).toHaveLength(1);
    const sealed = JSON.parse(reports.lines.get(id)?.line ?? '{}') as { akashi: { report: { sha256: object } } };
    expect(Object.values(sealed.akashi.report.sha256)).toEqual(run.files.map(({ sha256 }) => sha256));
    expect(await runReport(reports.process(), { tenantId, id })).toBe('not-taken');
  });

  it('has frozen what it has frozen: what comes to be known later changes nothing of it', async () => {
    const { tenantId } = reports.pipeline;
    const id = await reports.plan('failed-sign-ins', { from: new Date(dayStart - 30 * 24 * hour) });
    await expect(runReport(reports.process('report-rows-frozen'), { tenantId, id })).rejects.toThrow('dead');
    await reports.take([failed('17:00:00', 'late')], { at: at('17:00:01').ms });
    reports.setClock(dayEnd + hour + 5 * minute);
    const run = await make(id);
    reports.setClock(dayEnd + hour);
    expect((await brief(run)).some(([, user]) => user === 'late')).toBe(false);
  });
});

describe('what came in time and could be read only later', () => {
  it('is an addendum to the run of its day, once, with what the run does not have', async () => {
    const real = Date.now() + 24 * hour;
    reports.setClock(Date.now());
    const planned = { kind: 'duty' as const, day, requestedBy: null, at: new Date() };
    const duty = await make(await reports.plan('failed-sign-ins', planned));
    const addenda = async () =>
      (await reports.tenant.reportRuns.list({ kind: 'addendum', limit: 10 })).map(({ id }) => id);
    const later = reports.process();
    expect(await planAddenda(later)).toBe(0);
    await reports.take([failed('18:00:00', 'tardy')], { at: at('18:00:01').ms });
    reports.setClock(real);
    expect(await planAddenda(later)).toBe(1);
    expect(await planAddenda(later)).toBe(0);
    const [id = ''] = await addenda();
    const addendum = await make(id);
    expect(addendum).toMatchObject({ kind: 'addendum', addendumTo: duty.id, day, rows: 1 });
    expect((await brief(addendum)).map(([, user]) => user)).toEqual(['tardy']);
    expect((await brief(duty)).some(([, user]) => user === 'tardy')).toBe(false);
    expect(await planAddenda(later)).toBe(0);
    expect(await addenda()).toEqual([id]);
  });
});
