import type { RetentionDays } from '../api-client/retention.ts';

/** What a change of days does: raising acts on all that exists, lowering on what is received from then on. */
export type DaysEffect = 'same' | 'raise' | 'lower' | 'both';

export function daysEffect(before: RetentionDays, after: RetentionDays): DaysEffect {
  const steps = [after.onlineDays - before.onlineDays, (after.keptDays ?? Infinity) - (before.keptDays ?? Infinity)];
  // Never and never are no step: the difference of two infinities is no number.
  const raises = steps.some((step) => step > 0);
  const lowers = steps.some((step) => step < 0);
  if (raises && lowers) return 'both';
  return raises ? 'raise' : lowers ? 'lower' : 'same';
}

/** Whether a second person is needed before anything of it holds. */
export function isLowering(effect: DaysEffect): boolean {
  return effect === 'lower' || effect === 'both';
}

export const oneYear: RetentionDays = { onlineDays: 90, keptDays: 365 };

export interface TypedDays {
  onlineDays: string;
  keptDays: string;
  never: boolean;
}

export function typedDays({ onlineDays, keptDays }: RetentionDays): TypedDays {
  return { onlineDays: String(onlineDays), keptDays: String(keptDays ?? oneYear.keptDays), never: keptDays === null };
}

/** As typed by a person, with digits of either width; undefined while one of them is no whole number of days. */
export function readDays({ onlineDays, keptDays, never }: TypedDays): RetentionDays | undefined {
  const online = wholeNumber(onlineDays);
  const kept = never ? null : wholeNumber(keptDays);
  return online === undefined || kept === undefined ? undefined : { onlineDays: online, keptDays: kept };
}

const mostDays = 36_525;

function wholeNumber(text: string): number | undefined {
  const digits = text.normalize('NFKC').trim();
  if (!/^\d{1,5}$/.test(digits)) return undefined;
  const value = Number(digits);
  return value >= 1 && value <= mostDays ? value : undefined;
}
