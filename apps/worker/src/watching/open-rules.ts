import type { Registry } from '@akashi/server-kit';
import { LiveRulesDirectory, type LiveRulesParts } from '../pipeline/live-rules.ts';
import type { IndexParts } from '../pipeline/index-events.ts';
import { Decider, type DeciderParts } from './decider.ts';
import { RuleWatch, type RuleWatchParts } from './rule-watch.ts';

export interface OpenRulesParts extends RuleWatchParts {
  readonly timeZoneOf: LiveRulesParts['timeZoneOf'];
}

export interface OpenRules extends Required<Pick<IndexParts, 'rulesOf' | 'onRuleCosts'>> {
  /** What decides by the same rules. */
  decider(parts: Omit<DeciderParts, 'newestRulesOf' | 'registry'>, registry: Registry): Decider;
}

/** The rules of all organisations, as the pipeline asks for them and as they are watched themselves. */
export function openRules({ timeZoneOf, ...parts }: OpenRulesParts): OpenRules {
  const watch = new RuleWatch(parts);
  const live = new LiveRulesDirectory({ database: parts.database, timeZoneOf, now: () => parts.now().getTime() });
  return {
    rulesOf: (tenantId) => live.of(tenantId),
    onRuleCosts: (tenantId, costs) => watch.take(tenantId, costs),
    decider: (deciding, registry) =>
      new Decider({ ...deciding, newestRulesOf: (tenantId) => live.newest(tenantId), registry }),
  };
}
