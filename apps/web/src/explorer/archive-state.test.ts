import { describe, expect, it } from 'vitest';
import type { ArchivedEvent, ArchiveSearchLine } from '../api-client/archive-search.ts';
import { isRunning, nothingFound, shareRead, withLines } from './archive-state.ts';

const hit = (id: string): ArchiveSearchLine => ({ event: 'hit', item: { id } as ArchivedEvent });
const progress: ArchiveSearchLine = { event: 'progress', blocksDone: 1, blocksTotal: 4, hits: 1, reachedAt: null };
const end: ArchiveSearchLine = {
  event: 'end',
  reason: 'hit-limit',
  blocksDone: 2,
  blocksTotal: 4,
  hits: 2,
  tookMs: 10,
  next: '2026-03-01T00:00:00Z',
};

describe('an archived search', () => {
  it('gathers hits in the order in which they come, each once', () => {
    const first = withLines(nothingFound, [progress, hit('a'), hit('b')]);
    const second = withLines(first, [hit('b'), hit('c')]);
    expect(second.hits.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('runs until its end, until a person stops it, or until it fails', () => {
    expect(isRunning(nothingFound)).toBe(true);
    expect(isRunning(withLines(nothingFound, [end]))).toBe(false);
    expect(isRunning({ ...nothingFound, cancelled: true })).toBe(false);
    expect(isRunning({ ...nothingFound, error: new Error('gone') })).toBe(false);
  });

  it('says which share of the blocks was read', () => {
    expect(shareRead(nothingFound)).toBe(0);
    expect(shareRead(withLines(nothingFound, [progress]))).toBe(0.25);
    expect(shareRead(withLines(nothingFound, [progress, end]))).toBe(0.5);
    expect(shareRead(withLines(nothingFound, [{ ...end, blocksDone: 0, blocksTotal: 0 }]))).toBe(1);
  });
});
