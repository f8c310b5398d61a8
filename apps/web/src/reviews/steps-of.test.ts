import { describe, expect, it } from 'vitest';
import { hindrancesOf, stepsOf } from './steps-of.ts';

const nothing = { decide: false, submit: false, approve: false, return: false, addAddendum: false, delegate: false };

describe('the acts on a day', () => {
  it('are those that the person may do, the next one first', () => {
    expect(stepsOf({ may: { ...nothing, decide: true, submit: true } })).toEqual(['submit']);
    expect(stepsOf({ may: { ...nothing, approve: true, return: true } })).toEqual(['approve', 'return']);
    expect(stepsOf({ may: { ...nothing, addAddendum: true } })).toEqual(['addenda']);
    expect(stepsOf({ may: nothing })).toEqual([]);
  });

  it('wait for what must be done before, not for what their own dialog asks', () => {
    const may = { ...nothing, decide: true };
    expect(hindrancesOf({ hindrances: ['items-open', 'late-reason-missing'], may })).toEqual({
      blocking: ['items-open'],
      asked: ['late-reason-missing'],
    });
  });

  it('keep the reviewer from approving, unless the organisation lets them with a reason', () => {
    const hindrances = ['separation-of-duties'] as const;
    expect(hindrancesOf({ hindrances: [...hindrances], may: nothing }).blocking).toEqual(hindrances);
    expect(hindrancesOf({ hindrances: [...hindrances], may: { ...nothing, approve: true } }).asked).toEqual(hindrances);
  });
});
