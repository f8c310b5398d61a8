import type { TenantDatabase } from '@akashi/database';
import { eventIdOf } from '@akashi/log-event';

const blockAndLeaf = /^(\d{1,15})-(\d{1,10})$/;
const mostLeaf = 2 ** 31 - 1;

/** The event's id for an id, or for the `<block>-<leaf>` of a sealed event; undefined when no such leaf is known. */
export async function resolveEventId(
  { segments }: Pick<TenantDatabase, 'segments'>,
  id: string,
): Promise<string | undefined> {
  const [, block, leaf] = blockAndLeaf.exec(id) ?? [];
  if (block === undefined || leaf === undefined) return id;
  const place = Number(leaf) > mostLeaf ? null : await segments.blockOf(Number(block), Number(leaf));
  return place === null ? undefined : eventIdOf(place);
}
