import { array, assert, constantFrom, property, record } from 'fast-check';
import { expect, it } from 'vitest';
import { afterFindingAct, type FindingAct, type FindingCourse } from './finding-course.ts';

const sato = { id: 'sato', role: 'reviewer' };
const takano = { id: 'takano', role: 'approver' };
const people = [sato, takano, { id: 'mori', role: 'approver' }, { id: 'hara', role: 'reviewer' }];
const fresh: FindingCourse = { state: 'open', ownerId: 'sato', action: null, outcome: null, resolvedBy: null };
const done = { action: '該当ユーザーに確認', outcome: '作業の申請漏れ' };

it('leads to its end by its owner and another person who approves, whatever comes between', () => {
  const acts = constantFrom<FindingAct>('change', 'escalate', 'instruct', 'resolve', 'close', 'reopen');
  assert(
    property(array(record({ by: constantFrom(...people), act: acts }), { maxLength: 40 }), (steps) => {
      let finding: FindingCourse = { ...fresh, ...done };
      for (const { by, act } of steps) {
        const after = afterFindingAct(by, finding, act);
        if (finding.state === 'closed') expect(after).toHaveProperty('refusal');
        if ('refusal' in after) continue;
        if (after.state === 'closed') {
          expect(finding.state).toBe('resolved');
          expect(finding.resolvedBy).not.toBe(by.id);
          expect(by.role).toBe('approver');
        }
        if (act === 'instruct') expect(by.role).toBe('approver');
        finding = { ...finding, state: after.state, resolvedBy: act === 'resolve' ? by.id : finding.resolvedBy };
      }
    }),
  );
});

it('is resolved by its owner once action and outcome are said', () => {
  expect(afterFindingAct(sato, fresh, 'resolve')).toEqual({ refusal: 'unfinished' });
  expect(afterFindingAct(sato, { ...fresh, ...done, ownerId: null }, 'resolve')).toEqual({ refusal: 'unfinished' });
  expect(afterFindingAct({ id: 'hara', role: 'reviewer' }, { ...fresh, ...done }, 'resolve')).toEqual({
    refusal: 'role',
  });
  expect(afterFindingAct(sato, { ...fresh, ...done }, 'resolve')).toEqual({ state: 'resolved' });
  expect(afterFindingAct(takano, { ...fresh, ...done }, 'resolve')).toEqual({ state: 'resolved' });
});

it('is closed by somebody else, and changes no more then', () => {
  const resolved = { ...fresh, ...done, state: 'resolved', resolvedBy: 'takano' } as const;
  expect(afterFindingAct(takano, resolved, 'close')).toEqual({ refusal: 'separation-of-duties' });
  expect(afterFindingAct(sato, resolved, 'close')).toEqual({ refusal: 'role' });
  expect(afterFindingAct({ id: 'mori', role: 'approver' }, resolved, 'close')).toEqual({ state: 'closed' });
  expect(afterFindingAct(takano, resolved, 'reopen')).toEqual({ state: 'open' });
  expect(afterFindingAct(takano, fresh, 'close')).toEqual({ refusal: 'state' });
  expect(afterFindingAct(takano, { ...resolved, state: 'closed' }, 'change')).toEqual({ refusal: 'settled' });
  expect(afterFindingAct({ id: 'goto', role: 'auditor' }, fresh, 'change')).toEqual({ refusal: 'role' });
});
