import { actFields } from '@akashi/attribution';
import {
  compileRule,
  eventOfReading,
  RuleMeter,
  RuleSet,
  type CompiledRule,
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
  /** Names what is in `text` with the zone. */
  readonly name: string;
  /** JSON of `MatchedRule[]`, in memory that all threads share: each reads it once. */
  readonly text: Uint8Array;
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

/** Rules of all sets together; a set of thousands is some tens of megabytes. */
const keptRules = 20_000;
const kept = new Map<string, CompiledRules>();
/** By organisation's rule, version and zone: a change of one rule of thousands compiles that one. */
const compiledRules = new Map<string, CompiledRule>();

function compileOnce(inForce: RuleInForce, timeZone: string): CompiledRule {
  const name = `${inForce.ruleId} ${inForce.version} ${timeZone}`;
  const known = compiledRules.get(name);
  if (known !== undefined) return known;
  const compiled = compileRule(inForce, { timeZone });
  if (compiledRules.size >= keptRules) compiledRules.clear();
  compiledRules.set(name, compiled);
  return compiled;
}

function compiledOf({ name, text, timeZone }: RulesToMatch): CompiledRules {
  const known = kept.get(name);
  if (known !== undefined) return known;
  const meter = new RuleMeter(() => performance.now());
  const rules = (JSON.parse(Buffer.from(text).toString('utf8')) as MatchedRule[]).map((each): RuleInForce => ({
    ...each,
    sinceUs: 0,
  }));
  const whole = setOf(rules, { timeZone, meter });
  const unreadable = whole === undefined ? rules.filter((rule) => setOf([rule], { timeZone }) === undefined) : [];
  // What an earlier release let pass is switched off, and keeps nobody's lines from being read.
  const readable = rules.filter((rule) => !unreadable.includes(rule));
  const set = whole ?? setOf(readable, { timeZone, meter }) ?? new RuleSet([], { timeZone });
  const count = [...kept.values()].reduce((sum, each) => sum + each.set.rules.length, readable.length);
  if (count > keptRules) kept.clear();
  const compiled = { set, meter, unreadable };
  kept.set(name, compiled);
  return compiled;
}

/** Undefined where one of the rules cannot be read. */
function setOf(
  rules: readonly RuleInForce[],
  { timeZone, meter }: { timeZone: string; meter?: RuleMeter },
): RuleSet | undefined {
  const compile = (rule: RuleInForce): CompiledRule => compileOnce(rule, timeZone);
  try {
    return new RuleSet(rules, { timeZone }, { actFields, compile, ...(meter === undefined ? {} : { meter }) });
  } catch {
    // Whatever is wrong with it, it is the rule's and not the lines'.
    return undefined;
  }
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
