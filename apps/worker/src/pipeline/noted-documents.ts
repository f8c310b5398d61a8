import type { Database, NotedDerivation, NotedDocuments, TenantId } from '@akashi/database';
import { documentHashBytes, documentsDigest, sha256 } from '@akashi/integrity';
import { derivationId, repeatableDerivation, type Derivation } from '@akashi/log-event';

/** A derivation as the ledger keeps it. */
export function notedDerivation(derivation: Derivation): NotedDerivation {
  const { catalogueVersion, settings } = derivation;
  return { id: derivationId(derivation, sha256), catalogueVersion, settings: { ...settings } };
}

export interface BegunDocuments {
  readonly derivation: Derivation;
  readonly derivationId: string;
  /** An attempt of an earlier version may have written some of the documents, and nothing makes those again. */
  readonly isMixed: boolean;
  /** How long they stay online: the class of streams that they go to. */
  readonly onlineDays: number;
}

/** With what a segment's documents are made: what an earlier attempt began with goes on, because what it wrote stays. */
export async function beginDocuments(
  database: Database,
  segment: { readonly tenantId: TenantId; readonly segmentId: string },
  today: Derivation,
): Promise<BegunDocuments> {
  const wanted = notedDerivation(today);
  const { tenantId, segmentId } = segment;
  const { derivation: begun, onlineDays } = await database.forTenant(tenantId).derivations.begin(segmentId, wanted);
  if (begun.id === wanted.id) return { derivation: today, derivationId: wanted.id, isMixed: false, onlineDays };
  const repeated = repeatableDerivation(begun, today.catalogueVersion);
  if (repeated === null) return { derivation: today, derivationId: wanted.id, isMixed: true, onlineDays };
  return { derivation: repeated, derivationId: begun.id, isMixed: false, onlineDays };
}

/** Takes the hashes of documents that were written in another form, such as refused ones, into the place of the first. */
export function replaceHashes(hashes: Buffer, places: readonly number[], by: Uint8Array): void {
  places.forEach((place, index) => {
    const start = index * documentHashBytes;
    hashes.set(by.subarray(start, start + documentHashBytes), place * documentHashBytes);
  });
}

/** What the ledger is to expect; null when it cannot be known, so that the documents count as outdated. */
export function noteOf(begun: BegunDocuments, hashes: Uint8Array, existing: number): NotedDocuments | null {
  if (begun.isMixed && existing > 0) return null;
  return { derivationId: begun.derivationId, ...documentsDigest(hashes) };
}
