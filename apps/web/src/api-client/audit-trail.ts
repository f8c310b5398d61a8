import type { AuditTrailAnswer, AuditTrailEntry } from '@akashi/contracts';
import { callApi } from './call-api.ts';

export type { AuditTrailAnswer, AuditTrailEntry };

export interface AuditTrailFilter {
  from: string;
  to: string;
  group: string | null;
  action: string | null;
  actor: string;
  target: string;
  outcome: 'success' | 'failure' | null;
}

export function readAuditTrail(
  filter: AuditTrailFilter,
  cursor: string | null,
  signal: AbortSignal,
): Promise<AuditTrailAnswer> {
  const entries = Object.entries({ ...filter, cursor, limit: '100' }).filter(
    (entry): entry is [string, string] => entry[1] !== null && entry[1] !== '',
  );
  return callApi({ path: `/v1/audit-trail?${new URLSearchParams(entries).toString()}`, signal });
}
