import type { EventDraft } from '../event-draft.ts';
import type { OwnCondition, OwnRule } from './own-format.ts';

/** Fields that hold several values. */
const lists = new Set(['event.category', 'event.type']);

/** Sets what an event is by its keys' values: action, outcome, classes. */
export function applyRules(draft: EventDraft, rules: readonly OwnRule[], values: ReadonlyMap<string, string>): void {
  for (const { when, set = {}, classes = [] } of rules) {
    if (!when.every((condition) => holds(condition, values.get(condition.key)))) continue;
    for (const [field, value] of Object.entries(set)) {
      if (lists.has(field)) draft.set(field, [value]);
      else draft.keyword(field, value);
    }
    draft.classify(...classes);
  }
}

function holds({ is, contains, not = false }: OwnCondition, value: string | undefined): boolean {
  const folded = value?.toLowerCase();
  const isSo =
    folded !== undefined &&
    (is === undefined || is.some((each) => each.toLowerCase() === folded)) &&
    (contains === undefined || folded.includes(contains.toLowerCase()));
  return isSo !== not;
}
