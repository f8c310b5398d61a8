import { z } from 'zod';

/**
 * Every kind of job, under the name that the queue keeps it by. What a job carries is a reference, never log text. `schema` is
 * the version of the payload: a kind whose payload changes takes a new number and goes on reading the former ones in `read`,
 * for jobs that an older release put in line.
 */

/** A landing segment to be worked off. */
export const segmentPayload = z.object({
  schema: z.literal(1),
  tenantId: z.guid(),
  segmentId: z.string().regex(/^[A-Za-z0-9-]{1,64}$/),
});

/** The minute's look at what is due. It is nobody's: the runs that it finds are. */
export const dutyTickPayload = z.object({ schema: z.literal(1) });

/** One period of a duty to be done; null for the installation's own. */
export const dutyRunPayload = z.object({
  schema: z.literal(1),
  tenantId: z.guid().nullable(),
  duty: z.string().regex(/^[a-z][a-z-]{0,63}$/),
  period: z.string().regex(/^[0-9TWZ:-]{1,32}$/),
});

/** A run of a report to be made. */
export const reportRunPayload = z.object({ schema: z.literal(1), tenantId: z.guid(), runId: z.guid() });

/** A set of records to be restored from the archive. */
export const restorePayload = z.object({ schema: z.literal(1), tenantId: z.guid(), restoreId: z.guid() });

export type SegmentPayload = z.infer<typeof segmentPayload>;
export type DutyTickPayload = z.infer<typeof dutyTickPayload>;
export type DutyRunPayload = z.infer<typeof dutyRunPayload>;
export type ReportRunPayload = z.infer<typeof reportRunPayload>;
export type RestorePayload = z.infer<typeof restorePayload>;

/** `write` is what this release puts in line; `read` takes that and every former version, and answers the newest. */
export const jobKinds = {
  segment: { write: segmentPayload, read: segmentPayload },
  'duty-tick': { write: dutyTickPayload, read: dutyTickPayload },
  'duty-run': { write: dutyRunPayload, read: dutyRunPayload },
  'report-run': { write: reportRunPayload, read: reportRunPayload },
  restore: { write: restorePayload, read: restorePayload },
} as const;

export type JobKind = keyof typeof jobKinds;
export type JobPayload<Kind extends JobKind> = z.infer<(typeof jobKinds)[Kind]['read']>;

/** The name of the one job that a thing has at a time, so that it stands in line once; none for the tick. */
export const jobIds = {
  segment: ({ segmentId }: Pick<SegmentPayload, 'segmentId'>): string => `seg-${segmentId}`,
  'duty-run': ({ tenantId, duty, period }: DutyRunPayload): string =>
    // A colon is the queue's own separator.
    `duty-${duty}-${tenantId ?? 'installation'}-${period.replaceAll(':', '.')}`,
  'report-run': ({ runId }: Pick<ReportRunPayload, 'runId'>): string => `run-${runId}`,
  restore: ({ restoreId }: Pick<RestorePayload, 'restoreId'>): string => `restore-${restoreId}`,
} as const;
