import { readIndexTime } from '@akashi/log-event';

/** Epoch milliseconds of a time as the index has it. */
export function momentOf(value: unknown): number {
  return typeof value === 'number' ? value : Date.parse(readIndexTime(value));
}
