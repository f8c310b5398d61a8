import type { ReportRun } from '@akashi/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judgeReview } from '../reviews/judge-review.ts';
import { makeReview } from '../reviews/make-review.ts';
import { reviewPartsOf } from '../reviews/reviews.fixtures.ts';
import { deciderOf } from '../watching/decide.fixtures.ts';
import { planTimeReport } from './plan-time-report.ts';
import { day, dayStart, openTestReports, type TestReports } from './reports.fixtures.ts';
import { runReport } from './run-report.ts';

// Real: PostgreSQL, OpenSearch, disk, the pipeline, the decider. Stands in: the intake of sealed lines.
let reports: TestReports;

const minute = 60_000;
const hour = 60 * minute;
const nextDay = '2026-11-21';
const ntpd = (clock: string, text: string): string => `${clock} ntpd[7533]: ${text}`;
const inSync = (clock: string): string[] => [
  ntpd(clock, '192.0.2.1 961a 8a sys_peer'),
  ntpd(clock, '0.0.0.0 c615 05 clock_sync'),
];

async function made(report: string, ofDay = day): Promise<ReportRun> {
  const { tenantId } = reports.pipeline;
  const [run] = await reports.tenant.reportRuns.list({ day: ofDay, report, limit: 1 });
  if (run === undefined) throw new Error('no run was planned');
  const outcome = await runReport(reports.process(), { tenantId, id: run.id });
  const ended = await reports.tenant.reportRuns.get(run.id);
  expect([outcome, ended?.errorCode]).toEqual(['done', null]);
  if (ended === null) throw new Error('the run is gone');
  return ended;
}

beforeAll(async () => {
  reports = await openTestReports();
  const ntp = (lines: readonly string[], logStream: string, at: number): Promise<string> =>
    reports.take(lines, { at, logGroup: 'ntpd', logStream });
  // The evening before, both are in sync. Lines of ntpd have no year and no zone.
  for (const host of ['ntp-a', 'ntp-b']) await ntp(inSync('19 Nov 22:00:01'), host, dayStart - 2 * hour);
  await ntp([ntpd('20 Nov 14:10:00', 'ntpd exiting on signal 15')], 'ntp-a', dayStart + 14 * hour + 10 * minute);
  await ntp(
    [
      'Nov 20 14:20:00 ntp-b sudo: tanaka : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/date -s 12:00:00',
      'Nov 20 12:00:00 ntp-b systemd[1]: Time has been changed',
    ],
    'ntp-b',
    dayStart + 14 * hour + 20 * minute,
  );
  await ntp(inSync('20 Nov 14:30:00'), 'ntp-b', dayStart + 14 * hour + 30 * minute);
  await reports.take(['Nov 20 15:00:00 quiet cron[1]: (root) CMD (true)'], {
    at: dayStart + 15 * hour,
    logStream: 'quiet',
  });
  const { tenantId, parts } = reports.pipeline;
  await parts.openBlocks.sealAll(tenantId);
  await deciderOf(parts).decide(tenantId);
}, 120_000);

afterAll(() => reports.close());

describe('the day on which one host stops ntpd and another one is stepped by hand', () => {
  it('has a time report over all hosts, planned once, sealed with its files', async () => {
    const { tenantId } = reports.pipeline;
    const parts = reports.process();
    await Promise.all([1, 2].map(() => planTimeReport(parts, tenantId, { period: nextDay })));
    expect(await reports.tenant.reportRuns.list({ day, report: 'time-synchronization', limit: 9 })).toHaveLength(1);
    const run = await made('time-synchronization');
    const rows = await reports.rowsOf(run);
    expect(
      rows.map(({ host, clock, flags }) => [host, clock?.state, flags.map(({ details }) => details?.['problem'])]),
    ).toEqual([
      ['ntp-a', 'stopped', ['service-stopped']],
      ['ntp-b', 'synchronized', ['stepped']],
      ['quiet', 'unknown', []],
    ]);
    expect(rows[0]?.clock).toMatchObject({
      server: null,
      lost: [{ state: 'stopped', from: '2026-11-20T05:10:00.000Z', to: null }],
    });
    expect(rows[1]?.clock).toMatchObject({
      server: '192.0.2.1',
      steps: [{ by: 'person', account: 'tanaka' }],
      lost: [{ state: 'stepped', to: '2026-11-20T05:30:00.000Z' }],
      limits: { unsynchronizedMinutes: 30 },
    });
    expect(run).toMatchObject({ rows: 3, flagged: 2, area: null, day });
    expect(run.files.map(({ format }) => format)).toEqual(['ndjson', 'csv', 'csv', 'pdf', 'pdf']);
    expect([...reports.lines.values()].some(({ line }) => line.includes(run.id))).toBe(true);
  });

  it('has both in report 8 of the review, with their lines, and incidents beside them', async () => {
    const { tenantId } = reports.pipeline;
    const parts = reviewPartsOf(reports);
    await makeReview(parts, tenantId, { period: nextDay });
    const rows = await reports.rowsOf(await made('log-clearing'));
    expect(rows.map(({ host, flags, record }) => [host, flags[0]?.details?.['problem'], record?.slice(0, 40)])).toEqual(
      [
        ['ntp-a', 'service-stopped', '20 Nov 14:10:00 ntpd[7533]: ntpd exiting'],
        ['ntp-b', 'stepped', 'Nov 20 14:20:00 ntp-b sudo: tanaka : TTY'],
      ],
    );
    await judgeReview(parts, tenantId, day);
    const whole = await reports.tenant.logReviews.get(day);
    expect(whole?.items.find(({ report }) => report.id === 'log-clearing')?.judged).toMatchObject({
      verdict: { result: 'needs-look' },
      incidents: [{ kind: 'clock-stepped', where: 'host ntp-b' }],
    });
  });

  it('is told on the next day by its state alone', async () => {
    const { tenantId } = reports.pipeline;
    reports.setClock(dayStart + 49 * hour);
    await planTimeReport(reports.process(), tenantId, { period: '2026-11-22' });
    const rows = await reports.rowsOf(await made('time-synchronization', nextDay));
    expect(rows.map(({ host, clock, flags }) => [host, clock?.state, flags.length])).toEqual([
      ['ntp-a', 'stopped', 1],
      ['ntp-b', 'synchronized', 0],
    ]);
  });
});
