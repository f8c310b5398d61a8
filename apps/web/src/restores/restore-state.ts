import type { Restore } from '../api-client/restores.ts';

export function isUnderWay({ state }: Pick<Restore, 'state'>): boolean {
  return state === 'waiting' || state === 'running';
}

/** Whether there is something to search: a set that is done and stands. */
export function isStanding({ state }: Pick<Restore, 'state'>): boolean {
  return state === 'done';
}
