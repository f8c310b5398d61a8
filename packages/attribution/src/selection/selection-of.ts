import { nothing, type QueryTree } from '@akashi/query';
import type { Claims } from '../claims/claims-of.ts';
import { all, any } from '../claims/conditions.ts';
import { groupBy } from '../claims/lease-periods.ts';
import { common, merged, type Period } from '../claims/period.ts';

/** Comparisons of one selection with the index, which takes 1,024 in all. */
export const maxSelectionClauses = 800;

export type Selection =
  | { readonly ok: true; readonly tree: QueryTree }
  | { readonly ok: false; readonly code: 'selection-too-large'; readonly clauses: number; readonly limit: number };

/**
 * The events of one person in a period, as a query: whatever fulfils one of the person's claims while it holds. It finds those
 * that `peopleOf(resolve(event))` says are the person's, contradicted ones included, and no other. Periods that touch are one.
 */
export function selectionOf(person: string, claims: Claims, period: Period): Selection {
  const theirs = claims.all.flatMap((claim) => {
    const within = claim.person === person ? common(claim, period) : undefined;
    return within === undefined ? [] : [{ condition: claim.condition, from: claim.from, until: claim.until }];
  });
  const byCondition = groupBy(theirs, ({ condition }) => JSON.stringify(condition));
  const timed = [...byCondition.values()].map((group) => ({
    condition: group[0]?.condition ?? nothing,
    periods: merged(group),
  }));
  const byPeriods = groupBy(timed, ({ periods }) => JSON.stringify(periods));
  const alternatives = [...byPeriods.values()].map((group) =>
    all([inAny(group[0]?.periods ?? []), any(group.map(({ condition }) => condition))]),
  );
  const tree = any(alternatives);
  const clauses = clausesOf(tree);
  if (clauses > maxSelectionClauses) {
    return { ok: false, code: 'selection-too-large', clauses, limit: maxSelectionClauses };
  }
  return { ok: true, tree };
}

function inAny(periods: readonly Period[]): QueryTree {
  return any(
    periods.map(({ from, until }): QueryTree =>
      from === null && until === null
        ? { kind: 'all' }
        : {
            kind: 'range',
            field: '@timestamp',
            ...(from === null ? {} : { gte: from }),
            ...(until === null ? {} : { lt: until }),
          },
    ),
  );
}

/** Values of one field that are alternatives are one comparison of the index. */
export function clausesOf(tree: QueryTree): number {
  if (tree.kind === 'not') return clausesOf(tree.part);
  if (tree.kind === 'and') return tree.parts.reduce((sum, part) => sum + clausesOf(part), 0);
  if (tree.kind !== 'or') return 1;
  const fields = new Set<string>();
  let sum = 0;
  for (const part of tree.parts) {
    if (part.kind === 'equals') fields.add(part.field);
    else sum += clausesOf(part);
  }
  return sum + fields.size;
}
