const dayMs = 86_400_000;

/** PCI DSS 8.6.3: secrets of programs are changed periodically. A key that reads always ends. */
export const accessKeyLimits = {
  apiDefaultDays: 90,
  apiMaxDays: 365,
  overlapDefaultHours: 24,
  overlapMaxHours: 168,
} as const;

export type ExpiryDecision = { ok: true; expiresAt: Date | null } | { ok: false; maxDays: number };

/** When a key ends: an API key after 90 days unless told otherwise, after 365 at the latest; an ingest key when told. */
export function decideExpiry(kind: 'ingest' | 'api', wanted: Date | null | undefined, now: Date): ExpiryDecision {
  const { apiDefaultDays, apiMaxDays } = accessKeyLimits;
  if (wanted !== undefined && wanted !== null && wanted <= now) return { ok: false, maxDays: apiMaxDays };
  if (kind === 'ingest') return { ok: true, expiresAt: wanted ?? null };
  const expiresAt = wanted ?? new Date(now.getTime() + apiDefaultDays * dayMs);
  // A minute more, for a date that was worked out before the request came.
  if (expiresAt.getTime() > now.getTime() + apiMaxDays * dayMs + 60_000) return { ok: false, maxDays: apiMaxDays };
  return { ok: true, expiresAt };
}
