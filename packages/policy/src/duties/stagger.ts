const fnvOffset = 0x811c9dc5;
const fnvPrime = 0x01000193;

/**
 * An organisation's share of a spread, from 0 to less than `spreadMs`: always the same for one text, and even over many, so
 * that what is due for a thousand organisations is not due in one second. FNV-1a, 32 bits, with a final mix.
 */
export function staggerMs(text: string, spreadMs: number): number {
  let hash = fnvOffset;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), fnvPrime);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return Math.floor(((hash ^ (hash >>> 16)) >>> 0) / (2 ** 32 / spreadMs));
}
