import { describe, expect, it } from 'vitest';
import { reportRow, reviewItem } from './review-item.fixtures.ts';
import { linesOf, linesOfRows, prefillOf } from './review-lines.ts';

const rows = [
  reportRow('e2', { time: '2026-11-20T06:22:11.000Z', command: 'vi /etc/shadow', object: '/etc/shadow' }),
  reportRow('e1'),
  reportRow(null, { user: null, person: null, action: 'log-silent', host: 'ntp02', flags: [{ kind: 'any' }] }),
];

describe('lines of an item', () => {
  it('say who, what, where and on what, in one column each', () => {
    expect(linesOf(reviewItem('a'), rows)[0]).toMatchObject({
      key: 'e2',
      who: '山田 太郎 (yamada → root)',
      what: 'vi /etc/shadow',
      where: 'db01 ← 10.1.2.30',
      object: '/etc/shadow',
      approval: 'outside',
    });
  });

  it('come from the item’s own summary until the rows are there', () => {
    const flagged = [{ eventId: 'e1', time: '2026-11-20T06:01:11.000Z', text: 'yamada su db01', flags: [] }];
    expect(linesOf(reviewItem('a', { flagged }), undefined)).toMatchObject([{ key: 'e1', what: 'yamada su db01' }]);
  });

  it('are told apart also where there is no event', () => {
    expect(linesOf(reviewItem('a'), rows).map(({ key }) => key)).toEqual(['e2', 'e1', 'row-2']);
    expect(linesOfRows(rows.slice(2), 'other').map(({ key }) => key)).toEqual(['other-0']);
  });

  it('say by which approval an act is covered; runs made before that was kept say none', () => {
    const work = { target: 'db01', from: null, to: null, number: 'W1', purpose: null, approver: '鈴木 一郎' };
    const [covered, before] = linesOfRows(
      [reportRow('e1', { approval: 'inside', approvals: [work] }), reportRow('e2')],
      'row',
    );
    expect([covered?.approvals, before?.approvals]).toEqual([[work], []]);
  });
});

describe('what an exception is filled with', () => {
  it('is what the selected lines say, from the earliest on', () => {
    const lines = linesOf(reviewItem('a'), rows).slice(0, 2);
    expect(prefillOf(lines, rows)).toEqual({
      who: '山田 太郎 (yamada → root)',
      when: '2026-11-20T06:01:11.000Z',
      system: 'db01',
      what: 'su · db01 ← 10.1.2.30',
      flags: [{ kind: 'outside-approval', lines: 2 }],
    });
  });

  it('is nothing where no line is selected', () => {
    expect(prefillOf([], rows)).toEqual({ who: '', when: null, system: '', what: '', flags: [] });
  });
});
