import type { DocumentsToCheck, TenantId } from '@akashi/database';
import { cutSegment, readBlockOrigins, readBlockRecords } from '@akashi/integrity';
import {
  createNormalizer,
  decodeBatchOrigin,
  differingFields,
  encodeBulkLines,
  repeatableDerivation,
  type Derivation,
} from '@akashi/log-event';
import { identityOf } from '../pipeline/index-events.ts';
import type { PipelineParts } from '../pipeline/process-segment.ts';
import { readPayload } from '../pipeline/read-sealed.ts';
import type { AlteredDocument } from './compare-documents.ts';

interface AlteredSegment {
  readonly tenantId: TenantId;
  readonly segment: DocumentsToCheck;
}

/**
 * Names the fields of documents that were found altered, by deriving just them again with what they were derived with. That
 * is help for whoever looks into it, not the proof: documents of an earlier catalogue stay without.
 */
export async function nameFields(
  parts: PipelineParts,
  altered: AlteredSegment,
  documents: readonly AlteredDocument[],
): Promise<void> {
  if (documents.length === 0) return;
  const derivation = await derivationOfSegment(parts, altered);
  const payload = await payloadOf(parts, altered).catch(() => null);
  if (derivation === null || payload === null) return;
  const { segmentId } = altered.segment;
  const origins = readBlockOrigins(payload).map((origin) => decodeBatchOrigin(origin));
  const normalizer = createNormalizer(derivation.settings);
  const byPosition = new Map(documents.map((document) => [document.position, document]));
  const place = identityOf(parts.search, altered.tenantId, segmentId);
  const records = [...readBlockRecords(payload)];
  const joins = normalizer.join({ origins, records }).byLeaf;
  for (const record of records) {
    const document = byPosition.get(record.leaf);
    if (document === undefined) continue;
    const body = Buffer.concat([...encodeBulkLines({ ...place, origins, records: [record], joins, normalizer })]);
    const fields = fieldsThatDiffer(body, document.source);
    if (fields.length === 0) continue;
    document.finding.fields = fields;
  }
}

async function derivationOfSegment(parts: PipelineParts, altered: AlteredSegment): Promise<Derivation | null> {
  const { tenantId, segment } = altered;
  const id = segment.documents?.derivationId ?? null;
  const noted = id === null ? null : await parts.database.forTenant(tenantId).derivations.get(id);
  return noted === null ? null : repeatableDerivation(noted, (await parts.derivationOf(tenantId)).catalogueVersion);
}

/** The records of the segment alone: which of them are one event depends on no other's. */
async function payloadOf(parts: PipelineParts, { tenantId, segment }: AlteredSegment): Promise<Buffer | null> {
  if (segment.block === null) return null;
  const block = await parts.database.forTenant(tenantId).blocks.get(segment.block);
  if (block === null) return null;
  const { firstLeaf, records } = segment;
  return cutSegment(await readPayload(parts, tenantId, block), { firstLeaf, records });
}

function fieldsThatDiffer(body: Buffer, stored: Buffer): string[] {
  const [, expected = '{}'] = body.toString('utf8').split('\n');
  try {
    return differingFields(readObject(expected), readObject(stored.toString('utf8')));
  } catch {
    return [];
  }
}

function readObject(json: string): Record<string, unknown> {
  return JSON.parse(json) as Record<string, unknown>;
}
