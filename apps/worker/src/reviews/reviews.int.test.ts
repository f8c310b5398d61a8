import { randomUUID } from 'node:crypto';
import type { WholeReview } from '@akashi/database';
import type { Message } from '@akashi/notify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { day, dayEnd, openTestReports, type TestReports } from '../reports/reports.fixtures.ts';
import { finishSignings } from './finish-signings.ts';
import { judgeReview } from './judge-review.ts';
import { makeReview } from './make-review.ts';
import { missReviews } from './miss-reviews.ts';
import { remindOfRiskAnalyses } from './remind-of-reviews.ts';
import type { ReviewParts } from './review-parts.ts';
import { attendToReviews } from './reviews.ts';
import { endRuns, reviewPartsOf } from './reviews.fixtures.ts';

// Real: PostgreSQL, OpenSearch, disk, the pipeline, the reports. Stands in: the intake of sealed lines, and the mail server.
let reports: TestReports;
let parts: ReviewParts;
let steps: string[] = [];
const mails: { to: string; message: Message }[] = [];

const minute = 60_000;
const hour = 60 * minute;
const dayMs = 24 * hour;
const nextDay = '2026-11-21';
const line = (clock: string, text: string): string => `Nov 20 ${clock} web01 sshd[7533]: ${text}`;

beforeAll(async () => {
  reports = await openTestReports();
  parts = reviewPartsOf(reports, {
    onMail: (to, message) => mails.push({ to, message }),
    onStep: (step) => void steps.push(step),
  });
  const failed = Array.from({ length: 6 }, (_, at) =>
    line(`10:0${at}:00`, `Failed password for root from 203.0.113.9 port ${4000 + at} ssh2`),
  );
  await reports.take(failed, { at: Date.parse('2026-11-20T10:06:00+09:00') });
}, 120_000);

beforeEach(() => {
  steps = [];
  mails.length = 0;
});

afterAll(() => reports.close());

const { parse } = Date;
const at = (text: string): void => reports.setClock(parse(text));
const make = (period: string) => makeReview(parts, reports.pipeline.tenantId, { period });
const runAll = (ofDay: string): Promise<void> => endRuns(reports, ofDay);
const read = async (ofDay: string): Promise<WholeReview> => {
  const whole = await reports.tenant.logReviews.get(ofDay);
  if (whole === null) throw new Error('no review');
  return whole;
};
const itemOf = ({ items }: WholeReview, report: string) => items.find((item) => item.report.id === report);

