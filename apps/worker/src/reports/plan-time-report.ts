import { newUnmaskedId, reportBasis, type TenantId } from '@akashi/database';
import { dayBefore, reviewPeriod } from '@akashi/policy';
import { timeReport } from '@akashi/report';
import type { ReportParts } from './report-parts.ts';

/**
 * Plans the time report of the day before a duty's day, over all hosts of the organisation (PCI DSS 10.6). The run itself waits
 * for what the day brought. Planned twice it is there once.
 */
export async function planTimeReport(
  { database, now }: Pick<ReportParts, 'database' | 'now'>,
  tenantId: TenantId,
  duty: { readonly period: string },
): Promise<void> {
  const tenant = database.forTenant(tenantId);
  const [organisation, settings] = await Promise.all([tenant.organisation.get(), tenant.reviewSettings.get()]);
  const { timeZone } = organisation;
  const day = dayBefore(reviewPeriod(duty.period, timeZone).from, timeZone);
  const everything = { logGroups: ['*'], logStreams: [], sources: [], rowFilter: null, hiddenFields: [] };
  await tenant.reportRuns.plan([
    {
      ...reviewPeriod(day, timeZone),
      id: newUnmaskedId(),
      definition: timeReport,
      area: null,
      basis: reportBasis({ organisation, settings }, { scope: [everything] }),
      day,
      kind: 'duty',
      requestedBy: null,
      at: now(),
    },
  ]);
}
