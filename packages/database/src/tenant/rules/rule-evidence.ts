import type { RunSql } from '../../scoped-transaction.ts';

/** On what of a stretch of the log the organisation's rules ran, and which. */
export interface RanRules {
  /** Blocks with records received within it. */
  readonly blocks: number;
  readonly firstBlock: number | null;
  readonly lastBlock: number | null;
  /** How many of them are decided. */
  readonly decided: number;
  /** Segments taken in before its end that stand in no block yet. */
  readonly unsealed: number;
  /** Rules that were in force at one of its blocks at least, or may come to be while some of them are not decided. */
  readonly rules: number;
  /** The newest change of the rules that was in force within it; 0 where none was. */
  readonly revision: number;
}

/** Evidence that rules ran (PCI DSS 10.4.1.1), from where the one decider of the log has come to. */
export interface RuleEvidence {
  /** By receive time, the end not included. */
  during(range: { readonly from: Date; readonly to: Date }): Promise<RanRules>;
}

export function ruleEvidence(run: RunSql, tenantId: string): RuleEvidence {
  return {
    during: ({ from, to }) =>
      run(async (client) => {
        const { rows } = await client.query<RanRules>(
          `WITH held AS (
             SELECT b.number FROM block b
             WHERE b.tenant_id = $1 AND b.created_at >= $2::timestamptz
               AND b.last_received_us >= $4::bigint AND b.first_received_us < $5::bigint
           ), ends AS (
             SELECT count(*)::int AS blocks, min(number) AS first_block, max(number) AS last_block,
               (count(*) FILTER (WHERE number < (SELECT next_entry FROM rule_cursor WHERE tenant_id = $1)))::int AS decided
             FROM held
           ), ran AS (
             SELECT count(DISTINCT p.rule_id)::int AS rules, coalesce(max(p.revision), 0) AS revision
             FROM rule_period p, ends
             WHERE p.tenant_id = $1 AND (
               (p.first_entry <= ends.last_block
                 AND (p.last_entry IS NULL OR p.last_entry >= greatest(ends.first_block, p.first_entry)))
               -- It comes into force with the next block that is decided, which may be one of these.
               OR (p.first_entry IS NULL AND p.last_entry IS NULL AND p.ended_at IS NULL AND ends.decided < ends.blocks))
           )
           SELECT blocks, first_block AS "firstBlock", last_block AS "lastBlock", decided, rules, revision,
             (SELECT count(*)::int FROM landing_segment s
              WHERE s.tenant_id = $1 AND s.accepted_at < $3::timestamptz AND s.sealed_at IS NULL) AS unsealed
           FROM ends, ran`,
          [tenantId, from, to, from.getTime() * 1000, to.getTime() * 1000],
        );
        const [ran] = rows;
        if (ran === undefined) throw new Error('a count has no row');
        return ran;
      }),
  };
}