describe('a daily review', () => {
  it('is made once for the day before, with a run for each report, when everything of that day can be found', async () => {
    reports.setClock(dayEnd + 5_000);
    expect(await make(nextDay)).toEqual({ kind: 'wait', until: new Date(dayEnd + 30_000) });
    reports.setClock(dayEnd + minute);
    const waiting = randomUUID();
    const segment = { segmentId: waiting, ingestNode: 'n', retentionPolicy: 'default', records: 1, bytes: 1 };
    await reports.tenant.segments.register({ ...segment, acceptedAt: new Date(dayEnd - 1) });
    expect(await make(nextDay)).toMatchObject({ kind: 'wait' });
    expect(await reports.tenant.logReviews.get(day)).toBeNull();
    await reports.tenant.segments.markIndexed(waiting);
    expect(await Promise.all([make(nextDay), make(nextDay)])).toEqual(
      expect.arrayContaining([{ kind: 'made' }, { kind: 'there' }]),
    );
    expect(await make(nextDay)).toEqual({ kind: 'there' });
    const whole = await read(day);
    expect(whole.items.map(({ report }) => report.number)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11]);
    const runs = await reports.tenant.reportRuns.list({ day, limit: 100 });
    expect(runs).toHaveLength(11);
    for (const { runId } of whole.items) expect(runs.map(({ id }) => id)).toContain(runId);
    expect(whole.review).toMatchObject({
      state: 'open',
      from: new Date('2026-11-19T15:00:00Z'),
      to: new Date(dayEnd),
      dueAt: new Date('2026-11-21T03:00:00Z'),
      versions: { checks: 2 },
    });
  });

  it('is checked as its runs end: flagged rows and silence call for a look, quiet reports do not', async () => {
    expect(await judgeReview(parts, reports.pipeline.tenantId, day)).toBe(false);
    await runAll(day);
    expect(await parts.database.platform.logReviews.findUnjudged(10)).toMatchObject([{ day }]);
    expect(await judgeReview(parts, reports.pipeline.tenantId, day)).toBe(true);
    expect(await parts.database.platform.logReviews.findUnjudged(10)).toEqual([]);
    const whole = await read(day);
    expect(itemOf(whole, 'failed-sign-ins')?.judged).toMatchObject({
      verdict: {
        result: 'needs-look',
        version: 2,
        reasons: [{ code: 'flagged-rows', params: { count: 6 } }, { code: 'no-rules' }],
      },
      usual: null,
      newShapes: [],
      flagged: [{ text: expect.stringContaining('Failed password for root') }, {}, {}, {}, {}, {}],
    });
    expect(itemOf(whole, 'policy-changes')?.judged?.verdict).toMatchObject({
      result: 'clear',
      reasons: [{ code: 'no-events' }, { code: 'no-rules' }],
    });
    expect(whole.review.judgedAt).not.toBeNull();
  });

  it('knows lines of a kind that no day before had', async () => {
    const strange = 'Failed keyboard-interactive/pam for invalid user oracle from 198.51.100.7 port 4711 ssh2';
    const usual = 'Failed password for root from 203.0.113.9 port 4999 ssh2';
    await reports.take(
      [line('09:00:00', usual).replace('Nov 20', 'Nov 21'), line('09:01:00', strange).replace('Nov 20', 'Nov 21')],
      {
        at: parse('2026-11-21T09:01:01+09:00'),
      },
    );
    at('2026-11-22T00:01:00+09:00');
    expect(await make('2026-11-22')).toEqual({ kind: 'made' });
    await runAll(nextDay);
    await judgeReview(parts, reports.pipeline.tenantId, nextDay);
    const judged = itemOf(await read(nextDay), 'failed-sign-ins')?.judged;
    expect(judged?.newShapes).toHaveLength(1);
    expect(judged?.newShapes[0]?.shape).toContain('keyboard-interactive');
    expect(judged?.verdict.reasons.map(({ code }) => code)).toContain('never-seen-shape');
  });

  it('says of a report that could not be made that it failed, and goes on', async () => {
    at('2026-11-23T00:01:00+09:00');
    await make('2026-11-23');
    const whole = await read('2026-11-22');
    const broken = itemOf(whole, 'log-clearing');
    const now = parts.now();
    const taken = await reports.tenant.reportRuns.take(broken?.runId ?? '', { now, leaseMs: minute });
    if (taken === null) throw new Error('not taken');
    await reports.tenant.reportRuns.fail(taken, { at: now, errorCode: 'search-unavailable' });
    await runAll('2026-11-22');
    expect(await judgeReview(parts, reports.pipeline.tenantId, '2026-11-22')).toBe(true);
    expect(itemOf(await read('2026-11-22'), 'log-clearing')?.judged?.verdict).toMatchObject({
      result: 'needs-look',
      reasons: [{ code: 'run-failed' }, { code: 'no-rules' }],
    });
  });

  it('is of a week or month as well where an area is reviewed so rarely, on the day that ends it', async () => {
    const { areas } = reports.tenant;
    const nobody = { logStreams: [], sources: [], hosts: [], reviewers: [], approvers: [], hours: null };
    const analysis = { riskAnalysis: 'RA-7', riskReviewedOn: '2026-01-01' };
    const weekly = {
      ...nobody,
      ...analysis,
      name: '検証環境',
      category: 'other',
      frequency: 'week',
      logGroups: ['lab/*'],
    };
    const id = await areas.create(weekly, parts.now(), () => Promise.resolve());
    at('2026-11-24T00:01:00+09:00');
    await make('2026-11-24');
    expect((await read('2026-11-23')).items.some(({ area }) => area.id === id)).toBe(false);
    at('2026-11-30T00:01:00+09:00');
    await make('2026-11-30');
    const items = (await read('2026-11-29')).items.filter(({ area }) => area.id === id);
    expect(items).toHaveLength(9);
    expect(items[0]).toMatchObject({
      from: new Date('2026-11-22T15:00:00Z'),
      to: new Date('2026-11-29T15:00:00Z'),
    });
    // The analysis that sets it is due a year after it was looked at.
    await reports.tenant.users.put({
      email: `admin@${reports.pipeline.tenantId}.example`,
      passwordHash: null,
      displayName: 'admin',
      role: 'tenant-admin',
      language: 'en',
    });
    for (const period of ['2026-12-24', '2026-12-25', '2026-12-26']) {
      await remindOfRiskAnalyses(parts, reports.pipeline.tenantId, { period });
    }
    expect(mails.map(({ to, message }) => [to.split('@')[0], message.subject.includes('検証環境')])).toEqual([
      ['admin', true],
    ]);
  });

  it('is made without what comes to no end within an hour', async () => {
    const stuck = { segmentId: randomUUID(), ingestNode: 'n', retentionPolicy: 'default', records: 1, bytes: 1 };
    await reports.tenant.segments.register({ ...stuck, acceptedAt: new Date('2026-11-24T12:00:00+09:00') });
    at('2026-11-25T00:59:00+09:00');
    expect(await make('2026-11-25')).toMatchObject({ kind: 'wait' });
    at('2026-11-25T01:00:00+09:00');
    expect(await make('2026-11-25')).toEqual({ kind: 'made' });
    await reports.tenant.segments.markIndexed(stuck.segmentId);
    await reports.tenant.logReviews.change('2026-11-24', (held) => held.put({ state: 'submitted' }));
  });

  describe('that nobody submits', () => {
    const person = (role: string): Promise<string> =>
      reports.tenant.users.put({
        email: `${role}@${reports.pipeline.tenantId}.example`,
        passwordHash: null,
        displayName: role,
        role,
        language: 'ja',
      });
    const told = () => mails.map(({ to, message }) => `${to.split('@')[0]}: ${message.subject.split(': ').at(-1)}`);

    it('is told of once at each time, to those whose turn it is, several days in one message', async () => {
      await person('reviewer');
      await person('approver');
      at('2026-11-30T00:05:00+09:00');
      await attendToReviews(parts);
      // Days that were left behind by the test before, and the new one: one message for each person.
      expect(mails.filter(({ to }) => to.startsWith('reviewer'))).toHaveLength(1);
      mails.length = 0;
      await attendToReviews(parts);
      expect(mails).toEqual([]);
      at('2026-11-30T11:00:00+09:00');
      await attendToReviews(parts);
      expect(told()).toHaveLength(1);
      expect(told()[0]).toMatch(/^reviewer: /);
      mails.length = 0;
      at('2026-11-30T12:00:00+09:00');
      await attendToReviews(parts);
      expect(told()).toHaveLength(1);
      mails.length = 0;
      at('2026-11-30T14:00:00+09:00');
      await attendToReviews(parts);
      expect(told()).toHaveLength(1);
      expect(told()[0]).toMatch(/^approver: /);
    });

    it('is missed when the day on which it was due is over: an incident and a sealed line, and it can still be done', async () => {
      const { tenantId } = reports.pipeline;
      at('2026-11-30T23:59:59+09:00');
      expect(await missReviews(parts, tenantId)).toEqual([]);
      at('2026-12-01T00:00:00+09:00');
      const missed = await Promise.all([missReviews(parts, tenantId), missReviews(parts, tenantId)]);
      expect(missed.flat()).toEqual(['2026-11-29']);
      expect(await read('2026-11-29')).toMatchObject({
        review: { state: 'missed' },
        acts: [{ kind: 'missed', byId: null, at: new Date('2026-11-30T15:00:00Z') }],
      });
      const [incident] = await reports.tenant.incidents.list({ kind: 'review-missed', limit: 1 });
      expect(incident).toMatchObject({ where: 'review 2026-11-29', state: 'open', endedAt: null });
      const sealed = [...reports.lines.values()].filter(({ logGroup }) => logGroup === 'akashi/reviews');
      expect(sealed.map((each) => JSON.parse(each.line) as unknown)).toContainEqual(
        expect.objectContaining({
          event: expect.objectContaining({ action: 'review.missed' }),
          akashi: { review: { day: '2026-11-29', items: 18, open: 18 } },
        }),
      );
      await reports.tenant.logReviews.change('2026-11-29', (held) => held.put({ state: 'submitted' }));
    });
  });

  it('with a signed act that nobody finished is not missed: the worker seals it under its key and keeps it', async () => {
    const { tenantId } = reports.pipeline;
    const { logReviews } = reports.tenant;
    at('2026-12-01T00:02:00+09:00');
    expect(await make('2026-12-01')).toEqual({ kind: 'made' });
    at('2026-12-01T23:59:00+09:00');
    const signedAt = parts.now();
    const id = randomUUID();
    const put = (email: string, role: string): Promise<string> =>
      reports.tenant.users.put({ email, displayName: '佐藤', role, language: 'ja', passwordHash: null });
    const signerId = await put('signer@example.jp', 'reviewer');
    await put('next@example.jp', 'approver');
    const signature = {
      ...({ id: randomUUID(), day: '2026-11-30', revision: 1, action: 'reviewed', signerId, signedAt } as const),
      ...({
        method: 'code',
        isSynced: null,
        recordSha256: Buffer.alloc(32),
        envelope: Buffer.from('x'),
        lineId: id,
      } as const),
    };
    const record = { canonical: Buffer.from('{}'), sha256: '00', revision: 1, addendum: 0 };
    await logReviews.change('2026-11-30', (held) =>
      held.intend({
        id,
        asked: { act: 'submit', by: { id: signerId, name: '佐藤' }, said: {} },
        sealed: { logGroup: 'akashi/reviews', logStream: 'signatures', records: ['{"signed":1}'] },
        kept: { signature, record, change: { state: 'submitted', submittedAt: signedAt }, acts: [], ceases: null },
        madeAt: signedAt,
      }),
    );
    await finishSignings(parts);
    expect((await read('2026-11-30')).review.state).toBe('open');
    at('2026-12-02T00:00:00+09:00');
    expect(await missReviews(parts, tenantId)).toEqual([]);
    mails.length = 0;
    await Promise.all([finishSignings(parts), finishSignings(parts)]);
    expect((await read('2026-11-30')).review).toMatchObject({ state: 'submitted', submittedAt: signedAt });
    expect([...reports.lines.values()].filter(({ line: text }) => text === '{"signed":1}')).toHaveLength(1);
    // Their own copy, once, as where nothing stopped; and whoever approves knows that it waits.
    const sent = mails.map(({ to, message }) => [to, (message.files ?? []).map(({ name }) => name)] as const);
    const copy = 'akashi-review-2026-11-30-r1-reviewed';
    expect(sent.filter(([to]) => to === 'signer@example.jp')).toEqual([
      ['signer@example.jp', [`${copy}.json`, `${copy}-signature.json`]],
    ]);
    expect(sent.filter(([to]) => to === 'next@example.jp')).toEqual([['next@example.jp', []]]);
    expect(await missReviews(parts, tenantId)).toEqual([]);
  });

  it('of each day that an outage hid is made when its turn comes', async () => {
    reports.setClock(dayEnd + 40 * dayMs);
    for (const period of ['2026-12-02', '2026-12-03']) expect(await make(period)).toEqual({ kind: 'made' });
    expect((await read('2026-12-01')).review.missedAt).toEqual(new Date('2026-12-02T15:00:00Z'));
    expect(steps).toEqual(['review-made', 'review-made']);
  });
});
