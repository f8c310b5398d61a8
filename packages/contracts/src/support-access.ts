import { isOwnLogGroup } from '@akashi/policy';
import { z } from 'zod';
import { displayName, mailAddress } from './organisation.ts';
import { cardData } from './kept-text.ts';
import { logGroupPattern, moment } from './values.ts';

/** The header that names the support access under which one of the installation's people reads. */
export const supportAccessHeader = 'x-akashi-support';

/** PCI DSS 8.2.7: only for the time that is needed. */
export const longestSupportHours = 72;

const state = z.enum(['current', 'ended', 'revoked']);

export const supportAccess = z
  .object({
    id: z.string(),
    operator: z.string(),
    purpose: z.string(),
    logGroups: z.array(z.string()),
    grantedBy: z.string().nullable(),
    grantedAt: moment,
    endsAt: moment,
    revokedAt: moment.nullable(),
    state,
  })
  .meta({ id: 'SupportAccess' });

export type SupportAccessAnswer = z.infer<typeof supportAccess>;

export const supportAccessesAnswer = z.object({ items: z.array(supportAccess) }).meta({ id: 'SupportAccessesAnswer' });

export type SupportAccessesAnswer = z.infer<typeof supportAccessesAnswer>;

export const newSupportAccess = z
  .strictObject({
    operator: mailAddress,
    purpose: cardData('masked', displayName.max(500)),
    logGroups: z
      .array(logGroupPattern.refine((name) => !isOwnLogGroup(name), 'the audit trail is never shown'))
      .min(1)
      .max(50),
    endsAt: moment,
  })
  .meta({ id: 'NewSupportAccess' });

export type NewSupportAccessRequest = z.infer<typeof newSupportAccess>;

/** The same as the operator sees it. */
export const operatorAccess = z
  .object({
    id: z.string(),
    tenant: z.object({ id: z.string(), slug: z.string(), nameJa: z.string(), nameEn: z.string() }),
    purpose: z.string(),
    logGroups: z.array(z.string()),
    grantedAt: moment,
    endsAt: moment,
    revokedAt: moment.nullable(),
    state,
  })
  .meta({ id: 'OperatorAccess' });

export const operatorAccessesAnswer = z
  .object({ items: z.array(operatorAccess) })
  .meta({ id: 'OperatorAccessesAnswer' });

export type OperatorAccessesAnswer = z.infer<typeof operatorAccessesAnswer>;

/** What the organisation's people see while somebody may look. */
export const currentSupport = z
  .object({ id: z.string(), operator: z.string(), purpose: z.string(), endsAt: moment })
  .meta({ id: 'CurrentSupport' });
