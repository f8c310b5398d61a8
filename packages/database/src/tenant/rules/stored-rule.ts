/** Somebody's act; `by` is a person's id, or `Akashi`. */
export interface RuleAct {
  readonly by: string;
  readonly at: Date;
  readonly reason: string | null;
}

/** How a rule was written. */
export type RuleFormat = 'json' | 'sigma';

/** A text in both languages of the product. */
export interface StoredText {
  readonly ja: string;
  readonly en: string;
}

/** What a rule says, in the newest version. Documents are the caller's to check: whatever is saved here is used. */
export interface RuleContent {
  readonly title: StoredText;
  readonly kind: string;
  readonly severity: string;
  readonly format: RuleFormat;
  /** As it was written. */
  readonly source: string;
  /** As it was read: what events are matched with. */
  readonly document: object;
}

export interface StoredRule extends RuleContent {
  readonly id: string;
  /** The name of the starter rule that it was made from. */
  readonly starter: string | null;
  readonly enabled: boolean;
  /** From 1; each save makes another. */
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly changedBy: string;
  readonly changedAt: Date;
  /** Why it was switched on or off last. */
  readonly reason: string | null;
  /** A code, where the product switched it off by itself. */
  readonly disabledCode: string | null;
  /** The first entry of the log that the newest version decides; null: it does not yet, or no more. */
  readonly inForceFrom: number | null;
}

export interface StoredRuleVersion {
  readonly ruleId: string;
  readonly version: number;
  readonly format: RuleFormat;
  readonly source: string;
  readonly document: object;
  readonly madeBy: string;
  readonly madeAt: Date;
}

/** From when to when a version was in force, by people's acts and by entries of the log. */
export interface RulePeriod {
  /** Numbers the changes of an organisation's rules. */
  readonly revision: number;
  readonly ruleId: string;
  readonly version: number;
  readonly begunBy: string;
  readonly begunAt: Date;
  readonly beginReason: string | null;
  readonly endedBy: string | null;
  readonly endedAt: Date | null;
  readonly endReason: string | null;
  /** A code, where the product ended it by itself. */
  readonly endCode: string | null;
  /** Null: it waits for the next block that all of its events were matched for. */
  readonly firstEntry: number | null;
  /** Null: it goes on. Before the first entry: another one took its place before it began. */
  readonly lastEntry: number | null;
  /** When the block of its first entry was made, UTC microseconds. */
  readonly sinceUs: number | null;
}

/** A version that decides now, or will from one of the next blocks on. */
export interface LiveRule {
  readonly revision: number;
  readonly ruleId: string;
  readonly version: number;
  readonly document: object;
}

/** What events are matched with. */
export interface LiveRules {
  /** The newest change; 0 where there never was a rule. */
  readonly revision: number;
  readonly rules: readonly LiveRule[];
}
