'use client';

import { useState } from 'react';
import { nowMilliseconds } from '../time/clock.ts';

/** The moment at which the view was drawn first: a mark on an axis that does not move by itself. */
export function useNow(): number {
  const [now] = useState(nowMilliseconds);
  return now;
}
