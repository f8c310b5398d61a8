import { z } from 'zod';
import { cardData } from './kept-text.ts';
import { displayName, language, mailAddress, quotas, timeZoneName } from './organisation.ts';
import { count, moment } from './values.ts';

/** An organisation's short name in addresses and files. */
export const slug = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,38}[a-z0-9]$/, 'has 3 to 40 lower-case letters, digits and hyphens');

/** An organisation as the installation's people see it: figures, no log content, no names of log groups. */
export const platformTenant = z
  .object({
    id: z.string(),
    slug: z.string(),
    kind: z.enum(['customer', 'platform']),
    nameJa: z.string(),
    nameEn: z.string(),
    timeZone: z.string(),
    language,
    status: z.enum(['active', 'suspended', 'closed']),
    createdAt: moment,
    suspendedAt: moment.nullable(),
    closedAt: moment.nullable(),
    people: count,
    administrator: z.enum(['present', 'never', 'gone']).meta({
      description:
        '`never`: nobody ever came in, so that a first administrator can be invited; `gone`: there were people and no administrator can sign in, so that the organisation’s own contacts have to confirm a recovery',
    }),
    storedBytes: count,
    lastDay: z.object({ records: count, bytes: count }),
    lastReceivedAt: moment.nullable(),
    quotas,
    /** Names of the quotas that differ from the installation's defaults. */
    ownQuotas: z.array(z.string()),
    /** After an invitation: whether the mail went out. When it did not, it can be asked for again. */
    invitationSent: z.boolean().optional(),
  })
  .meta({ id: 'PlatformTenant' });

export type PlatformTenant = z.infer<typeof platformTenant>;

export const platformTenantsAnswer = z.object({ items: z.array(platformTenant) }).meta({ id: 'PlatformTenantsAnswer' });

export type PlatformTenantsAnswer = z.infer<typeof platformTenantsAnswer>;

/** Gets the invitation to be an organisation's first administrator. */
export const tenantAdministrator = z
  .strictObject({ email: mailAddress, displayName })
  .meta({ id: 'TenantAdministrator' });

export type TenantAdministrator = z.infer<typeof tenantAdministrator>;

export const newPlatformTenant = z
  .strictObject({
    slug,
    nameJa: displayName,
    nameEn: displayName,
    timeZone: timeZoneName,
    language,
    admin: tenantAdministrator,
  })
  .meta({ id: 'NewPlatformTenant' });

export type NewPlatformTenant = z.infer<typeof newPlatformTenant>;

/** Why it is done: on record in the trails of both sides. */
export const reasonRequest = z
  .strictObject({ reason: cardData('masked', displayName.max(500)) })
  .meta({ id: 'ReasonRequest' });

export type ReasonRequest = z.infer<typeof reasonRequest>;

export const closeRequest = z
  .strictObject({
    reason: cardData('masked', displayName.max(500)),
    /** The organisation's slug once more: closing has no way back. */
    confirm: z.string().max(64),
  })
  .meta({ id: 'CloseRequest' });

export type CloseRequest = z.infer<typeof closeRequest>;

const wanted = count.max(Number.MAX_SAFE_INTEGER).min(1);

/** What is left out has the installation's default; null is no limit. */
export const quotasChange = z
  .strictObject({
    bytesPerSecond: wanted.nullable().optional(),
    burstBytes: wanted.optional(),
    recordsPerSecond: wanted.nullable().optional(),
    burstRecords: wanted.optional(),
    storageBytes: wanted.nullable().optional(),
    concurrentSearches: wanted.max(1000).nullable().optional(),
  })
  .meta({ id: 'QuotasChange' });

export type QuotasChange = z.infer<typeof quotasChange>;

const partState = z.enum(['ready', 'not-ready', 'unreachable']);

export const platformHealth = z
  .object({
    parts: z.array(
      z.object({
        name: z.enum(['database', 'search', 'archive', 'ingest', 'worker']),
        state: partState,
        /** What the part says is missing. */
        missing: z.array(z.string()),
      }),
    ),
    tenants: z.array(
      z.object({
        id: z.string(),
        slug: z.string(),
        waitingSegments: count,
        waitingBytes: count,
        oldestWaitingSeconds: count.nullable(),
        verification: z.enum(['proven', 'altered', 'unreadable']).nullable(),
        verifiedAt: moment.nullable(),
      }),
    ),
    /** Senders whom nobody knows, as the platform's trail has them; null while it cannot be searched. */
    unknownSenders: z
      .object({
        from: moment,
        /** False when there were so many that only the latest are told here. */
        isWhole: z.boolean(),
        items: z.array(
          z.object({
            /** `others`: too many addresses to tell each. */
            address: z.string(),
            transport: z.string(),
            /** What they came to: `syslog-udp port 514`. */
            target: z.string(),
            reason: z.string(),
            count,
            lastAt: moment,
          }),
        ),
      })
      .nullable(),
  })
  .meta({ id: 'PlatformHealth' });

export type PlatformHealth = z.infer<typeof platformHealth>;
