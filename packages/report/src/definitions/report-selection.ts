import { joinParts, parseQuery, type QueryTree } from '@akashi/query';
import type { ReportDefinition } from './report-definition.ts';
import type { ReportTags } from './report-tags.ts';

/** A condition that `checkDefinition` would have refused. */
export class UnreadableConditionError extends Error {
  readonly code = 'report-condition-unreadable';

  constructor() {
    super('a condition of the report cannot be read');
    this.name = 'UnreadableConditionError';
  }
}

/** The tree of a condition; an empty one is fulfilled by every event. Throws an UnreadableConditionError. */
export function conditionTree(text: string, timeZone: string): QueryTree {
  if (text.trim() === '') return { kind: 'all' };
  const parsed = parseQuery(text, { timeZone });
  if (!parsed.ok) throw new UnreadableConditionError();
  return parsed.tree;
}

/** A record of an event that several records make: the first of them says what all say, and is the row. */
const isNoPart: QueryTree = { kind: 'not', part: { kind: 'exists', field: 'akashi.part_of' } };

/** The events that a report asks the index for: those that it lists, and those that its flags are decided by. */
export function selectionOfReport(
  definition: Pick<ReportDefinition, 'classes' | 'query' | 'tag'>,
  settings: { readonly tags: ReportTags; readonly timeZone: string },
): QueryTree {
  const { tags, timeZone } = settings;
  const classes = definition.classes.map((name): QueryTree => ({ kind: 'equals', field: 'pci.class', value: name }));
  const isCardData = definition.tag === 'card-data' && tags.cardData.trim() !== '';
  const chosen = isCardData ? [...classes, conditionTree(tags.cardData, timeZone)] : classes;
  const parts: QueryTree[] = [isNoPart, chosen.length === 0 ? { kind: 'all' } : joinParts('or', chosen)];
  if (definition.tag === 'watched-objects') parts.push(conditionTree(tags.watchedObjects, timeZone));
  parts.push(conditionTree(definition.query, timeZone));
  return joinParts(
    'and',
    parts.filter(({ kind }) => kind !== 'all'),
  );
}
