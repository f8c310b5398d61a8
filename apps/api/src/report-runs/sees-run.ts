import type { ReportRun } from '@akashi/database';
import { seesWholeArea, seesWholeParts } from '@akashi/policy';
import { mayUse } from '../request-context/may-use.ts';
import type { RequestContext } from '../request-context/request-context.ts';

/**
 * Whether the caller may open a run: they see its whole area now, with every field. A report on looks takes those at the area
 * from the audit trail as well: it is for those who read the trail, and for those who review (PCI DSS 10.2.1.3, 10.4.1).
 */
export function seesRun(
  { actor, scope }: Pick<RequestContext, 'actor' | 'scope'>,
  { area, basis, definition }: Pick<ReportRun, 'area' | 'basis' | 'definition'>,
): boolean {
  if (area !== null && !seesWholeArea(scope, area)) return false;
  if (!seesWholeParts(scope, basis.scope)) return false;
  const isOnLooks = definition.classes.includes('log-access');
  return !isOnLooks || mayUse(actor, 'audit-trail.read') || mayUse(actor, 'reviews.read');
}
