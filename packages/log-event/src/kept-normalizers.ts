import { derivationText, type Derivation } from './derivation.ts';

/** What is made for a derivation, kept for the next that is the same: making a normalizer compiles every own format. */
export class KeptNormalizers<Kept> {
  readonly #make: (derivation: Derivation) => Kept;
  readonly #most: number;
  readonly #byText = new Map<string, Kept>();

  constructor(make: (derivation: Derivation) => Kept, most: number) {
    this.#make = make;
    this.#most = most;
  }

  of(derivation: Derivation): Kept {
    const name = derivationText(derivation);
    const known = this.#byText.get(name) ?? this.#make(derivation);
    if (this.#byText.size >= this.#most) this.#byText.clear();
    this.#byText.set(name, known);
    return known;
  }
}
