import type { RuleEvent, RuleMatch, RuleSet } from '@akashi/detection';

/** What a version of a rule has cost since it was last asked. */
export interface RuleCost {
  readonly ruleId: string;
  readonly version: number;
  /** Lines that it was asked about, and how many of them it matched. */
  readonly lines: number;
  readonly matches: number;
  /** Lines that were timed, and how long they took together. */
  readonly timed: number;
  readonly millis: number;
  /** It could not be read: nothing was asked. */
  readonly isUnreadable: boolean;
}

/** One line of so many is timed, rule by rule: as good as all of them, and it costs next to nothing. */
const timedOneOf = 64;
/** A thread that was stopped for a moment says nothing of the rule that it was at. */
const mostMillisOfLine = 2;
/** Lines after which a rule is judged. */
const judgedLines = 100_000;
const judgedTimed = 1_000;
/** One that is dearer by far is judged sooner. */
const judgedSoon = { timed: 50, millisPerLine: 1 } as const;
/** Of all rules together a line takes less than this. */
const mostMillisPerLine = 0.1;
/** What matches so much says nothing, and fills the place that others need. */
const mostMatches = 0.25;

export type RuleVerdict = 'fine' | 'too-dear' | 'too-many' | 'unreadable' | 'undecided';

/** Whether a rule may go on: one alone must not hold up everybody's lines, nor note every line. */
export function judgeRule({
  lines,
  matches,
  timed,
  millis,
  isUnreadable,
}: Omit<RuleCost, 'ruleId' | 'version'>): RuleVerdict {
  if (isUnreadable) return 'unreadable';
  if (timed >= judgedSoon.timed && millis / timed > judgedSoon.millisPerLine) return 'too-dear';
  if (timed >= judgedTimed && millis / timed > mostMillisPerLine) return 'too-dear';
  if (lines < judgedLines) return 'undecided';
  return matches / lines > mostMatches ? 'too-many' : 'fine';
}

interface Sum {
  readonly ruleId: string;
  readonly version: number;
  /** The rule alone; undefined where it could not be read. */
  readonly alone: RuleSet | undefined;
  lines: number;
  matches: number;
  timed: number;
  millis: number;
}

/** Adds up what rules cost while events are matched. */
export class RuleMeter {
  readonly #nowMs: () => number;
  readonly #sums = new Map<string, Sum>();
  #lines = 0;
  #untimed = 0;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  add({ ruleId, version }: Pick<RuleMatch, 'ruleId' | 'version'>, alone: RuleSet): void {
    this.#sums.set(`${ruleId} ${version}`, { ruleId, version, alone, lines: 0, matches: 0, timed: 0, millis: 0 });
  }

  unreadable({ ruleId, version }: Pick<RuleMatch, 'ruleId' | 'version'>): void {
    const none = { lines: 0, matches: 0, timed: 0, millis: 0 };
    this.#sums.set(`${ruleId} ${version}`, { ruleId, version, alone: undefined, ...none });
  }

  line(event: RuleEvent): void {
    this.#lines += 1;
    this.#untimed += 1;
    if (this.#untimed < timedOneOf) return;
    this.#untimed = 0;
    for (const sum of this.#sums.values()) {
      if (sum.alone === undefined) continue;
      const startedMs = this.#nowMs();
      sum.alone.match(event);
      sum.timed += 1;
      sum.millis += Math.min(mostMillisOfLine, this.#nowMs() - startedMs);
    }
  }

  match({ ruleId, version }: RuleMatch): void {
    const sum = this.#sums.get(`${ruleId} ${version}`);
    if (sum !== undefined) sum.matches += 1;
  }

  take(): RuleCost[] {
    const lines = this.#lines;
    this.#lines = 0;
    return [...this.#sums.values()].map((sum) => {
      const { ruleId, version, matches, timed, millis, alone } = sum;
      Object.assign(sum, { matches: 0, timed: 0, millis: 0 });
      return { ruleId, version, lines, matches, timed, millis, isUnreadable: alone === undefined };
    });
  }
}
