/** A seeded sequence, so that the demonstration's past looks the same everywhere (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** What is left to chance in a line. */
export interface Dice {
  readonly random: () => number;
  pick<const Choices extends readonly [unknown, ...unknown[]]>(choices: Choices): Choices[number];
  /** A whole number, both ends included. */
  number(from: number, to: number): number;
  /** Whether something that happens in `share` of all cases happens. */
  happens(share: number): boolean;
}

export function rollDice(seed: number): Dice {
  const random = seededRandom(seed);
  return {
    random,
    pick: (choices) => choices[Math.floor(random() * choices.length)] ?? choices[0],
    number: (from, to) => from + Math.floor(random() * (to - from + 1)),
    happens: (share) => random() < share,
  };
}
