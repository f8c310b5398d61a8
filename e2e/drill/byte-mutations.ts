import type { SeededRandom } from './seeded-random.ts';

export type ByteMutation = (bytes: Buffer, random: SeededRandom) => Buffer;

const changed = (bytes: Buffer, at: number, value: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy[at] = value;
  return copy;
};

/** What may happen to the bytes of any object. */
export const byteMutations: Readonly<Record<string, ByteMutation>> = {
  'flip a bit': (bytes, random) => {
    const at = random.below(bytes.length);
    return changed(bytes, at, (bytes[at] ?? 0) ^ (1 << random.below(8)));
  },
  'change a byte': (bytes, random) => {
    const at = random.below(bytes.length);
    return changed(bytes, at, ((bytes[at] ?? 0) + 1 + random.below(255)) % 256);
  },
  'put in a byte': (bytes, random) => {
    const at = random.below(bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, at), random.bytes(1), bytes.subarray(at)]);
  },
  'take out a byte': (bytes, random) => {
    const at = random.below(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
  },
  cut: (bytes, random) => bytes.subarray(0, random.below(bytes.length)),
  append: (bytes, random) => {
    const more = random.pick([random.bytes(1 + random.below(40)), Buffer.from('\n'), Buffer.from(' '), bytes]);
    return Buffer.concat([bytes, more]);
  },
  empty: () => Buffer.alloc(0),
};
