import { z } from 'zod';

/**
 * Why a search finds what it finds: what is granted to the caller, and for those who set things up, what has arrived.
 * Nobody else learns of log groups beyond their grants.
 */
export const ownAccess = z
  .object({
    logGroups: z.array(z.string()).meta({
      description: 'Names and patterns of the grants in force; without the audit trail, which the role opens',
    }),
    anyReceived: z.boolean().nullable().meta({
      description:
        'Whether the organisation has received a log at all; null for those who keep neither sources nor keys',
    }),
    received: z
      .array(z.object({ name: z.string(), reach: z.enum(['none', 'part', 'all']) }))
      .nullable()
      .meta({
        description:
          'Log groups that have arrived and how much of each the caller sees, for those who manage access; null for others',
      }),
  })
  .meta({ id: 'OwnAccess' });

export type OwnAccess = z.infer<typeof ownAccess>;
