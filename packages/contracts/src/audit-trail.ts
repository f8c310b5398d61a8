import { auditActionNames, auditGroups } from '@akashi/audit-trail';
import { z } from 'zod';
import { seal } from './seal.ts';
import { count, cursor, eventId, moment, queryCursor } from './values.ts';

const texts = z.string().min(1).max(256);

export const auditTrailQuery = z.strictObject({
  from: moment.optional().meta({ description: 'Included; seven days ago when left out' }),
  to: moment.optional().meta({ description: 'Not included; now when left out' }),
  action: z.enum(auditActionNames as [string, ...string[]]).optional(),
  group: z.enum(auditGroups).optional().meta({ description: 'Kind of act' }),
  actor: texts.optional().meta({ description: 'Id, name or e-mail of the person or key' }),
  outcome: z.enum(['success', 'failure']).optional(),
  target: texts.optional().meta({ description: 'Id or name of what was affected' }),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: queryCursor.optional(),
});

export type AuditTrailQuery = z.infer<typeof auditTrailQuery>;

const label = z.object({ ja: z.string(), en: z.string() });

/** One act on record; the event with its proof has the same id. */
export const auditTrailEntry = z
  .object({
    id: eventId,
    seal,
    at: moment,
    receivedAt: moment,
    action: z.string(),
    label,
    group: z.string(),
    outcome: z.string(),
    reason: z.string().optional(),
    message: z.string(),
    actor: z.object({
      kind: z.string(),
      id: z.string(),
      name: z.string(),
      email: z.string().optional(),
      role: z.string().optional(),
    }),
    address: z.string(),
    service: z.string(),
    target: z.object({ kind: z.string(), id: z.string().optional(), name: z.string().optional() }),
    query: z.string().optional(),
    from: z.string().optional(),
    to: z.string().optional(),
    logGroups: z.string().optional(),
    count: count.optional(),
    changes: z
      .array(z.object({ field: z.string(), before: z.string().optional(), after: z.string().optional() }))
      .optional(),
    details: z.record(z.string(), z.string()),
  })
  .meta({ id: 'AuditTrailEntry' });

export type AuditTrailEntry = z.infer<typeof auditTrailEntry>;

export const auditTrailAnswer = z
  .object({
    items: z.array(auditTrailEntry),
    total: z.object({ value: count, relation: z.enum(['eq', 'gte']) }),
    next: cursor.optional(),
  })
  .meta({ id: 'AuditTrailAnswer' });

export type AuditTrailAnswer = z.infer<typeof auditTrailAnswer>;
