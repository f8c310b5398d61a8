import { readFile } from 'node:fs/promises';
import { tenantId, type Senders } from '@akashi/database';
import { z } from 'zod';

const uuid = z.string().transform((text) => tenantId(text));

const savedSenders = z.object({
  version: z.literal(1),
  keys: z.array(
    z.object({
      id: z.string(),
      tenantId: uuid,
      sha256: z.string().transform((hex) => Buffer.from(hex, 'hex')),
      logGroups: z.array(z.string()),
      addressRanges: z.array(z.string()),
      expiresAt: z
        .string()
        .nullable()
        .transform((text) => (text === null ? null : new Date(text))),
      /** Copies of older releases have none. */
      encoding: z.string().nullable().default(null),
    }),
  ),
  sources: z.array(
    z.object({
      id: z.string(),
      tenantId: uuid,
      kind: z.literal('syslog'),
      name: z.string(),
      addressRange: z.string().nullable(),
      certificateFingerprint: z.string().nullable(),
      logGroup: z.string(),
      timeZone: z.string().nullable(),
      format: z.string().nullable(),
      /** Copies of older releases have none. */
      encoding: z.string().nullable().default(null),
    }),
  ),
  /** Copies of older releases have none: everybody is active and has the default quotas. */
  tenants: z
    .array(z.object({ id: uuid, status: z.string(), quotas: z.unknown(), storedBytes: z.number() }))
    .default([]),
  /** Copies of older releases have none: every log group has the default policy. */
  logGroupPolicies: z.array(z.object({ tenantId: uuid, logGroup: z.string(), policy: z.string() })).default([]),
});

/** The text of the last good copy. It holds hashes of keys, never keys. */
export function formatSenders(senders: Senders): string {
  const keys = senders.keys.map((key) => ({ ...key, sha256: key.sha256.toString('hex') }));
  const { sources, tenants, logGroupPolicies } = senders;
  return `${JSON.stringify({ version: 1, keys, sources, tenants, logGroupPolicies }, null, 1)}\n`;
}

/** The last good copy; undefined when there is none, or when it cannot be read (which is not worth refusing to start). */
export async function readSavedSenders(path: string): Promise<Senders | undefined> {
  try {
    return savedSenders.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}
