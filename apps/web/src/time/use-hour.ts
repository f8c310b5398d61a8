'use client';

import { useSyncExternalStore } from 'react';
import { nowMilliseconds } from './clock.ts';

const subscribe = () => () => {};
const startOfHour = () => Math.floor(nowMilliseconds() / 3_600_000) * 3_600_000;

/** The current hour in the browser, 0 on the server: enough to know which offset a zone has now. */
export function useHour(): number {
  return useSyncExternalStore(subscribe, startOfHour, () => 0);
}
