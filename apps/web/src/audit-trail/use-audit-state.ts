'use client';

import { createParser, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useCallback, useEffect, useState } from 'react';
import { noteUrlWrite } from '../navigation/url-writes.ts';
import { decodeTimeRange, encodeTimeRange, type TimeRange } from '../time-range/time-range.ts';
import { nowMilliseconds } from '../time/clock.ts';

const weekRange: TimeRange = { kind: 'last', amount: 7, unit: 'd' };

const parsers = {
  t: createParser<TimeRange>({
    parse: decodeTimeRange,
    serialize: encodeTimeRange,
    eq: (a, b) => encodeTimeRange(a) === encodeTimeRange(b),
  }).withDefault(weekRange),
  group: parseAsString,
  action: parseAsString,
  actor: parseAsString.withDefault(''),
  target: parseAsString.withDefault(''),
  outcome: parseAsStringLiteral(['success', 'failure'] as const),
};

export interface AuditState {
  t: TimeRange;
  group: string | null;
  action: string | null;
  actor: string;
  target: string;
  outcome: 'success' | 'failure' | null;
}

interface AuditStateSetting {
  state: AuditState;
  /**
   * When the page was last asked for: a relative range counts back from it, so that pages of one list fit together.
   * Null until the page is in the browser, whose clock it is.
   */
  asked: number | null;
  change: (part: Partial<AuditState>) => void;
  again: () => void;
}

/** The filters, which stand in the address. */
export function useAuditState(): AuditStateSetting {
  const [state, setState] = useQueryStates(parsers, { history: 'push' });
  const [asked, setAsked] = useState<number | null>(null);
  // oxlint-disable-next-line react/set-state-in-effect -- the clock is outside of React
  useEffect(() => setAsked(nowMilliseconds()), []);
  const again = useCallback(() => setAsked(nowMilliseconds()), []);
  const change = useCallback(
    (part: Partial<AuditState>) => {
      setAsked(nowMilliseconds());
      noteUrlWrite(setState(part));
    },
    [setState],
  );
  return { state, asked, change, again };
}
