import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lastInstant } from '../time-range/time-range.ts';
import { zoneChoices } from '../time/zone-choices.ts';
import {
  chartViews,
  defaultColumns,
  explorerAddress,
  loadExplorerState,
  panelTabs,
  type ExplorerState,
} from './url-state.ts';

const anyState: fc.Arbitrary<ExplorerState> = fc.record({
  v: fc.constant(1),
  q: fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('user.name:root AND "失敗 しました"', 'a&b=c#d%20e+f', '：（　）'),
  ),
  t: fc.oneof(
    fc.record({
      kind: fc.constant('last' as const),
      amount: fc.integer({ min: 1, max: 99_999 }),
      unit: fc.constantFrom('s' as const, 'm' as const, 'h' as const, 'd' as const, 'w' as const),
    }),
    fc.record({
      kind: fc.constant('calendar' as const),
      word: fc.constantFrom('yesterday' as const, 'this-month' as const),
    }),
    fc
      .tuple(fc.integer({ min: 0, max: lastInstant - 1 }), fc.integer({ min: 1, max: 1e11 }))
      .map(([from, width]) => ({ kind: 'absolute' as const, from, to: Math.min(lastInstant, from + width) })),
  ),
  zone: fc.constantFrom(...zoneChoices),
  cols: fc.shuffledSubarray(
    ['host', 'user', 'action', 'line', 'source.ip', 'log.group', 'labels.order_id', 'labels.a.b'],
    {
      minLength: 1,
    },
  ),
  own: fc.boolean(),
  restored: fc.boolean(),
  archive: fc.boolean(),
  sort: fc.constantFrom('newest' as const, 'oldest' as const),
  chart: fc.constantFrom(...chartViews),
  event: fc.option(fc.nat().map((position) => `AZndwAAAcACAAAAAAAAAAQ.${position}`)),
  tab: fc.constantFrom(...panelTabs),
});

describe('explorer state in the URL', () => {
  it('is the same after a way through the URL', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        const { searchParams } = new URL(explorerAddress(state), 'https://akashi.example');
        expect(loadExplorerState(searchParams)).toEqual(state);
      }),
      { numRuns: 1000 },
    );
  });

  it('names its version and leaves out what is usual', () => {
    expect(explorerAddress({})).toBe('/explorer?v=1');
  });

  it('reads an address with unknown and broken parts', () => {
    const state = loadExplorerState(new URLSearchParams('v=1&q=root&t=nonsense&tab=later&cols=x&new=1'));
    expect(state).toMatchObject({ q: 'root', tab: 'summary', cols: defaultColumns });
    expect(loadExplorerState(new URLSearchParams('cols=host.line'))).toMatchObject({ cols: ['host', 'line'] });
    expect(state.t).toEqual({ kind: 'last', amount: 24, unit: 'h' });
  });
});
