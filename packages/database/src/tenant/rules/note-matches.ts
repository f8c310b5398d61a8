import type { PoolClient } from 'pg';

/** What the events of a segment matched. */
export interface SegmentMatching {
  /** Of the rules that it was matched with (`LiveRules`). */
  readonly revision: number;
  /** As detection has them, in the order of positions. */
  readonly matches: readonly object[];
}

/** Puts what a segment matched in the place of what was noted of it before, until its block is decided. */
export async function noteMatches(
  client: PoolClient,
  tenantId: string,
  { segmentId, revision, matches }: SegmentMatching & { readonly segmentId: string },
): Promise<void> {
  if (revision === 0) return;
  await client.query('UPDATE landing_segment SET rules_revision = $3 WHERE tenant_id = $1 AND segment_id = $2', [
    tenantId,
    segmentId,
    revision,
  ]);
  if (matches.length === 0) {
    await client.query('DELETE FROM rule_match WHERE tenant_id = $1 AND segment_id = $2', [tenantId, segmentId]);
    return;
  }
  await client.query(
    `INSERT INTO rule_match (tenant_id, segment_id, matches) VALUES ($1, $2, $3)
     ON CONFLICT (tenant_id, segment_id) DO UPDATE SET matches = excluded.matches`,
    [tenantId, segmentId, JSON.stringify(matches)],
  );
}
