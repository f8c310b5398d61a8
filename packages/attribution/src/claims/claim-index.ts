import type { Claim } from './claim.ts';
import { holdsAt } from './period.ts';

/** Claims by the keys under which events are looked up. */
export class ClaimIndex {
  readonly #byKey = new Map<string, Claim[]>();

  constructor(claims: readonly Claim[]) {
    for (const claim of claims) {
      for (const key of claim.keys) {
        const known = this.#byKey.get(key);
        if (known === undefined) this.#byKey.set(key, [claim]);
        else known.push(claim);
      }
    }
  }

  /** Those of any of the keys that hold at the moment, each once. */
  at(keys: readonly string[], moment: number): Claim[] {
    const found = new Set<Claim>();
    for (const key of keys) {
      for (const claim of this.#byKey.get(key) ?? []) if (holdsAt(claim, moment)) found.add(claim);
    }
    return [...found];
  }
}
