import { joinParts, type QueryTree } from './query-tree.ts';

const field = 'person';

/** Whether a query asks for somebody's events: it means nothing without the tables of an organisation. */
export function namesPeople(tree: QueryTree): boolean {
  if (tree.kind === 'all') return false;
  if (tree.kind === 'not') return namesPeople(tree.part);
  if (tree.kind === 'and' || tree.kind === 'or') return tree.parts.some(namesPeople);
  return tree.field === field;
}

/** Everybody whom a query names, each once; null stands for anybody (`person:*`). */
export function peopleNamed(tree: QueryTree): Array<string | null> {
  if (tree.kind === 'all') return [];
  if (tree.kind === 'not') return peopleNamed(tree.part);
  if (tree.kind === 'and' || tree.kind === 'or') return [...new Set(tree.parts.flatMap(peopleNamed))];
  if (tree.field !== field) return [];
  return [tree.kind === 'equals' ? String(tree.value) : null];
}

/** The query with what each person stands for in the place of the conditions on people. */
export function withPeople(tree: QueryTree, standsFor: (person: string | null) => QueryTree): QueryTree {
  const inside = (part: QueryTree): QueryTree => withPeople(part, standsFor);
  if (tree.kind === 'all') return tree;
  if (tree.kind === 'not') return { kind: 'not', part: inside(tree.part) };
  if (tree.kind === 'and' || tree.kind === 'or') return joinParts(tree.kind, tree.parts.map(inside));
  if (tree.field !== field) return tree;
  return standsFor(tree.kind === 'equals' ? String(tree.value) : null);
}
