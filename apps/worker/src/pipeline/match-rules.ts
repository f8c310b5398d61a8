import {
  eventOfReading,
  RuleMeter,
  RuleSet,
  type Rule,
  type RuleCost,
  type RuleInForce,
  type RuleMatch,
} from '@akashi/detection';
import { eventIdOf, type BatchOrigin, type EventReading } from '@akashi/log-event';

/** What the events of a segment are matched with, as it goes to a thread. */
export interface RulesToMatch {
  /** The newest change that they hold (`LiveRules`). */
  readonly revision: number;
  /** JSON of `MatchedRule[]`: a thread reads it once. */
  readonly text: string;
  /** Of the organisation. */
  readonly timeZone: string;
}

export interface MatchedRule {
  readonly ruleId: string;
  readonly version: number;
  readonly rule: Rule;
}

/** What an event is asked about, beside its reading. */
export interface RecordOfEvent {
  readonly record: Uint8Array;
  readonly receivedAtUs: number;
  readonly leaf: number;
  readonly notes: Uint8Array;
}

export interface SegmentPlace {
  readonly segmentId: string;
  readonly firstLeaf?: number;
}

/** What asking an organisation's rules took, and which of them could not be asked. */
export interface RuleCosts {
  readonly asked: readonly RuleCost[];
  readonly unreadable: readonly Pick<RuleCost, 'ruleId' | 'version'>[];
}

interface CompiledRules {
  readonly set: RuleSet;
  readonly meter: RuleMeter;
  readonly unreadable: RuleCosts['unreadable'];
}

/** Few organisations' lines are on one thread at a time; a change of rules makes another set. */
const keptSets = 200;
const kept = new Map<string, CompiledRules>();

function compiledOf({ text, timeZone }: RulesToMatch): CompiledRules {
  const name = `${timeZone} ${text}`;
  const known = kept.get(name);
  if (known !== undefined) return known;
  const settings = { timeZone };
  const meter = new RuleMeter(() => performance.now());
  const rules = (JSON.parse(text) as MatchedRule[]).map((each): RuleInForce => ({ ...each, sinceUs: 0 }));
  // One that an earlier release let pass is switched off, and keeps nobody's lines from being read.
  const [readable, unreadable] = partition(rules, (rule) => isReadable(rule, timeZone));
  if (kept.size >= keptSets) kept.clear();
  const compiled = { set: new RuleSet(readable, settings, { meter }), meter, unreadable };
  kept.set(name, compiled);
  return compiled;
}

function isReadable(rule: RuleInForce, timeZone: string): boolean {
  try {
    return new RuleSet([rule], { timeZone }).rules.length === 1;
  } catch {
    return false;
  }
}

function partition<T>(items: readonly T[], fits: (item: T) => boolean): [T[], T[]] {
  const groups = Map.groupBy(items, fits);
  return [groups.get(true) ?? [], groups.get(false) ?? []];
}

/** What the events of a part of a segment match of an organisation's rules. */
export class RuleMatches {
  readonly found: RuleMatch[] = [];
  readonly #rules: CompiledRules | undefined;
  readonly #place: SegmentPlace;

  /** Without rules nothing is looked for. */
  constructor(rules: RulesToMatch | undefined, place: SegmentPlace) {
    this.#rules = rules === undefined ? undefined : compiledOf(rules);
    this.#place = place;
  }

  /** `isPart`: another record of its event says everything. */
  take(
    reading: EventReading,
    record: RecordOfEvent,
    { origin, isPart }: { origin: BatchOrigin; isPart: boolean },
  ): void {
    if (this.#rules === undefined) return;
    const { segmentId, firstLeaf = 0 } = this.#place;
    const position = record.leaf - firstLeaf;
    const { set } = this.#rules;
    const event = eventOfReading({
      reading,
      record: record.record,
      origin,
      receivedAtUs: record.receivedAtUs,
      position,
      notes: record.notes,
      isPart,
      eventId: () => eventIdOf({ segmentId, position }),
    });
    this.found.push(...set.match(event));
  }

  /** What was not told before. */
  takeCosts(): RuleCosts {
    const { meter, unreadable = [] } = this.#rules ?? {};
    return { asked: meter?.take() ?? [], unreadable: unreadable.map(({ ruleId, version }) => ({ ruleId, version })) };
  }
}
