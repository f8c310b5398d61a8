import type { RuleMatch } from '@akashi/detection';
import type { NewFact, NewTimeFact, QuarantinedRecord, StreamCounts } from '@akashi/database';
import type { Derivation, FormatCost } from '@akashi/log-event';
import type { Lane } from '@akashi/queue';
import type { ComputePool } from './compute-pool.ts';
import type { RuleCosts, RulesToMatch } from './match-rules.ts';
import type { NormalizedPart, PartPlace, SegmentIdentity } from './normalize-records.ts';
import { mergeStreamCounts } from './stream-tally.ts';

export interface BlockToNormalize {
  readonly payload: Uint8Array;
  readonly segment: SegmentIdentity;
  readonly derivation: Derivation;
  readonly documentsKey: Uint8Array;
  readonly rules?: RulesToMatch | undefined;
}

/**
 * A block's `_bulk` bodies in the order of positions, to be walked once. While one is on its way to the index the next is computed,
 * and not more than that one: what a block holds in memory does not depend on how slow the index is.
 */
export class BlockBodies implements AsyncIterable<Buffer> {
  readonly #compute: Pick<ComputePool, 'normalize'>;
  readonly #block: BlockToNormalize;
  readonly #lane: Lane;
  readonly #streams: StreamCounts[] = [];
  readonly #quarantined: QuarantinedRecord[] = [];
  readonly #learned: NewFact[] = [];
  readonly #matches: RuleMatch[] = [];
  readonly #ruleCosts: RuleCosts[] = [];
  readonly #timeFacts: NewTimeFact[] = [];
  readonly #formatCosts: FormatCost[] = [];
  readonly #hashes: Uint8Array[] = [];
  #payload: Uint8Array;

  constructor(compute: Pick<ComputePool, 'normalize'>, block: BlockToNormalize, lane: Lane = 'ordinary') {
    this.#compute = compute;
    this.#block = block;
    this.#lane = lane;
    this.#payload = block.payload;
  }

  /** The block's payload; its memory moves between threads, so it is whole again only after the last body. */
  get payload(): Uint8Array {
    return this.#payload;
  }

  /** Complete after the last body. */
  get streams(): StreamCounts[] {
    return mergeStreamCounts(this.#streams);
  }

  /** Complete after the last body. */
  get quarantined(): readonly QuarantinedRecord[] {
    return this.#quarantined;
  }

  /** What the events say of leases and sessions. Complete after the last body. */
  get learned(): readonly NewFact[] {
    return this.#learned;
  }

  /** What the events match of the organisation's rules, in the order of positions. Complete after the last body. */
  get matches(): readonly RuleMatch[] {
    return this.#matches;
  }

  /** What the rules took, in parts. Complete after the last body. */
  get ruleCosts(): readonly RuleCosts[] {
    return this.#ruleCosts;
  }

  /** What the lines say of clocks. Complete after the last body. */
  get timeFacts(): readonly NewTimeFact[] {
    return this.#timeFacts;
  }

  /** What the organisation's own formats took, in parts. Complete after the last body. */
  get formatCosts(): readonly FormatCost[] {
    return this.#formatCosts;
  }

  /** The keyed hash of each document, in leaf order. Complete after the last body. */
  get documentHashes(): Buffer {
    return Buffer.concat(this.#hashes);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer, void, undefined> {
    let coming: Promise<NormalizedPart> | undefined = this.#normalize(this.#payload, undefined);
    while (coming !== undefined) {
      const part: NormalizedPart = await coming;
      this.#payload = part.payload;
      this.#streams.push(...part.streams);
      this.#hashes.push(part.documentHashes);
      this.#quarantined.push(...part.quarantined);
      this.#learned.push(...part.learned);
      this.#matches.push(...part.matches);
      this.#ruleCosts.push(part.ruleCosts);
      this.#timeFacts.push(...part.timeFacts);
      this.#formatCosts.push(...part.formatCosts);
      coming = part.next === null ? undefined : this.#normalize(part.payload, part.next);
      // Its fault is met when its turn comes; a walk that ends before that has a fault of its own.
      coming?.catch(() => undefined);
      for (const chunk of part.chunks) yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    }
  }

  #normalize(payload: Uint8Array, from: PartPlace | undefined): Promise<NormalizedPart> {
    const { segment, derivation, documentsKey, rules } = this.#block;
    const place = from === undefined ? {} : { from };
    return this.#compute.normalize({ payload, segment, derivation, documentsKey, rules, ...place }, this.#lane);
  }
}
