import { checkOpenedBlock, decodeBlockBody, type BlockHeader } from '@akashi/integrity';
import type { TenantKeys } from '@akashi/keyring';

export type DataKeys = Pick<TenantKeys, 'dataKey'>;

/**
 * The landing segments of a block, from its header in version 1 and from its body since. Null when the body does not open
 * with the tenant's key, or does not hold the records that the header says.
 */
export function segmentsOfBlock(header: BlockHeader, body: Uint8Array, keys: DataKeys): readonly string[] | null {
  const { version, tenantId, block: blockNumber, dataKeyId } = header;
  if (dataKeyId === null) return null;
  const opened = decodeBlockBody({ version, tenantId, blockNumber, body, key: keys.dataKey(dataKeyId).key });
  if (!opened.ok || checkOpenedBlock(header, opened) !== 'ok') return null;
  if (version === 1) return header.segmentId === null ? [] : [header.segmentId];
  return opened.segments?.map(({ segmentId }) => segmentId) ?? null;
}
