import type { TenantArchive } from '@akashi/archive';
import type { VerificationFinding } from '@akashi/database';
import { decodeLogEntry } from '@akashi/integrity';

/**
 * Objects that lie between the blocks of these entries and are none of them. Behind the last one nothing is said: what is
 * being sealed lies there before the log has it.
 */
export async function listUnexpectedObjects(
  archive: Pick<TenantArchive, 'list'>,
  from: number,
  entries: readonly Uint8Array[],
  isReplacement: (key: string) => boolean,
): Promise<VerificationFinding[]> {
  const keys = entries.flatMap((entry) => {
    const decoded = decodeLogEntry(entry);
    const key = decoded.ok ? decoded.objectKey : null;
    return key === null ? [] : [key];
  });
  const expected = new Set(keys);
  const last = keys.toSorted().at(-1);
  const first = keys[0];
  if (first === undefined || last === undefined) return [];
  const found: VerificationFinding[] = [];
  // The first block's own key comes after everything that lies before it.
  const before = from === 0 ? {} : { after: first };
  for await (const { key } of archive.list('blocks/', before)) {
    if (key >= last) break;
    if (!expected.has(key) && !isReplacement(key))
      found.push({ code: 'unexpected-object', where: `${key} block ${from}`, block: from });
  }
  return found;
}
