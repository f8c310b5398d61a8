import type { TenantArchive } from '@akashi/archive';
import type { ReportRun, TenantId } from '@akashi/database';
import {
  readReportObject,
  writeReportObject,
  type ReportObjectReader,
  type ReportTable,
  type StoredObject,
} from '@akashi/integrity';
import type { ReportParts, RunInHand } from './report-parts.ts';

/** A piece of a frozen file; of a file of rows, one row. */
export interface FilePiece {
  readonly bytes: Uint8Array;
  readonly row?: { readonly isFlagged: boolean };
}

/** PCI DSS 10.5.1: a year, and the day on which it ends. */
const keptMs = 366 * 24 * 60 * 60 * 1000;

/** Where a run's files lie, by the day on which it was made. */
export function objectKey({ run }: { readonly run: Pick<ReportRun, 'id' | 'createdAt'> }, file: string): string {
  const day = run.createdAt.toISOString().slice(0, 10).replaceAll('-', '/');
  return `reports/${day}/${run.id}/${file}.akr`;
}

/** Opens a frozen file; null while there is none. */
export async function openFrozen(
  parts: Pick<ReportParts, 'archive' | 'keyring'>,
  { run, tenantId }: { readonly tenantId: TenantId; readonly run: Pick<ReportRun, 'id' | 'createdAt'> },
  file: string,
): Promise<ReportObjectReader | null> {
  const object = await storedObject(parts.archive.forTenant(tenantId), objectKey({ run }, file));
  if (object === null) return null;
  const keys = parts.keyring.forTenant(tenantId);
  return readReportObject(object, { tenantId, runId: run.id, file, keyOf: (id) => keys.dataKey(id).key });
}

async function storedObject(archive: TenantArchive, key: string): Promise<StoredObject | null> {
  const facts = await archive.facts(key);
  if (facts === null) return null;
  return {
    bytes: facts.bytes,
    readRange: async (range) => (await archive.readRange(key, range)) ?? Buffer.alloc(0),
  };
}

/**
 * Freezes a file under its place, once. When one is there already (an earlier attempt's), that one is the file, and what was
 * made now is thrown away. Answers what the table of the frozen one says.
 */
export async function freezeFile(
  parts: ReportParts,
  inHand: RunInHand,
  made: {
    readonly file: string;
    readonly versions: Readonly<Record<string, string>>;
    readonly pieces: AsyncIterable<FilePiece>;
  },
): Promise<ReportTable> {
  const { run, tenantId } = inHand;
  const { id: keyId, key } = parts.keyring.forTenant(tenantId).dataKey();
  const { file, versions } = made;
  const writer = writeReportObject({ tenantId, runId: run.id, file, keyId, key, nonce: parts.newNonce(), versions });
  const archive = parts.archive.forTenant(tenantId);
  let table: ReportTable | null = null;
  const chunks = async function* (): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const { bytes, row } of made.pieces) yield* writer.add(bytes, row);
    const end = writer.finish();
    yield* end.chunks;
    table = end.table;
    // Whoever lost the run must not freeze what another is about to.
    await inHand.progress(0);
  };
  const keepUntil = new Date(run.createdAt.getTime() + keptMs);
  const outcome = await archive.putStreamOnce(objectKey(inHand, file), chunks(), { keepUntil });
  if (outcome === 'created' && table !== null) return table;
  const frozen = await openFrozen(parts, inHand, file);
  if (frozen === null) throw new Error('a frozen file is there and cannot be read');
  return frozen.table;
}
