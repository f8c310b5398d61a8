import { openLeafCursor } from './block-records.ts';

/**
 * The records of one segment of a block as a payload of their own, which `readBlockRecords` reads: all of the block's
 * origins, so that origin indexes stand, and the marks of these records. Throws a BlockFormatError for a payload that is
 * none, and a RangeError for records that the block does not have.
 */
export function cutSegment(
  payload: Uint8Array,
  { firstLeaf, records }: { firstLeaf: number; records: number },
): Buffer {
  const cursor = openLeafCursor(payload);
  const { buffer, recordCount } = cursor;
  if (firstLeaf < 0 || records < 0 || firstLeaf + records > recordCount)
    throw new RangeError('the block does not have these records');
  if (records === recordCount) return buffer;
  const recordsStart = cursor.start;
  let start = recordsStart;
  let end = recordsStart;
  for (let leaf = 0; leaf < firstLeaf + records; leaf += 1) {
    cursor.next();
    if (leaf < firstLeaf) start = cursor.end;
    end = cursor.end;
  }
  if (records === 0) end = start;
  const marksStart = buffer.length - (recordCount - firstLeaf) * 2;
  const count = Buffer.allocUnsafe(4);
  count.writeUInt32BE(records, 0);
  return Buffer.concat([
    buffer.subarray(0, recordsStart - 4),
    count,
    buffer.subarray(start, end),
    buffer.subarray(marksStart, marksStart + records * 2),
  ]);
}
