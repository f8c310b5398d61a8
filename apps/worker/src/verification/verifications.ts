import type { Database, NewVerification, TenantId } from '@akashi/database';
import { Gauge, type Logger, type Registry } from '@akashi/server-kit';
import type { FaultTrail } from '../fault-trail.ts';

/** `whole`: everything at once; `share`: what is new, with a part of the passes over the rest. */
export type VerificationExtent = 'whole' | 'share';

export interface VerificationsParts {
  readonly database: Database;
  readonly logger: Logger;
  readonly metrics: Registry;
  readonly verify: (tenantId: TenantId, extent: VerificationExtent) => Promise<NewVerification | null>;
  readonly faults: Pick<FaultTrail, 'report'>;
  /** Opens the incidents of what was found. */
  readonly noticeFindings: (tenantId: TenantId, result: NewVerification) => Promise<void>;
}

/** Runs verifications, keeps their results as evidence, and raises what they find (PCI DSS 10.3.4, 10.7.2). */
export class Verifications {
  readonly #parts: VerificationsParts;
  readonly #findings: Gauge;
  readonly #newest = new Map<TenantId, number>();

  constructor(parts: VerificationsParts) {
    this.#parts = parts;
    this.#findings = new Gauge({
      name: 'akashi_verification_findings',
      // Whose they are is in the log and in that tenant's trail: a figure names no tenant.
      help: 'Findings of the newest verifications of all tenants; anything but 0 is an alarm',
      registers: [parts.metrics],
    });
  }

  /** Verifies one tenant now; answers the result, which is stored, or null when nothing was sealed yet. */
  async run(tenantId: TenantId, extent: VerificationExtent = 'share'): Promise<NewVerification | null> {
    const { database, logger, verify, faults, noticeFindings } = this.#parts;
    const result = await verify(tenantId, extent);
    if (result !== null) await database.forTenant(tenantId).verifications.insert(result);
    if (result === null) return null;
    await noticeFindings(tenantId, result);
    this.#newest.set(tenantId, result.findings.length);
    this.#findings.set([...this.#newest.values()].reduce((sum, count) => sum + count, 0));
    const { outcome, treeSize, findings } = result;
    if (outcome === 'proven') {
      logger.info({ tenantId, treeSize }, 'Everything was proven.');
    } else {
      const target = { kind: 'log', name: `akashi.log/${tenantId}` };
      const details = { first: findings[0]?.where, treeSize };
      const reason = findings[0]?.code ?? outcome;
      faults.report(tenantId, { action: 'verification.failed', reason, target, count: findings.length, details });
      logger.error(
        { tenantId, treeSize, outcome, findings: findings.slice(0, 20) },
        'A verification found alterations.',
      );
    }
    return result;
  }
}
