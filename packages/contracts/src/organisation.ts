import { timeZoneName as nameOfZone } from '@akashi/log-event';
import { sealIntervalLimits } from '@akashi/policy';
import { z } from 'zod';
import { count, moment } from './values.ts';

/** A name as people read it. */
export const displayName = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .refine((text) => !/\p{Cc}/u.test(text), 'holds a control character');

export const mailAddress = z
  .string()
  .trim()
  .max(254)
  .regex(/^[^\s@]+@[^\s@]+$/u, 'is no mail address')
  .refine((text) => !/\p{Cc}/u.test(text), 'holds a control character');

/** Whether the runtime knows the zone. */
export function isTimeZone(name: string): boolean {
  return nameOfZone(name) !== undefined;
}

/** A zone in whatever spelling, as the runtime has it. */
export const timeZoneName = z
  .string()
  .max(64)
  .refine(isTimeZone, 'is no IANA time zone')
  .overwrite((name) => nameOfZone(name) ?? name);

export const language = z.enum(['ja', 'en']);

export const contact = z.strictObject({
  name: displayName,
  email: mailAddress,
  purpose: z.enum(['security', 'operations', 'billing']),
});

/** Numbers by name; null takes the organisation's own value back. */
const securityChange = z.record(z.string().max(40), z.number().int().nullable());

const limit = z.object({ weakest: z.number(), strictest: z.number(), requirement: z.string().nullable() });

/** Null stands for "no limit". */
export const quotas = z.object({
  bytesPerSecond: count.nullable(),
  burstBytes: count,
  recordsPerSecond: count.nullable(),
  burstRecords: count,
  storageBytes: count.nullable(),
  concurrentSearches: count.nullable(),
});

export const organisation = z
  .object({
    id: z.string(),
    slug: z.string(),
    nameJa: z.string(),
    nameEn: z.string(),
    timeZone: z.string(),
    language,
    status: z.enum(['active', 'suspended', 'closed']),
    createdAt: moment,
    contacts: z.array(contact),
    sealIntervalSeconds: count.meta({ description: 'How long records may wait for the seal of their block' }),
    security: z.record(z.string(), z.number()).meta({ description: 'The limits that hold, by name' }),
    securityLimits: z.record(z.string(), limit).meta({ description: 'Between which values each may be set' }),
    quotas: quotas.meta({ description: 'Set by the installation; read only here' }),
    storedBytes: count,
  })
  .meta({ id: 'Organisation' });

export type OrganisationAnswer = z.infer<typeof organisation>;

export const organisationChange = z
  .strictObject({
    nameJa: displayName.optional(),
    nameEn: displayName.optional(),
    timeZone: timeZoneName.optional(),
    language: language.optional(),
    contacts: z.array(contact).max(20).optional(),
    sealIntervalSeconds: z.number().int().min(sealIntervalLimits.least).max(sealIntervalLimits.most).optional(),
    security: securityChange.optional(),
  })
  .meta({ id: 'OrganisationChange' });

export type OrganisationChangeRequest = z.infer<typeof organisationChange>;
