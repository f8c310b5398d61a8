import { coverOf, resolve, type Approval, type EventAtTime } from '@akashi/attribution';
import type { ClaimsAsker, KnownClaims, MastersAt } from './known-claims.ts';

/** Of each act in its order whether an approval covers it; `not-kept` where there is no table of approvals to go by. */
export async function approvalsOfActs(
  known: Pick<KnownClaims, 'about'>,
  asker: ClaimsAsker,
  { acts, masters }: { readonly acts: readonly EventAtTime[]; readonly masters: MastersAt },
): Promise<(Approval['state'] | 'not-kept')[]> {
  if (!masters.rows.some(({ master }) => master === 'approvals')) return acts.map(() => 'not-kept');
  const claims = await known.about(asker, acts, masters);
  if (claims === undefined) return acts.map(() => 'unknown');
  return acts.map((act) => coverOf(act, resolve(act, claims), claims.approvals).state);
}
