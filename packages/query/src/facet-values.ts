import { conditionOf, conjuncts, type ValueFilter } from './conjuncts.ts';
import { formatQuery } from './format-query.ts';
import { parseQuery, type ParseSettings } from './parse-query.ts';
import { defaultQueryFields } from './query-fields.ts';
import { joinParts, type EqualsNode, type QueryTree } from './query-tree.ts';

/** What a query says of single values of one field: the alternatives one of which must be there, and those that must not. */
export interface ChosenValues {
  included: readonly string[];
  excluded: readonly string[];
}

/** A value of a facet, as an event shows it. */
export type FacetValue = Omit<ValueFilter, 'value'> & { value: string | number | boolean };

export function chosenValues(tree: QueryTree, field: string): ChosenValues {
  const parts = conjuncts(tree).map((conjunct) => conjunct.tree);
  const textsOf = (read: (part: QueryTree) => readonly EqualsNode[] | null): string[] =>
    parts.flatMap((part) => (read(part) ?? []).map(({ value }) => String(value)));
  return {
    included: textsOf((part) => alternatives(part, field)),
    excluded: textsOf((part) => (part.kind === 'not' ? alternatives(part.part, field) : null)),
  };
}

/**
 * The query text with a value of a field chosen, or no more chosen: values of one field are alternatives (OR), fields are
 * joined with AND. With `negate` the value is left out, or no more left out. Conditions of other kinds on the field stay.
 * Undefined when the text cannot be read or the value does not fit the field.
 */
export function toggleValue(text: string, choice: FacetValue, settings: ParseSettings = {}): string | undefined {
  return rewrite({ text, choice, settings }, ({ included, excluded }, wanted) => {
    const isSame = (each: EqualsNode): boolean => String(each.value) === String(wanted.value);
    const without = (list: readonly EqualsNode[]): EqualsNode[] => list.filter((each) => !isSame(each));
    const toggled = (list: readonly EqualsNode[]): EqualsNode[] =>
      list.some(isSame) ? without(list) : [...list, wanted];
    return choice.negate === true
      ? { included: without(included), excluded: toggled(excluded) }
      : { included: toggled(included), excluded: without(excluded) };
  });
}

/** The query text with this value as the only one of its field. */
export function onlyValue(text: string, choice: FacetValue, settings: ParseSettings = {}): string | undefined {
  return rewrite({ text, choice, settings }, (_chosen, wanted) => ({ included: [wanted], excluded: [] }));
}

interface Chosen {
  included: readonly EqualsNode[];
  excluded: readonly EqualsNode[];
}

interface Rewriting {
  text: string;
  choice: FacetValue;
  settings: ParseSettings;
}

function rewrite(
  { text, choice, settings }: Rewriting,
  change: (chosen: Chosen, wanted: EqualsNode) => Chosen,
): string | undefined {
  const fields = settings.fields ?? defaultQueryFields;
  const parsed = parseQuery(text, settings);
  const wanted = conditionOf({ field: choice.field, value: choice.value }, fields);
  if (!parsed.ok || wanted?.kind !== 'equals') return undefined;
  const parts = conjuncts(parsed.tree).map((conjunct) => conjunct.tree);
  const chosen: Chosen = {
    included: parts.flatMap((part) => alternatives(part, wanted.field) ?? []),
    excluded: parts.flatMap((part) => (part.kind === 'not' ? (alternatives(part.part, wanted.field) ?? []) : [])),
  };
  const isSimple = (part: QueryTree): boolean =>
    alternatives(part.kind === 'not' ? part.part : part, wanted.field) !== null;
  const at = parts.findIndex(isSimple);
  const rest = (list: readonly QueryTree[]): QueryTree[] => list.filter((part) => !isSimple(part));
  const { included, excluded } = change(chosen, wanted);
  const written = [
    ...(included.length === 0 ? [] : [joinParts('or', included)]),
    ...excluded.map((part): QueryTree => ({ kind: 'not', part })),
  ];
  const head = at < 0 ? rest(parts) : rest(parts.slice(0, at));
  const tree = joinParts('and', [...head, ...written, ...(at < 0 ? [] : rest(parts.slice(at)))]);
  return tree.kind === 'all' ? '' : formatQuery(tree, fields);
}

/** The alternatives of a condition on single values of the field alone; null for every other condition. */
function alternatives(part: QueryTree, field: string): readonly EqualsNode[] | null {
  const parts = part.kind === 'or' ? part.parts : [part];
  const values = parts.filter((each): each is EqualsNode => each.kind === 'equals' && each.field === field);
  return values.length === parts.length ? values : null;
}
