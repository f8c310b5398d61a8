import type { RuleEvent } from '../events/rule-event.ts';
import { LiteralSearch } from './literal-search.ts';
import type { Requirement } from './requirement.ts';

/** What is known of the events that a condition can be true of. */
export interface ProbeNeeds {
  /** Formats of which one must have read the event; null: any. */
  readonly formats: readonly string[] | null;
  /** Values of `event.code` of which it has one; null: any. */
  readonly codes: readonly string[] | null;
  readonly requirement: Requirement;
}

/** Conditions by what an event must have for them to be worth asking. */
export class ProbeIndex {
  readonly #anyFormat: Bucket;
  readonly #byFormat = new Map<string, FormatBucket>();
  /** The last event that each probe was found for. */
  readonly #seen: Int32Array;
  #event = 0;
  #found: number[] = [];
  readonly #tell = (probe: number): void => {
    if (this.#seen[probe] === this.#event) return;
    this.#seen[probe] = this.#event;
    this.#found.push(probe);
  };

  constructor(probes: readonly ProbeNeeds[]) {
    this.#seen = new Int32Array(probes.length);
    const any = new BucketPlan();
    const byFormat = new Map<string, { any: BucketPlan; byCode: Map<string, BucketPlan> }>();
    for (const [number, { formats, codes, requirement }] of probes.entries()) {
      if (formats === null) any.add(number, requirement);
      for (const format of formats ?? []) {
        const plan = byFormat.get(format) ?? { any: new BucketPlan(), byCode: new Map<string, BucketPlan>() };
        byFormat.set(format, plan);
        if (codes === null) plan.any.add(number, requirement);
        for (const code of codes ?? []) {
          const coded = plan.byCode.get(code) ?? new BucketPlan();
          plan.byCode.set(code, coded);
          coded.add(number, requirement);
        }
      }
    }
    this.#anyFormat = any.build();
    for (const [format, plan] of byFormat) {
      const byCode = new Map([...plan.byCode].map(([code, coded]) => [code, coded.build()]));
      this.#byFormat.set(format, { any: plan.any.build(), byCode });
    }
  }

  /** Numbers of the probes that may be true of the event, in their order; all that are. */
  candidates(event: RuleEvent): readonly number[] {
    this.#event = this.#event === 0x7fffffff ? 1 : this.#event + 1;
    if (this.#event === 1) this.#seen.fill(0);
    this.#found = [];
    this.#anyFormat.find(event, this.#tell);
    const own = this.#byFormat.get(event.format);
    if (own !== undefined) {
      own.any.find(event, this.#tell);
      if (own.byCode.size > 0)
        for (const code of event.texts('event.code')) own.byCode.get(code)?.find(event, this.#tell);
    }
    return this.#found.length > 1 ? this.#found.sort((a, b) => a - b) : this.#found;
  }
}

interface FormatBucket {
  readonly any: Bucket;
  readonly byCode: ReadonlyMap<string, Bucket>;
}

class BucketPlan {
  readonly #always: number[] = [];
  readonly #byFields = new Map<string, { fields: readonly string[]; literals: Map<string, number[]> }>();

  add(number: number, requirement: Requirement): void {
    if (requirement === null) this.#always.push(number);
    for (const { fields, text } of requirement ?? []) {
      const name = fields.join('\n');
      const entry = this.#byFields.get(name) ?? { fields, literals: new Map<string, number[]>() };
      this.#byFields.set(name, entry);
      const numbers = entry.literals.get(text) ?? [];
      if (numbers.at(-1) !== number) numbers.push(number);
      entry.literals.set(text, numbers);
    }
  }

  build(): Bucket {
    const searches = [...this.#byFields.values()].map(({ fields, literals }) => ({
      fields,
      search: new LiteralSearch(literals),
    }));
    return new Bucket(this.#always, searches);
  }
}

interface FieldSearch {
  readonly fields: readonly string[];
  readonly search: LiteralSearch;
}

class Bucket {
  readonly #always: readonly number[];
  readonly #searches: readonly FieldSearch[];

  constructor(always: readonly number[], searches: readonly FieldSearch[]) {
    this.#always = always;
    this.#searches = searches;
  }

  find(event: RuleEvent, tell: (probe: number) => void): void {
    for (const number of this.#always) tell(number);
    for (const { fields, search } of this.#searches) {
      for (const field of fields) for (const text of event.folded(field)) search.search(text, tell);
    }
  }
}
