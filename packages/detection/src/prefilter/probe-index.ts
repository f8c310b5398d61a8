import { foldToken } from '@akashi/query';
import { fieldSet, type FieldSet, type RuleEvent } from '../events/rule-event.ts';
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

type Tell = (probe: number) => void;

/** Conditions by what an event must have for them to be worth asking. */
export class ProbeIndex {
  /** For events of a format that no condition names. */
  readonly #anyFormat: Bucket;
  readonly #byFormat = new Map<string, FormatBucket>();
  /** The last event that each probe was found for. */
  readonly #seen: Int32Array;
  #event = 0;
  #found: number[] = [];
  readonly #tell: Tell = (probe) => {
    if (this.#seen[probe] === this.#event) return;
    this.#seen[probe] = this.#event;
    this.#found.push(probe);
  };

  constructor(probes: readonly ProbeNeeds[]) {
    this.#seen = new Int32Array(probes.length);
    const searches = new SharedSearches();
    const plans = new Map<string, FormatPlan>();
    for (const { formats } of probes) for (const format of formats ?? []) plans.set(format, new FormatPlan());
    const any = new BucketPlan();
    for (const [number, { formats, codes, requirement }] of probes.entries()) {
      if (formats === null) {
        any.add(number, requirement);
        for (const plan of plans.values()) plan.any.add(number, requirement);
      }
      for (const format of formats ?? []) {
        const plan = plans.get(format);
        if (codes === null) plan?.any.add(number, requirement);
        for (const code of codes ?? []) plan?.of(code).add(number, requirement);
      }
    }
    this.#anyFormat = any.build(searches);
    for (const [format, plan] of plans) {
      const byCode = new Map([...plan.byCode].map(([code, coded]) => [code, coded.build(searches)]));
      this.#byFormat.set(format, { any: plan.any.build(searches), byCode });
    }
  }

  /** Numbers of the probes that may be true of the event, in their order; all that are. */
  candidates(event: RuleEvent): readonly number[] {
    this.#event = this.#event === 0x7fffffff ? 1 : this.#event + 1;
    if (this.#event === 1) this.#seen.fill(0);
    this.#found = [];
    const own = this.#byFormat.get(event.format);
    if (own === undefined) this.#anyFormat.find(event, this.#tell);
    else {
      own.any.find(event, this.#tell);
      if (own.byCode.size > 0) {
        for (const code of event.texts('event.code')) own.byCode.get(code)?.find(event, this.#tell);
      }
    }
    return this.#found.length > 1 ? this.#found.sort((a, b) => a - b) : this.#found;
  }
}

interface FormatBucket {
  readonly any: Bucket;
  readonly byCode: ReadonlyMap<string, Bucket>;
}

class FormatPlan {
  readonly any = new BucketPlan();
  readonly byCode = new Map<string, BucketPlan>();

  of(code: string): BucketPlan {
    const plan = this.byCode.get(code) ?? new BucketPlan();
    this.byCode.set(code, plan);
    return plan;
  }
}

/** The same literals are looked for by one table, whichever fields they may stand in. */
class SharedSearches {
  readonly #byLiterals = new Map<string, LiteralSearch>();

  of(literals: ReadonlyMap<string, readonly number[]>): LiteralSearch {
    const name = JSON.stringify([...literals]);
    const search = this.#byLiterals.get(name) ?? new LiteralSearch(literals);
    this.#byLiterals.set(name, search);
    return search;
  }
}

class BucketPlan {
  readonly #always: number[] = [];
  readonly #byField = new Map<string, Map<string, number[]>>();

  add(number: number, requirement: Requirement): void {
    if (requirement === null) this.#always.push(number);
    for (const { fields, text } of requirement ?? []) {
      for (const field of fields) {
        const literals = this.#byField.get(field) ?? new Map<string, number[]>();
        this.#byField.set(field, literals);
        const numbers = literals.get(text) ?? [];
        if (numbers.at(-1) !== number) numbers.push(number);
        literals.set(text, numbers);
      }
    }
  }

  build(searches: SharedSearches): Bucket {
    return new Bucket(
      this.#always,
      new Map([...this.#byField].map(([field, literals]) => [field, searches.of(literals)])),
    );
  }
}

class Bucket {
  readonly #always: readonly number[];
  readonly #byField: ReadonlyMap<string, LiteralSearch>;
  readonly #fields: FieldSet;

  constructor(always: readonly number[], byField: ReadonlyMap<string, LiteralSearch>) {
    this.#always = always;
    this.#byField = byField;
    this.#fields = fieldSet([...byField.keys()]);
  }

  find(event: RuleEvent, tell: Tell): void {
    for (const number of this.#always) tell(number);
    const visit = (field: string, text: string): void => {
      const search = this.#byField.get(field);
      if (search?.search(text, tell) === true) search.search(foldToken(text), tell);
    };
    event.visit(this.#fields, visit);
  }
}
