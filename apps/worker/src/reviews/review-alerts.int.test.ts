import type { Rule } from '@akashi/detection';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayEnd, openTestReports, type TestReports } from '../reports/reports.fixtures.ts';
import { addRule, alertsOf, deciderOf } from '../watching/decide.fixtures.ts';
import { judgeReview } from './judge-review.ts';
import { makeReview } from './make-review.ts';
import type { ReviewParts } from './review-parts.ts';
import { endRuns, reviewPartsOf } from './reviews.fixtures.ts';

// Real: PostgreSQL, OpenSearch, disk, the pipeline, the reports, the rules. Stands in: the intake of sealed lines.
let reports: TestReports;
let parts: ReviewParts;

const minute = 60_000;
const hour = 60 * minute;
const dayMs = 24 * hour;
const nightly: Rule = {
  kind: 'threshold',
  title: { ja: '連続した失敗', en: 'Failures in a row' },
  requirements: ['pci:4.0.1:10.4.1'],
  severity: 'high',
  where: 'Failed',
  count: 3,
  windowSeconds: 3600,
  key: ['log.stream'],
  quietSeconds: 3600,
};
const failures = (date: string): string[] =>
  Array.from(
    { length: 6 },
    (_, at) => `${date} 10:0${at}:00 web01 sshd[7]: Failed password for root from 203.0.113.9 port ${4000 + at} ssh2`,
  );

beforeAll(async () => {
  reports = await openTestReports();
  parts = reviewPartsOf(reports);
}, 120_000);
afterAll(() => reports.close());

/** The day's lines come and are sealed, and its reports are made. */
async function bring(day: string, { date, at, end }: { date: string; at: string; end: number }): Promise<void> {
  const { pipeline } = reports;
  await reports.take(failures(date), { at: Date.parse(at) });
  await pipeline.parts.openBlocks.sealAll(pipeline.tenantId);
  reports.setClock(end + minute);
  const period = new Date(end + 12 * hour).toISOString().slice(0, 10);
  expect(await makeReview(parts, pipeline.tenantId, { period })).toEqual({ kind: 'made' });
  await endRuns(reports, day);
}

const judge = (day: string) => judgeReview(parts, reports.pipeline.tenantId, day);
const judged = async (day: string, report: string, area: string) => {
  const whole = await reports.tenant.logReviews.get(day);
  const item = whole?.items.find((each) => each.report.id === report && each.area.name === area);
  if (item === undefined) throw new Error('no such item');
  return item.judged;
};

/** In few words: a reason is its code and count. */
async function summaryOf(day: string, report: string, area: string) {
  const found = await judged(day, report, area);
  return {
    result: found?.verdict.result,
    reasons: found?.verdict.reasons.map(({ code, params }) => [code, params['count'] ?? null]),
    alerts: found?.alerts?.map(({ id }) => id),
    incidents: found?.incidents?.map(({ where }) => where).toSorted(),
  };
}

describe('the checks of a day', () => {
  let everything = '';

  it('wait for the rules, and count the alerts and incidents of their area', async () => {
    const { pipeline, tenant } = reports;
    const { parts: piped, tenantId } = pipeline;
    await addRule(pipeline, nightly);
    [everything = ''] = (await tenant.areas.list()).map(({ name }) => name);
    const nobody = { logStreams: [], sources: [], hosts: [], reviewers: [], approvers: [], hours: null };
    const analysis = { riskAnalysis: null, riskReviewedOn: null };
    const db = { ...nobody, ...analysis, name: 'db', category: 'card-data', frequency: 'day', logGroups: ['db/*'] };
    await tenant.areas.create(db, new Date(dayEnd - dayMs), () => Promise.resolve());
    for (const logGroup of ['db/main', 'shop/linux']) {
      const where = `stream ${logGroup} one`;
      const notice = {
        kind: 'unparsed',
        where,
        cause: 'share-rises',
        details: { logGroup, logStream: 'one' },
      } as const;
      await tenant.incidents.notice({ ...notice, at: new Date(dayEnd - hour) });
    }
    const day = '2026-11-20';
    await bring(day, { date: 'Nov 20', at: '2026-11-20T10:06:00+09:00', end: dayEnd });
    expect(await judge(day)).toBe(false);
    expect(await judged(day, 'failed-sign-ins', everything)).toBeNull();

    await deciderOf(piped).decide(tenantId);
    const [alert] = await alertsOf(pipeline);
    expect(await judge(day)).toBe(true);
    const alerts = [alert?.id];
    const ran = ['rules-ran', 1];
    const blocks = { revision: 1, blocks: 1, from: alert?.firstEntry, to: alert?.lastEntry };
    expect((await judged(day, 'failed-sign-ins', everything))?.verdict.reasons.at(-1)?.params).toEqual({
      count: 1,
      ...blocks,
    });
    expect(await summaryOf(day, 'failed-sign-ins', everything)).toEqual({
      result: 'needs-look',
      reasons: [['flagged-rows', 6], ['alert', 1], ran],
      alerts,
      incidents: [],
    });
    expect(await summaryOf(day, 'log-clearing', everything)).toEqual({
      result: 'needs-look',
      reasons: [['incident', 2], ['alert', 1], ran],
      alerts,
      incidents: ['stream db/main one', 'stream shop/linux one'],
    });
    expect(await summaryOf(day, 'log-clearing', 'db')).toEqual({
      result: 'needs-look',
      reasons: [['incident', 1], ran],
      alerts: [],
      incidents: ['stream db/main one'],
    });
    expect(await summaryOf(day, 'policy-changes', everything)).toEqual({
      result: 'clear',
      reasons: [['no-events', null], ran],
      alerts: [],
      incidents: [],
    });
  });

  it('say so where rules stand still, after an hour', async () => {
    const day = '2026-11-21';
    const end = dayEnd + dayMs;
    await bring(day, { date: 'Nov 21', at: '2026-11-21T10:06:00+09:00', end });
    reports.setClock(end + hour - 1);
    expect(await judge(day)).toBe(false);
    reports.setClock(end + hour);
    expect(await judge(day)).toBe(true);
    expect(await summaryOf(day, 'policy-changes', everything)).toMatchObject({
      result: 'needs-look',
      reasons: [
        ['no-events', null],
        ['rules-behind', 1],
      ],
    });
  });
});
