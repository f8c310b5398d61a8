import { calendarAnswer, finding, logReview, type LogReviewAnswer } from '@akashi/contracts';
import { findDatabaseServer, findSearchServer } from '@akashi/testkit';
import { dayBefore } from '@akashi/policy';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestApi, type ApiTenant, type TestApi } from '../api.fixtures.ts';
import { addGroup, addPerson, type TestPerson } from '../people.fixtures.ts';
import { callsOf, everything, plantReview, type ReviewCalls } from './review.fixtures.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();
const day = dayBefore(new Date(), 'Asia/Tokyo');

describe.skipIf(databaseUrl === undefined || searchUrl === undefined)('a daily log review', () => {
  let test: TestApi;
  let own: ApiTenant;
  let people: Record<'reviewer' | 'second' | 'approver' | 'auditor' | 'viewer', TestPerson>;
  let reviewer: ReviewCalls;
  let approver: ReviewCalls;

  beforeAll(async () => {
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '' });
  });
  beforeEach(async () => {
    own = await test.createTenant();
    people = {
      reviewer: await addPerson(test, own, 'reviewer'),
      second: await addPerson(test, own, 'reviewer'),
      approver: await addPerson(test, own, 'approver'),
      auditor: await addPerson(test, own, 'auditor'),
      viewer: await addPerson(test, own, 'viewer'),
    };
    await addGroup(own, [people.reviewer, people.second, people.approver], { logGroups: ['*', 'akashi/*'] });
    reviewer = await callsFor(people.reviewer);
    approver = await callsFor(people.approver);
  });
  afterAll(() => test.close());

  const callsFor = async (person: TestPerson): Promise<ReviewCalls> => callsOf(test, await person.signIn(), day);
  const itemOf = (review: LogReviewAnswer, report: string) => {
    const found = review.items.find((each) => each.report.id === report);
    if (found === undefined) throw new Error('no such item');
    return found;
  };
  const actsOn = (action: string) =>
    test.intake.acts.filter(({ event, akashi }) => event.action === action && JSON.stringify(akashi).includes(day));

  it('shows what needs a look first, with the machine’s reasons, and what each may do', async () => {
    await plantReview(own, day, [{ report: 'password-changes' }, { report: 'failed-sign-ins', verdict: 'needs-look' }]);
    const shown = await reviewer.day();
    expect(shown.items.map(({ report }) => report.id)).toEqual(['failed-sign-ins', 'password-changes']);
    expect(itemOf(shown, 'failed-sign-ins')).toMatchObject({
      verdict: { result: 'needs-look', version: 1, reasons: [{ code: 'flagged-rows', params: { count: 1 } }] },
      usual: { low: 1, high: 4 },
      summary: { rows: 3, flagged: 1 },
      run: { state: 'done' },
      flagged: [{ text: 'secretrow' }],
      mayDecide: true,
    });
    expect(shown).toMatchObject({
      state: 'open',
      revision: 0,
      may: { decide: true, submit: true, approve: false, return: false, addAddendum: false, delegate: true },
    });
    expect(shown.hindrances).toContain('items-open');
    expect(shown.reviewers.map(({ id }) => id).toSorted()).toEqual(
      [people.reviewer, people.second, people.approver].map(({ userId }) => userId).toSorted(),
    );
    expect(shown.approvers.map(({ id }) => id)).toEqual([people.approver.userId]);
  });

  it('keeps its content from those who do not see the whole area, and its existence from other organisations', async () => {
    await plantReview(own, day, [{ report: 'failed-sign-ins', verdict: 'needs-look' }]);
    const auditor = await callsFor(people.auditor);
    const shown = await auditor.day();
    expect(JSON.stringify(shown)).not.toContain('secretrow');
    expect(itemOf(shown, 'failed-sign-ins')).toMatchObject({
      summary: null,
      usual: null,
      flagged: [],
      mayDecide: false,
    });
    expect(shown.may).toMatchObject({ decide: false, submit: false, approve: false });
    expect((await (await callsFor(people.viewer)).send('GET', '')).json).toMatchObject({ code: 'forbidden' });
    const blind = await callsFor(await addPerson(test, own, 'reviewer'));
    expect((await blind.decide('failed-sign-ins', { result: 'no-finding' })).json).toMatchObject({ code: 'forbidden' });
    const other = await test.createTenant();
    const stranger = await callsFor(await addPerson(test, other, 'reviewer'));
    expect((await stranger.send('GET', '')).json).toMatchObject({ status: 404, code: 'not-found' });
    expect((await stranger.send('GET', '/v1/log-reviews/2026-13-40')).json).toMatchObject({ code: 'not-found' });
  });

  it('takes one result for an item, of two at once the first, until it is taken back', async () => {
    await plantReview(own, day, [{ report: 'failed-sign-ins' }]);
    const second = await callsFor(people.second);
    const answers = await Promise.all([
      reviewer.decide('failed-sign-ins', { result: 'no-finding', comment: '確認した' }),
      second.decide('failed-sign-ins', { result: 'no-finding' }),
    ]);
    expect(answers.map(({ status }) => status).toSorted((one, two) => one - two)).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.json).toMatchObject({ code: 'decided-before' });
    const undone = logReview.parse((await reviewer.decide('failed-sign-ins', { result: 'open' })).json);
    expect(itemOf(undone, 'failed-sign-ins')).toMatchObject({ state: 'looking', decidedBy: null, comment: null });
    expect((await second.decide('failed-sign-ins', { result: 'no-finding' })).status).toBe(200);
    const shown = await reviewer.day();
    expect(shown.acts.map(({ kind }) => kind)).toEqual(['decided', 'undone', 'decided']);
    expect(shown.hindrances.filter((each) => each !== 'late-reason-missing')).toEqual([]);
    expect(actsOn('log-review.decide').length).toBeGreaterThanOrEqual(2);
    expect(actsOn('log-review.undo')).toHaveLength(1);
  });

  it('takes none while a report is unfinished', async () => {
    await plantReview(own, day, [{ report: 'failed-sign-ins', isRunning: true }]);
    const refused = await reviewer.decide('failed-sign-ins', { result: 'no-finding' });
    expect(refused.json).toMatchObject({ code: 'review-not-ready', reason: 'runs-unfinished' });
    expect((await reviewer.day()).hindrances).toContain('runs-unfinished');
  });

  it('marks clear items together, all or none, and says so', async () => {
    await plantReview(own, day, [
      { report: 'password-changes' },
      { report: 'policy-changes' },
      { report: 'failed-sign-ins', verdict: 'needs-look' },
    ]);
    const shown = await reviewer.day();
    const ids = shown.items.map(({ id }) => id);
    expect((await reviewer.send('POST', '/bulk', { items: ids })).json).toMatchObject({ code: 'item-not-clear' });
    expect((await reviewer.day()).items.every(({ state }) => state === 'open')).toBe(true);
    const clear = shown.items.filter(({ verdict }) => verdict.result === 'clear').map(({ id }) => id);
    const done = logReview.parse((await reviewer.send('POST', '/bulk', { items: clear })).json);
    expect(done.items.filter(({ isBulk, state }) => isBulk && state === 'no-finding')).toHaveLength(2);
    expect((await reviewer.send('POST', '/bulk', { items: clear })).json).toMatchObject({ code: 'item-not-clear' });
  });

  it('records who had an item open and for how long', async () => {
    await plantReview(own, day, [{ report: 'failed-sign-ins' }]);
    const { id } = itemOf(await reviewer.day(), 'failed-sign-ins');
    for (const seconds of [40, 20]) {
      expect((await reviewer.send('POST', `/items/${id}/look`, { seconds })).status).toBe(204);
    }
    await approver.send('POST', `/items/${id}/look`, { seconds: 5 });
    const shown = await reviewer.day();
    expect(itemOf(shown, 'failed-sign-ins')).toMatchObject({ state: 'looking', lookedSeconds: 65 });
    expect(shown.acts.map(({ kind, by }) => `${kind} ${by}`)).toEqual(['opened reviewer', 'opened approver']);
    const auditor = await callsFor(people.auditor);
    expect((await auditor.send('POST', `/items/${id}/look`, { seconds: 1 })).json).toMatchObject({ code: 'not-found' });
  });

  it('is handed over with a reason to somebody who may review, and those who did not get it go on', async () => {
    const area = { ...everything, reviewers: [people.reviewer.userId] };
    await plantReview(own, day, [{ report: 'failed-sign-ins', area }]);
    const second = await callsFor(people.second);
    expect((await second.decide('failed-sign-ins', { result: 'no-finding' })).json).toMatchObject({
      code: 'forbidden',
    });
    const wrong = await reviewer.send('POST', '/delegate', { to: people.viewer.userId, reason: '休暇' });
    expect(wrong.json).toMatchObject({ code: 'conflict', reason: 'not-a-reviewer' });
    const to = people.second.userId;
    expect((await reviewer.send('POST', '/delegate', { to, reason: '休暇のため' })).json).toMatchObject({
      delegatedTo: { id: to, reason: '休暇のため', by: 'reviewer' },
    });
    expect((await second.decide('failed-sign-ins', { result: 'no-finding' })).status).toBe(200);
    expect((await second.day()).acts.map(({ kind }) => kind)).toEqual(['delegated', 'decided']);
  });

  describe('makes a finding of an exception', () => {
    it('that pins lines by hash, has no owner until somebody names one, and is closed with the result', async () => {
      const { eventIds } = await own.seal('db', ['{"message":"root login","user":{"name":"root"}}', 'second line']);
      await plantReview(own, day, [{ report: 'failed-sign-ins', verdict: 'needs-look' }]);
      const made = await reviewer.decide('failed-sign-ins', {
        result: 'exception',
        comment: '申請のない作業',
        eventIds,
        finding: { title: '夜間の root ログイン', severity: 'high', system: 'db01' },
      });
      expect(made.status, made.text).toBe(200);
      const shown = await reviewer.day();
      const item = itemOf(shown, 'failed-sign-ins');
      expect(item).toMatchObject({
        state: 'exception',
        finding: { number: 1, owner: null },
        comment: '申請のない作業',
      });
      expect(shown.hindrances).toContain('finding-without-owner');
      expect(shown.unfinishedFindings).toBe(1);
      const path = `/v1/findings/${item.finding?.id}`;
      expect(finding.parse((await reviewer.send('GET', path)).json)).toMatchObject({
        title: '夜間の root ログイン',
        state: 'open',
        reason: '申請のない作業',
        reviewDay: day,
        report: 'failed-sign-ins',
        lines: [
          { eventId: eventIds[0], recordSha256: expect.stringMatching(/^[0-9a-f]{64}$/), logGroup: 'db' },
          { text: 'second line' },
        ],
      });
      const auditor = await callsFor(people.auditor);
      const blind = finding.parse((await auditor.send('GET', path)).json);
      expect(blind.lines).toMatchObject([{ text: null, logGroup: '' }, { text: null }]);
      expect((await reviewer.decide('failed-sign-ins', { result: 'open' })).status).toBe(200);
      expect((await reviewer.send('GET', path)).json).toMatchObject({ state: 'closed' });
      await reviewer.decide('failed-sign-ins', { result: 'exception', finding: { owner: people.second.userId } });
      expect((await reviewer.send('GET', path)).json).toMatchObject({ state: 'open', owner: { name: 'reviewer' } });
      expect((await reviewer.day()).hindrances).not.toContain('finding-without-owner');
    });

    it('of lines that the reviewer sees, and owned by somebody who can work on it', async () => {
      await plantReview(own, day, [{ report: 'failed-sign-ins' }]);
      const other = await test.createTenant();
      const { eventIds } = await other.seal('db', ['a line of somebody else']);
      const foreign = await reviewer.decide('failed-sign-ins', { result: 'exception', eventIds });
      expect(foreign.json).toMatchObject({ code: 'not-found' });
      const owned = { result: 'exception', finding: { owner: people.viewer.userId } };
      expect((await reviewer.decide('failed-sign-ins', owned)).json).toMatchObject({ reason: 'not-an-owner' });
      expect((await reviewer.day()).items[0]?.state).toBe('open');
    });

    it('that is escalated, answered, resolved by its owner and closed by another person', async () => {
      await plantReview(own, day, [{ report: 'failed-sign-ins' }]);
      await reviewer.decide('failed-sign-ins', {
        result: 'exception',
        finding: { owner: people.reviewer.userId, dueOn: '2020-01-01' },
      });
      const path = `/v1/findings/${(await reviewer.day()).items[0]?.finding?.id}`;
      const change = async (by: ReviewCalls, body: object) => (await by.send('PATCH', path, body)).json;
      expect(await change(reviewer, { escalate: '確認をお願いします' })).toMatchObject({
        state: 'escalated',
        isOverdue: true,
      });
      expect(await change(reviewer, { instruct: '自分で' })).toMatchObject({ code: 'forbidden' });
      expect(await change(approver, { instruct: '本人に確認すること' })).toMatchObject({ state: 'instructed' });
      expect(await change(reviewer, { state: 'resolved' })).toMatchObject({ reason: 'finding-unfinished' });
      const said = { state: 'resolved', action: '本人に確認', outcome: '申請漏れ', cause: '手順の不備' };
      expect(await change(reviewer, said)).toMatchObject({ state: 'resolved', isOverdue: false });
      expect(await change(reviewer, { state: 'closed' })).toMatchObject({ code: 'forbidden' });
      expect(await change(approver, { state: 'closed', comment: '了承' })).toMatchObject({
        state: 'closed',
        closedBy: 'approver',
      });
      expect(await change(approver, { comment: 'まだ' })).toMatchObject({ code: 'finding-settled' });
      const read = finding.parse((await reviewer.send('GET', path)).json);
      expect(read.notes.map(({ kind }) => kind)).toEqual([
        'escalation',
        'change',
        'instruction',
        'change',
        'change',
        'comment',
        'change',
      ]);
      expect((await reviewer.send('GET', '/v1/findings?state=unfinished')).json).toMatchObject({ items: [] });
    });
  });

  it('stands in the calendar with a word for every day, whether it has one or not', async () => {
    await plantReview(own, day, [{ report: 'failed-sign-ins' }]);
    const before = dayBefore(new Date(Date.now() - 86_400_000), 'Asia/Tokyo');
    const today = dayBefore(new Date(Date.now() + 86_400_000), 'Asia/Tokyo');
    const { items } = calendarAnswer.parse(
      (await reviewer.send('GET', `/v1/log-reviews?from=${before}&to=${today}`)).json,
    );
    expect(items).toMatchObject([
      { day: before, state: 'not-due', reason: 'before-first-review', dueAt: null },
      { day, state: 'open', items: 1, exceptions: 0 },
      { day: today, state: 'not-due', reason: 'not-over' },
    ]);
    const backward = await reviewer.send('GET', `/v1/log-reviews?from=${today}&to=${before}`);
    expect(backward.json).toMatchObject({ code: 'time-range-invalid' });
  });
});
