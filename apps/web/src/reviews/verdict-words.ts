import { flagWords, type ReportLanguage } from '@akashi/report';
import type { ReviewItem } from '../api-client/log-reviews.ts';
import type { VerdictReason } from './item-order.ts';

export interface ReasonWords {
  key: VerdictReason['code'];
  values: { count: number; low: number; high: number; name: string; blocks: number; decided: number; revision: number };
}

/** A reason with the figures that it is said with: those of the item where it holds them, otherwise the check's own. */
export function reasonWords({ code, params }: VerdictReason, item: ReviewItem): ReasonWords {
  const figure = (name: string, otherwise: number) => {
    const value = params[name];
    return typeof value === 'number' ? value : otherwise;
  };
  const counts: Partial<Record<VerdictReason['code'], number>> = {
    'flagged-rows': item.summary?.flagged ?? 0,
    'never-seen-shape': item.newShapes.length,
    'above-usual': item.summary?.rows ?? 0,
    'below-usual': item.summary?.rows ?? 0,
    'no-baseline': item.usual?.days ?? 0,
  };
  const name = params['name'] ?? params['where'] ?? params['source'] ?? '';
  return {
    key: code,
    values: {
      count: counts[code] ?? figure('count', 1),
      low: item.usual?.low ?? figure('low', 0),
      high: item.usual?.high ?? figure('high', 0),
      name: String(name),
      blocks: figure('blocks', 0),
      decided: figure('decided', 0),
      revision: figure('revision', 0),
    },
  };
}

interface FlaggedWords {
  /** Each flag with its rows, the most frequent first; empty where the item says no more than how many there are. */
  flags: { word: string; count: number }[];
  /** The people and hosts of the flagged rows. */
  about: string[];
}

const mostNamed = 2;

/** What the flagged rows of an item are: by which flags, whose and where, so that nobody opens it to know. */
export function flaggedWords({ summary }: Pick<ReviewItem, 'summary'>, language: ReportLanguage): FlaggedWords {
  if (summary === null) return { flags: [], about: [] };
  const flags = Object.entries(summary.byFlag)
    .filter(([kind]) => kind !== 'any')
    .toSorted(([, one], [, other]) => other - one)
    .map(([kind, count]) => ({ word: flagWords[kind as keyof typeof flagWords][language], count }));
  const named = (counted: typeof summary.people): string[] =>
    counted.flatMap(({ value, flagged }) => (flagged > 0 ? [value] : [])).slice(0, mostNamed);
  return { flags, about: [...named(summary.people), ...named(summary.hosts)] };
}

/** Of the checks themselves: stands with their version, not among what a person should see in an item. */
export function isAboutChecks({ code }: VerdictReason): boolean {
  return code === 'rules-ran' || code === 'no-rules';
}
