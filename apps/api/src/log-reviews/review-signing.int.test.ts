import { createHash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { reviewRecordAnswer } from '@akashi/contracts';
import { canonicalBytes } from '@akashi/integrity';
import { dayBefore } from '@akashi/policy';
import { findDatabaseServer, findSearchServer } from '@akashi/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestApi, type ApiTenant, type TestApi } from '../api.fixtures.ts';
import { addGroup, addPerson, type TestPerson } from '../people.fixtures.ts';
import { startTestMail, type TestMail } from '../test-mail.fixtures.ts';
import { callsOf, plantReview, type ReviewCalls } from './review.fixtures.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();
const dayMs = 86_400_000;
/** Due long ago, whatever time it is. */
const lateDay = dayBefore(new Date(Date.now() - 3 * dayMs), 'Asia/Tokyo');
const said = { statement: '前日のログを確認した', lateReason: '休業日のため' };

interface SealedLine {
  event: { action: string };
  akashi: { review: Record<string, string | number> };
}

describe.skipIf(databaseUrl === undefined || searchUrl === undefined)('a review is signed', () => {
  let test: TestApi;
  let mail: TestMail;
  let own: ApiTenant;
  let people: Record<'reviewer' | 'approver' | 'second', TestPerson>;
  let reviewer: ReviewCalls;
  let approver: ReviewCalls;

  beforeAll(async () => {
    mail = await startTestMail();
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '', smtpUrl: mail.url });
  });
  beforeEach(async () => {
    own = await test.createTenant();
    people = {
      reviewer: await addPerson(test, own, 'reviewer'),
      approver: await addPerson(test, own, 'approver'),
      second: await addPerson(test, own, 'approver'),
    };
    await addGroup(own, Object.values(people), { logGroups: ['*', 'akashi/*'] });
    await plantReview(own, lateDay, [{ report: 'failed-sign-ins' }]);
    reviewer = callsOf(test, await people.reviewer.signIn(), lateDay);
    approver = callsOf(test, await people.approver.signIn(), lateDay);
  });
  afterAll(async () => {
    await test.close();
    mail.close();
  });

  const decided = () => reviewer.decide('failed-sign-ins', { result: 'no-finding' });
  const submitted = async () => {
    await decided();
    const answer = await reviewer.send('POST', '/submit', said);
    expect(answer.status, answer.text).toBe(200);
  };
  const sealed = (): SealedLine[] =>
    test.intake.lines
      .filter(({ tenantId, logGroup }) => tenantId === own.tenant.id && logGroup === 'akashi/reviews')
      .map(({ line }) => JSON.parse(line) as SealedLine);
  const record = async (by = reviewer) => {
    const answer = await by.send('GET', '/record?format=json');
    return answer.status === 200 ? reviewRecordAnswer.parse(answer.json) : answer.json;
  };

  it('by its reviewer and another person who approves; record and signatures are sealed, and nothing changes then', async () => {
    expect((await reviewer.send('POST', '/submit', said)).json).toMatchObject({
      code: 'review-not-ready',
      reason: 'items-open',
    });
    expect(await record()).toMatchObject({ code: 'not-found' });
    await decided();
    expect((await reviewer.day()).hindrances).toEqual(['late-reason-missing']);
    expect((await reviewer.send('POST', '/submit', {})).json).toMatchObject({ reason: 'late-reason-missing' });
    await submitted();
    expect(await approver.day()).toMatchObject({
      state: 'submitted',
      revision: 1,
      isLate: true,
      lateReason: said.lateReason,
      may: { approve: true, return: true, submit: false, decide: false },
      signatures: [{ action: 'reviewed', signer: 'reviewer', method: 'code', isSynced: null }],
    });
    const approved = await approver.send('POST', '/approve', { comment: '確認しました' });
    expect(approved.json).toMatchObject({ state: 'approved', may: { addAddendum: true, approve: false } });
    expect((await reviewer.day()).acts.map(({ kind }) => kind)).toEqual([
      'decided',
      'late-reason',
      'submitted',
      'approved',
    ]);
    for (const [by, path, body] of [
      [reviewer, '/submit', said],
      [approver, '/approve', {}],
      [approver, '/return', { comment: 'x' }],
    ] as const) {
      expect((await by.send('POST', path, body)).json, path).toMatchObject({ status: 409, code: 'review-moved-on' });
    }
    expect((await decided()).json).toMatchObject({ code: 'review-moved-on' });
    const kept = reviewRecordAnswer.parse(await record());
    expect(kept.revisions).toMatchObject([
      {
        revision: 1,
        record: {
          day: lateDay,
          isLate: true,
          reviewer: { name: 'reviewer' },
          items: [{ result: 'no-finding', verdict: { version: 1 }, run: { ndjsonSha256: 'ab'.repeat(32) } }],
          statement: said.statement,
        },
        signatures: [
          { action: 'reviewed', envelope: { method: 'code' } },
          { action: 'approved', envelope: { statement: { comment: '確認しました', signer: { name: 'approver' } } } },
        ],
      },
    ]);
    const [first] = kept.revisions;
    const bytes = canonicalBytes(first?.record ?? {});
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(first?.recordSha256);
    const lines = sealed();
    expect(lines.map(({ event, akashi }) => `${event.action} ${akashi.review['document']}`)).toEqual([
      'review.submitted record',
      'review.submitted signature',
      'review.approved signature',
    ]);
    const body = inflateRawSync(Buffer.from(String(lines[0]?.akashi.review['body']), 'base64url'));
    expect(body.equals(Buffer.from(bytes))).toBe(true);
  });

  it('never by the same person on both sides, naming the rule, unless the organisation allows it with a reason', async () => {
    await submitted();
    const own403 = await reviewer.send('POST', '/approve', {});
    expect(own403.json).toMatchObject({ status: 403, code: 'separation-of-duties' });
    expect(own403.text).toContain('10.4');
    const other = callsOf(test, await (await addPerson(test, own, 'reviewer')).signIn(), lateDay);
    expect((await other.send('POST', '/approve', {})).json).toMatchObject({ status: 403, code: 'forbidden' });
    await approver.send('POST', '/return', { comment: 'もう一度' });
    await reviewer.decide('failed-sign-ins', { result: 'open' });
    const both = callsOf(test, await people.second.signIn(), lateDay);
    await both.decide('failed-sign-ins', { result: 'no-finding' });
    expect((await both.send('POST', '/submit', said)).status).toBe(200);
    for (const act of ['/approve', '/return']) {
      const refused = await both.send('POST', act, { comment: 'x', separationReason: '一人だけの日' });
      expect(refused.json).toMatchObject({ status: 403, code: 'separation-of-duties' });
      expect(refused.text).toContain('10.4');
    }
    expect((await both.day()).hindrances).toEqual(['separation-of-duties']);
    expect((await both.send('POST', '/signing-options', { action: 'approve' })).json).toMatchObject({
      code: 'separation-of-duties',
    });
    const settings = await own.database.reviewSettings.get();
    await own.database.reviewSettings.put({ ...settings, isSelfApprovalAllowed: true }, new Date(), () =>
      Promise.resolve(),
    );
    expect((await both.send('POST', '/approve', {})).json).toMatchObject({ code: 'separation-of-duties' });
    const approved = await both.send('POST', '/approve', { separationReason: '一人だけの日' });
    expect(approved.json, approved.text).toMatchObject({ state: 'approved' });
    const { revisions } = reviewRecordAnswer.parse(await record(both));
    expect(revisions.at(-1)?.signatures[1]?.envelope).toMatchObject({
      statement: { separationReason: '一人だけの日' },
    });
  });

  it('only with a second factor proven just now, and by nobody’s program', async () => {
    await decided();
    const stale = callsOf(test, await people.reviewer.signIn({ steppedUp: false }), lateDay);
    for (const act of ['submit', 'addenda']) {
      const refused = await stale.send('POST', `/${act}`, said);
      expect(refused.json, act).toMatchObject({ status: 403, code: 'step-up-required' });
    }
    expect((await reviewer.day()).state).toBe('open');
    expect(sealed()).toEqual([]);
  });

  it('once, whoever submits at the same moment', async () => {
    await decided();
    const second = callsOf(test, await people.second.signIn(), lateDay);
    const [one, other, again] = await Promise.all([
      reviewer.send('POST', '/submit', said),
      second.send('POST', '/submit', said),
      reviewer.send('POST', '/submit', said),
    ]);
    // The same person who asks for the same again may be told that it holds; nobody else is.
    const byReviewer = [one.status, again.status].includes(200);
    expect(other.status).toBe(byReviewer ? 409 : 200);
    for (const { status } of [one, again]) expect(byReviewer ? [200, 409] : [409]).toContain(status);
    const { revisions } = reviewRecordAnswer.parse(await record());
    expect(revisions).toHaveLength(1);
    expect(sealed()).toHaveLength(2);
  });

  it('not at all while the trail of what people do is away: nothing of it is kept or sealed then', async () => {
    await decided();
    test.intake.isAway = true;
    const refused = await reviewer.send('POST', '/submit', said);
    test.intake.isAway = false;
    expect(refused.json).toMatchObject({ status: 503, code: 'audit-trail-unavailable' });
    expect((await reviewer.day()).state).toBe('open');
    expect(await record()).toMatchObject({ code: 'not-found' });
    expect(sealed()).toEqual([]);
    await submitted();
  });

  // As a killed process leaves it: the act is committed to and not sealed, or sealed and not kept.
  describe.each([
    ['sealed', 'refusesReviews', 0],
    ['kept', 'losesReceipts', 2],
  ] as const)('and stopped before it is %s', (_, fault, lines) => {
    const stopped = async (send: () => Promise<{ json: unknown }>): Promise<void> => {
      test.intake[fault] = true;
      const answer = await send().finally(() => {
        test.intake[fault] = false;
      });
      expect(answer.json).toMatchObject({ status: 503, code: 'audit-trail-unavailable' });
    };

    it('is finished by the person who asks again, with one sealed record', async () => {
      await decided();
      await stopped(() => reviewer.send('POST', '/submit', said));
      expect(sealed()).toHaveLength(lines);
      expect((await reviewer.day()).state).toBe('open');
      const again = await reviewer.send('POST', '/submit', said);
      expect(again.json, again.text).toMatchObject({ state: 'submitted', revision: 1 });
      expect(sealed().map(({ akashi }) => akashi.review['document'])).toEqual(['record', 'signature']);
      const { revisions } = reviewRecordAnswer.parse(await record());
      expect(revisions).toMatchObject([{ revision: 1, signatures: [{ action: 'reviewed' }] }]);
    });

    it('is finished by whoever comes next, and what they wanted is judged after it', async () => {
      await decided();
      await stopped(() => reviewer.send('POST', '/submit', said));
      const late = await reviewer.decide('failed-sign-ins', { result: 'open' });
      expect(late.json).toMatchObject({ status: 409, code: 'review-moved-on' });
      expect(await approver.day()).toMatchObject({ state: 'submitted', signatures: [{ signer: 'reviewer' }] });
      await stopped(() => approver.send('POST', '/approve', {}));
      const approved = await Promise.all([
        approver.send('POST', '/approve', {}),
        approver.send('POST', '/approve', {}),
      ]);
      expect(approved.map(({ status }) => status)).toContain(200);
      expect(sealed().map(({ event }) => event.action)).toEqual([
        'review.submitted',
        'review.submitted',
        'review.approved',
      ]);
      await stopped(() => reviewer.send('POST', '/addenda', { comment: '遅れて届いた' }));
      for (const comment of ['遅れて届いた', 'もう一つ']) {
        expect((await reviewer.send('POST', '/addenda', { comment })).status).toBe(200);
      }
      const { addenda } = reviewRecordAnswer.parse(await record());
      expect(addenda.map((each) => each.record['text'])).toEqual(['遅れて届いた', 'もう一つ']);
    });

    it('mails the signer their copy once it holds, whoever finished it', async () => {
      await decided();
      const before = mail.messages.length;
      await stopped(() => reviewer.send('POST', '/submit', said));
      expect(mail.messages).toHaveLength(before);
      await reviewer.decide('failed-sign-ins', { result: 'open' });
      const copies = mail.messages.slice(before).filter((message) => message.includes(`<${people.reviewer.email}>`));
      expect(copies).toHaveLength(1);
      expect(copies[0]).toContain(`akashi-review-${lateDay}-r1-reviewed.json`);
    });
  });

  it('again after it was sent back: both records stay, and the day goes on where it was', async () => {
    await submitted();
    expect((await approver.send('POST', '/return', {})).json).toMatchObject({ code: 'request-invalid' });
    const returned = await approver.send('POST', '/return', { comment: '件数の理由を書いてください' });
    expect(returned.json).toMatchObject({
      state: 'returned',
      returnedComment: '件数の理由を書いてください',
      revision: 1,
    });
    await reviewer.decide('failed-sign-ins', { result: 'open' });
    await reviewer.decide('failed-sign-ins', { result: 'no-finding', comment: 'バッチの更新による増加' });
    expect((await reviewer.send('POST', '/submit', { comment: '追記した' })).json).toMatchObject({
      state: 'submitted',
      revision: 2,
      returnedComment: null,
    });
    expect((await approver.send('POST', '/approve', {})).json).toMatchObject({ state: 'approved' });
    const { revisions } = reviewRecordAnswer.parse(await record());
    expect(revisions).toMatchObject([
      {
        revision: 1,
        record: { items: [{ comment: null }] },
        signatures: [{ action: 'reviewed' }, { action: 'returned' }],
      },
      {
        revision: 2,
        record: { items: [{ comment: 'バッチの更新による増加' }], comment: '追記した' },
        signatures: [{ action: 'reviewed' }, { action: 'approved' }],
      },
    ]);
  });

  it('and added to afterwards, each addition numbered and signed', async () => {
    await submitted();
    expect((await reviewer.send('POST', '/addenda', { comment: '早い' })).json).toMatchObject({
      code: 'review-moved-on',
    });
    await approver.send('POST', '/approve', {});
    for (const comment of ['遅れて届いたログを確認した', '問題なし']) {
      const added = await reviewer.send('POST', '/addenda', { comment });
      expect(added.status, added.text).toBe(200);
    }
    const { addenda, revisions } = reviewRecordAnswer.parse(await record());
    expect(addenda).toMatchObject([
      {
        number: 1,
        revision: 1,
        record: { text: '遅れて届いたログを確認した', recordSha256: revisions[0]?.recordSha256 },
      },
      { number: 2, record: { text: '問題なし' }, signatures: [{ action: 'addendum', signer: 'reviewer' }] },
    ]);
    expect((await reviewer.day()).state).toBe('approved');
  });

  it('after it was missed as well: the incident’s cause ends, and a person closes it', async () => {
    const incident = { kind: 'review-missed', where: `review ${lateDay}`, cause: 'not-submitted' } as const;
    const { id } = await own.database.incidents.notice({ ...incident, at: new Date(Date.now() - dayMs) });
    await own.database.logReviews.change(lateDay, (held) => held.put({ state: 'missed' }));
    await submitted();
    expect(await own.database.incidents.find(id)).toMatchObject({ state: 'open', endedAt: expect.any(Date) });
    expect((await reviewer.day()).state).toBe('submitted');
  });

  it('with a result that no longer counts: one that comes after the submission is refused', async () => {
    await decided();
    const [, late] = await Promise.all([
      reviewer.send('POST', '/submit', said),
      reviewer.send('POST', '/submit', said).then(() => reviewer.decide('failed-sign-ins', { result: 'open' })),
    ]);
    expect(late.json).toMatchObject({ status: 409, code: 'review-moved-on' });
  });

  it('and the signer has a copy at once, the approver an invitation', async () => {
    const before = mail.messages.length;
    await submitted();
    const sent = mail.messages.slice(before);
    const to = (person: TestPerson) => sent.filter((message) => message.includes(`<${person.email}>`));
    expect(to(people.reviewer)).toHaveLength(1);
    expect(to(people.reviewer)[0]).toContain(`akashi-review-${lateDay}-r1-reviewed.json`);
    expect(to(people.approver)).toHaveLength(1);
    expect(to(people.second)).toHaveLength(1);
  });

  it('and says so to whoever it waits for as they come in, and on paper', async () => {
    const session = async (by: ReviewCalls) => (await by.send('GET', '/v1/session')).json;
    expect(await session(reviewer)).toMatchObject({ reviewToDo: lateDay, reviewsToApprove: 0 });
    await submitted();
    expect(await session(reviewer)).toMatchObject({ reviewToDo: null, reviewsToApprove: 0 });
    expect(await session(approver)).toMatchObject({ reviewToDo: null, reviewsToApprove: 1 });
    await approver.send('POST', '/approve', {});
    expect(await session(approver)).toMatchObject({ reviewToDo: null, reviewsToApprove: 0 });
    const paper = await reviewer.send('GET', '/record?format=pdf&language=ja');
    expect([paper.status, paper.headers.get('content-type'), paper.text.slice(0, 5)]).toEqual([
      200,
      'application/pdf',
      '%PDF-',
    ]);
  });
});
