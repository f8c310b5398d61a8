import type { BlockLogGroup, SealedContent } from '@akashi/database';
import { checkOpenedBlock, decodeBlockBody, type BlockHeader } from '@akashi/integrity';
import type { TenantKeys } from '@akashi/keyring';
import { logGroupsOf } from './join-block.ts';

export type DataKeys = Pick<TenantKeys, 'dataKey'>;

/** What a heartbeat holds. */
export const nothingSealed: SealedContent = { segments: [], logGroups: [] };

/**
 * The landing segments of a block, named by its header in version 1 and by its body since, and the log groups of its
 * records. Null when the body does not open with the tenant's key, or does not hold the records that the header says.
 */
export function contentOfBlock(header: BlockHeader, body: Uint8Array, keys: DataKeys): SealedContent | null {
  const { version, tenantId, block: blockNumber, dataKeyId, records } = header;
  if (dataKeyId === null) return null;
  const opened = decodeBlockBody({ version, tenantId, blockNumber, body, key: keys.dataKey(dataKeyId).key });
  if (!opened.ok || checkOpenedBlock(header, opened) !== 'ok') return null;
  const logGroups: BlockLogGroup[] = logGroupsOf(opened.payload);
  if (version === 2) return opened.segments === null ? null : { segments: opened.segments, logGroups };
  const { segmentId } = header;
  return { segments: segmentId === null ? [] : [{ segmentId, records }], logGroups };
}
