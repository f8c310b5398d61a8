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

/** Of the checks themselves: stands with their version, not among what a person should see in an item. */
export function isAboutChecks({ code }: VerdictReason): boolean {
  return code === 'rules-ran' || code === 'no-rules';
}
