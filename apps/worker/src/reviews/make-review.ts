import {
  newUnmaskedId,
  reportBasis,
  runAreaOf,
  type Area,
  type NewReportRun,
  type NewReview,
  type TenantId,
} from '@akashi/database';
import { catalogueVersion } from '@akashi/log-event';
import {
  dayBefore,
  periodEndingOn,
  reviewDueAt,
  reviewMissedAt,
  reviewPeriod,
  type ReviewFrequency,
} from '@akashi/policy';
import { definitionsInForce, standardReports, verdictVersion, type ReportDefinition } from '@akashi/report';
import type { ReviewParts } from './review-parts.ts';

type MakingParts = Pick<ReviewParts, 'database' | 'now' | 'onStep'>;

/** What was accepted in the day's last moments is known to the ledger by then. */
const settlesAfterMs = 30_000;
const askAgainMs = 15_000;
/** A batch that comes to no end must not keep the day from being reviewed: what it holds is an addendum then. */
const waitsAtMostMs = 60 * 60_000;

export type MadeReview = { readonly kind: 'made' | 'there' } | { readonly kind: 'wait'; readonly until: Date };

/**
 * Makes the review of the day before a duty's day, with a run for each report of each area whose period ends with it (PCI DSS
 * 10.4.1, 10.4.2): scope, definitions and versions are frozen with it. Waits until everything that came on the day can be found.
 * Done twice it leaves the same behind.
 */
export async function makeReview(
  parts: MakingParts,
  tenantId: TenantId,
  duty: { readonly period: string },
): Promise<MadeReview> {
  const tenant = parts.database.forTenant(tenantId);
  const organisation = await tenant.organisation.get();
  const { timeZone } = organisation;
  const day = dayBefore(reviewPeriod(duty.period, timeZone).from, timeZone);
  const now = parts.now();
  const { from, to } = reviewPeriod(day, timeZone);
  const settled = new Date(to.getTime() + settlesAfterMs);
  if (now < settled) return { kind: 'wait', until: settled };
  if ((await tenant.logReviews.get(day)) !== null) return { kind: 'there' };
  const waitsUntil = to.getTime() + waitsAtMostMs;
  if (now.getTime() < waitsUntil && (await tenant.segments.oldestUnindexed(to)) !== null) {
    return { kind: 'wait', until: new Date(now.getTime() + askAgainMs) };
  }
  const [areas, saved, settings, masters] = await Promise.all([
    tenant.areas.list(),
    tenant.reportDefinitions.newest(),
    tenant.reviewSettings.get(),
    tenant.masters.newestVersions(),
  ]);
  const definitions = definitionsInForce(standardReports, saved).map(({ definition }) => definition);
  const due = areas.flatMap((area) => {
    const period = area.endedAt === null ? periodEndingOn(day, area.frequency as ReviewFrequency, timeZone) : null;
    return period === null ? [] : definitions.map((definition) => ({ area, period, definition, run: newUnmaskedId() }));
  });
  const runs = due.map(({ area, period, definition, run }): NewReportRun => ({
    ...period,
    id: run,
    definition,
    area: runAreaOf(area),
    basis: reportBasis({ organisation, settings }, { area }),
    day,
    kind: 'duty',
    requestedBy: null,
    at: now,
  }));
  const review: NewReview = {
    day,
    timeZone,
    from,
    to,
    startedAt: now,
    dueAt: reviewDueAt(day, { timeZone, dueMinute: settings.dueMinute }),
    missedAt: reviewMissedAt(day, timeZone),
    versions: versionsOf(masters),
    items: due
      .filter(({ definition }) => definition.duty === 'required')
      .map(({ area, period, definition, run }) => ({
        ...period,
        report: shortOf(definition),
        area: { ...runAreaOf(area), ...peopleAndKind(area) },
        runId: run,
      })),
  };
  const isMade = await tenant.logReviews.create(review, runs);
  parts.onStep('review-made');
  return { kind: isMade ? 'made' : 'there' };
}

function peopleAndKind({ category, frequency, reviewers, approvers }: Area) {
  return { category, frequency: frequency as ReviewFrequency, reviewers, approvers };
}

function shortOf({ id, number, version, title }: ReportDefinition) {
  return { id, number, version, title };
}

function versionsOf(masters: Readonly<Record<string, number>>): Record<string, number> {
  const named = Object.entries(masters).map(([name, version]) => [`master ${name}`, version] as const);
  return { checks: verdictVersion, formats: catalogueVersion, ...Object.fromEntries(named) };
}
