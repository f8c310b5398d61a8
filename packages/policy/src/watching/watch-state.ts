/** `ok` only because something was seen within its time; `unknown` when nothing was. */
export const watchStates = ['ok', 'wrong', 'unknown'] as const;

export type WatchState = (typeof watchStates)[number];

export interface WatchedFacts {
  /** Something of it is known to be wrong. */
  readonly isWrong: boolean;
  /** When it was last seen to work. */
  readonly lastGoodAt: Date | null;
  /** For how long what was seen says something. */
  readonly withinMs: number;
}

export function watchState({ isWrong, lastGoodAt, withinMs }: WatchedFacts, now: Date): WatchState {
  if (isWrong) return 'wrong';
  return lastGoodAt !== null && now.getTime() - lastGoodAt.getTime() <= withinMs ? 'ok' : 'unknown';
}
