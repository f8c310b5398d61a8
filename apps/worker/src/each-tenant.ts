import type { TenantId } from '@akashi/database';
import type { Logger } from '@akashi/server-kit';
import { faultCode } from './fault-code.ts';
import type { FaultTrail } from './fault-trail.ts';
import type { TenantDirectory } from './tenant-directory.ts';

export interface EachTenantParts {
  readonly tenants: Pick<TenantDirectory, 'list'>;
  readonly logger: Pick<Logger, 'error'>;
  readonly faults: Pick<FaultTrail, 'report'>;
}

/**
 * Does a duty for one tenant after the other. What fails for one is told, in that tenant's trail too, and tried again at
 * the duty's next time: a missing key or an altered log of one keeps nobody else waiting.
 */
export async function eachTenant(
  { tenants, logger, faults }: EachTenantParts,
  duty: string,
  run: (tenantId: TenantId) => Promise<unknown>,
): Promise<void> {
  for (const { id } of await tenants.list()) {
    try {
      await run(id);
    } catch (error) {
      const target = { kind: 'log', name: `akashi.log/${id}` };
      faults.report(id, { action: 'job.failed', reason: faultCode(error), target, details: { duty } });
      logger.error({ tenantId: id, duty, err: error }, 'A scheduled duty failed for one organisation.');
    }
  }
}
