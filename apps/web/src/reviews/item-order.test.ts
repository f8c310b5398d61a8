import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReviewItem } from '../api-client/log-reviews.ts';
import {
  approverGroups,
  bulkItems,
  isDecided,
  itemsLeft,
  nextUndecided,
  reviewerGroups,
  sortReasons,
  stepItem,
} from './item-order.ts';
import { needsLook, reviewItem } from './review-item.fixtures.ts';

const ids = (items: readonly ReviewItem[]) => items.map(({ id }) => id);

const items = fc
  .array(
    fc.record({
      looks: fc.boolean(),
      state: fc.constantFrom('open', 'looking', 'no-finding', 'exception' as const),
      mayDecide: fc.boolean(),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((list) =>
    list.map(({ looks, ...change }, index) =>
      looks ? needsLook(String(index), 'flagged-rows', change) : reviewItem(String(index), change),
    ),
  );

describe('the reviewer’s order', () => {
  it('has first what is worst, then what is unusual, then what is usual', () => {
    const { needsLook: first, clear } = reviewerGroups([
      reviewItem('usual'),
      needsLook('more', 'above-usual'),
      needsLook('flagged', 'flagged-rows'),
      needsLook('failed', 'run-failed'),
    ]);
    expect(ids(first)).toEqual(['failed', 'flagged', 'more']);
    expect(ids(clear)).toEqual(['usual']);
  });

  it('does not change with results', () => {
    fc.assert(
      fc.property(items, fc.nat(), (list, at) => {
        const decided = list.map((item, index) =>
          index === at % list.length ? { ...item, state: 'exception' as const } : item,
        );
        const before = reviewerGroups(list);
        const after = reviewerGroups(decided);
        expect(ids(after.needsLook)).toEqual(ids(before.needsLook));
        expect(ids(after.clear)).toEqual(ids(before.clear));
      }),
    );
  });
});

describe('the approver’s order', () => {
  it('has exceptions, then what checks and reviewer see differently, then the rest, and each item once', () => {
    fc.assert(
      fc.property(items, (list) => {
        const { exceptions, differences, asUsual } = approverGroups(list);
        expect(exceptions.every(({ state }) => state === 'exception')).toBe(true);
        expect(differences.every(({ verdict }) => verdict.result === 'needs-look')).toBe(true);
        expect(asUsual.every(({ verdict }) => verdict.result === 'clear')).toBe(true);
        expect(ids([...exceptions, ...differences, ...asUsual]).toSorted()).toEqual(ids(list).toSorted());
      }),
    );
  });
});

describe('“no finding” for several items', () => {
  it('is said of clear items without a result alone, and never of one whose run is unfinished', () => {
    const running = reviewItem('running', { run: { id: 'r', state: 'running', progress: 0.2 } });
    const found = bulkItems([
      reviewItem('a'),
      needsLook('b', 'flagged-rows'),
      reviewItem('c', { state: 'no-finding' }),
      reviewItem('d', { mayDecide: false }),
      running,
    ]);
    expect(ids(found)).toEqual(['a']);
  });
});

describe('going through items', () => {
  it('steps without going round, and begins at the first', () => {
    expect(stepItem(['a', 'b'], null, 1)).toBe('a');
    expect(stepItem(['a', 'b'], 'a', 1)).toBe('b');
    expect(stepItem(['a', 'b'], 'b', 1)).toBe('b');
    expect(stepItem(['a', 'b'], 'a', -1)).toBe('a');
    expect(stepItem([], 'a', 1)).toBe(null);
  });

  it('comes by each item without a result once, from wherever it starts', () => {
    fc.assert(
      fc.property(items, fc.nat(), (list, at) => {
        let current = list[at % list.length]?.id ?? '';
        let left = list.map((item) => (item.id === current ? { ...item, state: 'exception' as const } : item));
        const waiting = left.filter((item) => item.mayDecide && !isDecided(item));
        const visited: string[] = [];
        for (let next = nextUndecided(left, current); next !== null; next = nextUndecided(left, current)) {
          visited.push(next);
          current = next;
          left = left.map((item) => (item.id === next ? { ...item, state: 'no-finding' as const } : item));
          if (visited.length > list.length) break;
        }
        expect(visited.toSorted()).toEqual(ids(waiting).toSorted());
      }),
    );
  });

  it('counts what is left', () => {
    expect(itemsLeft({ items: [reviewItem('a'), reviewItem('b', { state: 'exception' })] })).toBe(1);
  });
});

it('reasons begin with the one that matters most', () => {
  const reasons = sortReasons([
    { code: 'above-usual', params: {} },
    { code: 'flagged-rows', params: {} },
  ]);
  expect(reasons.map(({ code }) => code)).toEqual(['flagged-rows', 'above-usual']);
});
