import type { Archive } from '@akashi/archive';
import type { Database, TenantId } from '@akashi/database';
import type { Keyring } from '@akashi/keyring';
import type { Derivation } from '@akashi/log-event';
import { BlockBodies } from '../pipeline/block-bodies.ts';
import type { ComputePool } from '../pipeline/compute-pool.ts';
import type { RulesToMatch } from '../pipeline/match-rules.ts';
import { beginDocuments } from '../pipeline/noted-documents.ts';
import { readSealedSegment } from '../pipeline/read-sealed.ts';

export interface MatchAgainParts {
  readonly database: Database;
  readonly archive: Archive;
  readonly keyring: Keyring;
  readonly compute: Pick<ComputePool, 'normalize' | 'giveBack'>;
  readonly derivationOf: (tenantId: TenantId) => Promise<Derivation>;
  /** As of now. */
  readonly newestRulesOf: (tenantId: TenantId) => Promise<RulesToMatch | undefined>;
  /** Told before each durable step, for fault drills. */
  readonly onStep: (step: string) => void;
}

/**
 * Matches a sealed segment again that was indexed before a rule was there which decides its block: from the archive, with the
 * derivation of its documents. Doing it twice at once gives the same.
 */
export async function matchAgain(parts: MatchAgainParts, tenantId: TenantId, segmentId: string): Promise<void> {
  const rules = await parts.newestRulesOf(tenantId);
  if (rules === undefined) return;
  const payload = await readSealedSegment(parts, tenantId, segmentId);
  const { derivation } = await beginDocuments(
    parts.database,
    { tenantId, segmentId },
    await parts.derivationOf(tenantId),
  );
  const documentsKey = parts.keyring.forTenant(tenantId).documentsKey();
  const segment = { tenantId, segmentId, documentIdPrefix: '' };
  const bodies = new BlockBodies(parts.compute, { payload, segment, derivation, documentsKey, rules });
  for await (const body of bodies) parts.compute.giveBack(body);
  const { revision } = rules;
  parts.onStep('match-again-before-note');
  await parts.database.forTenant(tenantId).deciding.matchAgain(segmentId, { revision, matches: bodies.matches });
}
