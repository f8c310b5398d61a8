import { expect, it } from 'vitest';
import { judgeKeeping, onlineSinceUs, worstState, type KeepingSeen } from './keeping-verdict.ts';

const dayUs = 86_400 * 1_000_000;
const nowUs = 1_000 * dayUs;
const year = { onlineDays: 90, keptDays: 365 };
const ago = (days: number): number => nowUs - days * dayUs;
const full: KeepingSeen = {
  retention: year,
  inScope: true,
  sinceUs: ago(500),
  oldestOnlineUs: ago(100),
  onlineFromUs: ago(90),
  newestRemovedUs: ago(366),
  nowUs,
};

it('holds where a year and three months of it are there', () => {
  expect(judgeKeeping(full)).toEqual({
    state: 'holds',
    online: { state: 'holds', reason: 'complete', floorDays: 90 },
    kept: { state: 'holds', reason: 'complete', floorDays: 365 },
    youngUntilUs: null,
  });
  const quiet = judgeKeeping({ ...full, oldestOnlineUs: null, onlineFromUs: null });
  expect(quiet.state).toBe('holds');
});

it('is young as long as it is, and no longer', () => {
  const young = judgeKeeping({ ...full, sinceUs: ago(100), newestRemovedUs: null });
  expect(young).toMatchObject({ state: 'young', online: { state: 'holds' }, kept: { state: 'young' } });
  expect(young.youngUntilUs).toBe(ago(100) + 365 * dayUs);
  const newborn = judgeKeeping({ ...full, sinceUs: ago(1), oldestOnlineUs: ago(1), onlineFromUs: ago(1) });
  expect(newborn).toMatchObject({ online: { state: 'young', reason: 'younger-than-floor' } });
  expect(judgeKeeping({ ...full, sinceUs: ago(365) }).kept.state).toBe('holds');
});

it('is broken where something is missing of what the floors ask', () => {
  const removed = judgeKeeping({ ...full, newestRemovedUs: ago(364) });
  expect(removed).toMatchObject({ state: 'broken', kept: { reason: 'removed-early' }, online: { state: 'holds' } });
  const later = judgeKeeping({ ...full, oldestOnlineUs: ago(30) });
  expect(later).toMatchObject({ state: 'broken', online: { reason: 'not-online' } });
  expect(judgeKeeping({ ...full, oldestOnlineUs: null }).online.reason).toBe('not-online');
  const short = judgeKeeping({ ...full, retention: { onlineDays: 30, keptDays: 400 }, sinceUs: null });
  expect(short).toMatchObject({ state: 'broken', online: { reason: 'policy-below-floor' }, kept: { state: 'empty' } });
});

it('says that it does not know where the index does not answer', () => {
  const unknown = judgeKeeping({ ...full, oldestOnlineUs: undefined });
  expect(unknown).toMatchObject({
    state: 'unknown',
    online: { reason: 'index-unavailable' },
    kept: { state: 'holds' },
  });
  expect(judgeKeeping({ ...full, oldestOnlineUs: undefined, newestRemovedUs: ago(1) }).state).toBe('broken');
});

it('asks nothing of what is out of scope, and has nothing to say of what is empty', () => {
  expect(judgeKeeping({ ...full, inScope: false, retention: { onlineDays: 1, keptDays: 1 } })).toMatchObject({
    state: 'out-of-scope',
    youngUntilUs: null,
  });
  expect(judgeKeeping({ ...full, sinceUs: null })).toMatchObject({
    state: 'empty',
    kept: { reason: 'nothing-received' },
  });
});

it('counts the worst of several', () => {
  expect(worstState(['holds', 'young', 'empty', 'out-of-scope'])).toBe('young');
  expect(worstState(['holds', 'unknown', 'young'])).toBe('unknown');
  expect(worstState(['out-of-scope', 'empty'])).toBe('empty');
  expect(worstState([])).toBe('empty');
  expect(onlineSinceUs(nowUs)).toBe(ago(90));
});
