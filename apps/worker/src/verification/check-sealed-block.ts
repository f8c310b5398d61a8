import type { TenantArchive } from '@akashi/archive';
import type { VerificationFinding } from '@akashi/database';
import {
  checkBlockBody,
  checkOpenedBlock,
  decodeBlockBody,
  decodeLogEntry,
  splitBlockObject,
  type BlockHeader,
  type LogStatement,
} from '@akashi/integrity';
import type { TenantKeys } from '@akashi/keyring';
import { checkBlockReports, type DataKeys } from '@akashi/verify';

export interface SealedBlockPlaces {
  readonly tenantId: string;
  readonly archive: Pick<TenantArchive, 'get' | 'readRange' | 'facts' | 'list'>;
  readonly keys: Pick<TenantKeys, 'dataKey'>;
}

export interface CheckedBlock {
  /** Null when the log's entry is no header of that block, but a statement or nothing at all. */
  readonly header: BlockHeader | null;
  /** The statement, when the entry is one. */
  readonly statement?: LogStatement;
  readonly findings: readonly VerificationFinding[];
}

/**
 * Whether a block is the one that the log commits to, down to its records: the object at its place begins with the log's
 * entry, has the body that the entry names, opens with the organisation's key, and its records give the entry's root. Report
 * files whose hashes its records seal are there and have them.
 * Rejects when the archive cannot be read.
 */
export async function checkSealedBlock(
  places: SealedBlockPlaces,
  entry: Uint8Array,
  block: number,
): Promise<CheckedBlock> {
  const decoded = decodeLogEntry(entry);
  const told = (header: BlockHeader | null, code: string, where: string): CheckedBlock => ({
    header,
    findings: [{ code, where: `${where} block ${block}`, block }],
  });
  if (!decoded.ok) return told(null, 'header-malformed', 'log/tile/entries');
  if (decoded.tenantId !== places.tenantId || decoded.number !== block)
    return told(null, 'header-misplaced', 'log/tile/entries');
  if (decoded.kind === 'statement') return { header: null, statement: decoded.statement, findings: [] };
  const { header, objectKey: key } = decoded;
  // Since version 2 a heartbeat is an entry of the log and nothing else.
  if (key === null) return { header, findings: [] };
  const object = await places.archive.get(key);
  if (object === null) return told(header, 'block-missing', key);
  const split = splitBlockObject(object);
  if (!split.ok || !split.headerBytes.equals(entry)) return told(header, 'block-header-altered', key);
  const state = checkBlockBody(header, split.body);
  if (state !== 'ok') return told(header, state === 'length' ? 'block-length-altered' : 'block-body-altered', key);
  const records = openRecords(places, header, split.body);
  if (records === 'without-key') return told(header, 'data-key-missing', key);
  if (records === null) return told(header, 'records-mismatch', key);
  return { header, findings: await reportFindings(places, block, records) };
}

/** The block's records; null when they are not those of its header. */
function openRecords(
  { tenantId, keys }: SealedBlockPlaces,
  header: BlockHeader,
  body: Uint8Array,
): Buffer | 'without-key' | null {
  const { version, block: blockNumber, dataKeyId } = header;
  if (dataKeyId === null) return null;
  const key = keyOf(keys, dataKeyId);
  if (key === null) return 'without-key';
  const opened = decodeBlockBody({ version, tenantId, blockNumber, body, key });
  return opened.ok && checkOpenedBlock(header, opened) === 'ok' ? opened.payload : null;
}

function keyOf(keys: Pick<TenantKeys, 'dataKey'>, id: string): Uint8Array | null {
  try {
    return keys.dataKey(id).key;
  } catch (error) {
    if ((error as { code?: unknown }).code === 'key-missing') return null;
    throw error;
  }
}

/** The frozen report files whose hashes the block's records seal. */
async function reportFindings(
  { tenantId, archive, keys }: SealedBlockPlaces,
  block: number,
  payload: Buffer,
): Promise<VerificationFinding[]> {
  const dataKeys: DataKeys = { get: (id) => keys.dataKey(id).key };
  const problems = await checkBlockReports({ source: archive, tenantId, dataKeys }, block, payload);
  return problems.map(({ code, object }) => ({ code, where: `${object} block ${block}`, block }));
}
