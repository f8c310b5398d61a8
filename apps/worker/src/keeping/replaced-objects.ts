import type { TenantDatabase } from '@akashi/database';
import { decodeBlockHeader, replacementKey, type BlockHeader } from '@akashi/integrity';

export interface ReplacedBlock {
  readonly number: number;
  readonly objectKey: string;
  /** Of the newest replacement. */
  readonly replacementKey: string;
}

/** Keys of the objects that a block had before its newest replacement, the original first. */
export async function earlierKeys(
  tenant: Pick<TenantDatabase, 'tombstones' | 'blocks'>,
  { number, objectKey, replacementKey: newest }: ReplacedBlock,
): Promise<string[]> {
  const block = await tenant.blocks.get(number);
  if (block === null) return [];
  const header = headerOf(block);
  const made = (await tenant.tombstones.ofBlock(number)).map(({ entry }) => replacementKey(header, entry ?? 0));
  return [objectKey, ...made.filter((key) => key < newest)];
}

/** The header of a block of the ledger. */
export function headerOf(block: { readonly number: number; readonly header: string }): BlockHeader {
  const decoded = decodeBlockHeader(Buffer.from(block.header, 'utf8'));
  if (!decoded.ok) throw new Error(`the ledger's header of block ${block.number} is none`);
  return decoded.header;
}
