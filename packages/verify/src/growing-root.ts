import { hashNode, merkleRoot } from '@akashi/integrity';

/** The root of a tree after each added leaf, kept as the roots of its complete subtrees, largest first. */
export class GrowingRoot {
  readonly #peaks: Buffer[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(leafHash: Buffer): void {
    let peak = leafHash;
    for (let rest = this.#size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
      const left = this.#peaks.pop();
      if (left !== undefined) peak = hashNode(left, peak);
    }
    this.#peaks.push(peak);
    this.#size++;
  }

  root(): Buffer {
    return (
      this.#peaks.reduceRight<Buffer | null>((right, left) => (right === null ? left : hashNode(left, right)), null) ??
      merkleRoot([])
    );
  }

  /** What the root would be with more leaves. */
  rootWith(leafHashes: readonly Buffer[]): Buffer {
    const copy = new GrowingRoot();
    copy.#peaks.push(...this.#peaks);
    copy.#size = this.#size;
    for (const leafHash of leafHashes) copy.add(leafHash);
    return copy.root();
  }
}
