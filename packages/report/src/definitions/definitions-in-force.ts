import type { ReportDefinition } from './report-definition.ts';

/** A version that an organisation saved: of its own report, or of its copy of a standard one. Null: ended. */
export interface SavedDefinition {
  readonly id: string;
  readonly version: number;
  /** A checked `ReportDefinition` without `id`, `number` and `version`. */
  readonly definition: unknown;
}

export interface DefinitionInForce {
  readonly definition: ReportDefinition;
  readonly isOwn: boolean;
  /** A standard one as the organisation has changed it. */
  readonly isChanged: boolean;
}

/**
 * The reports of an organisation: the standard ones, each as it was changed last, then its own by id. Of `saved` the newest
 * version of each id counts.
 */
export function definitionsInForce(
  standard: readonly ReportDefinition[],
  saved: readonly SavedDefinition[],
): DefinitionInForce[] {
  const newest = new Map<string, SavedDefinition>();
  for (const each of saved) if (each.version > (newest.get(each.id)?.version ?? 0)) newest.set(each.id, each);
  const reports = standard.map((definition) => {
    const copy = newest.get(definition.id);
    newest.delete(definition.id);
    return copy === undefined || copy.definition === null
      ? { definition, isOwn: false, isChanged: false }
      : { definition: definitionOf(copy, definition.number), isOwn: false, isChanged: true };
  });
  const own = [...newest.values()]
    .filter(({ definition }) => definition !== null)
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
    .map((each) => ({ definition: definitionOf(each, null), isOwn: true, isChanged: false }));
  return [...reports, ...own];
}

function definitionOf({ id, version, definition }: SavedDefinition, number: number | null): ReportDefinition {
  return { ...(definition as Omit<ReportDefinition, 'id' | 'number' | 'version'>), id, number, version };
}
