import { findPriority, longestStart, readFrameStart, type Bytes, type CountedStart } from './frame-start.ts';

/** So many counts in a row that each end where the next begins do not come about by chance. */
const provenByFrames = 16;

interface Bounds {
  /** The line feed, if it is there already. */
  lineEnd: number | undefined;
  maxBytes: number;
}

/**
 * A line that begins as an octet count does: digits and a space, but no priority behind them. It may be text
 * (`17 bottles`) or a counted message of a sender that leaves the priority out (`10 17 bottles`); what follows tells.
 */
export class CountChain {
  readonly first: CountedStart;
  /** From the beginning of the line to where the frame after the last counted one would begin. */
  #next: number;
  #frames = 1;

  /** `from` is where the line begins. */
  constructor(first: CountedStart, from: number) {
    this.first = { ...first, at: first.at - from };
    this.#next = this.first.at + first.octets;
  }

  /**
   * Follows the counts from `from`, as far as bytes are there. They are counts if a frame with a priority begins at the
   * very place where one ends, or if there are many in a row; they are text once a line feed comes within one, or anything
   * else stands behind it. Undecided otherwise, but never on more than `maxBytes`, so that the answer does not depend on
   * how many bytes came together.
   */
  follow(bytes: Bytes, from: number, { lineEnd, maxBytes }: Bounds): 'counts' | 'text' | 'undecided' {
    for (;;) {
      const next = from + this.#next;
      if (this.#next + longestStart > maxBytes) return 'text';
      if (lineEnd !== undefined && next >= lineEnd) return 'text';
      if (next >= bytes.length) return 'undecided';
      const priority = findPriority(bytes, next);
      const start = readFrameStart(bytes, next, { isFirst: false, isCounting: false });
      if (priority === 'undecided' || start === undefined) return 'undecided';
      if (priority === 'here' || start.kind === 'counted') return 'counts';
      if (start.maybe === undefined) return 'text';
      this.#frames += 1;
      if (this.#frames === provenByFrames) return 'counts';
      this.#next = start.maybe.at - from + start.maybe.octets;
    }
  }

  /** Whether the counted messages, and nothing else, are all of the bytes from the beginning of the line. */
  isAllOf(bytes: number): boolean {
    return this.#next === bytes;
  }
}
