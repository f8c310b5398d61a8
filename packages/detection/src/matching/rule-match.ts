export type ApprovalState = 'inside' | 'outside' | 'unknown' | 'not-kept';

/** That an event fulfils a condition of a rule: all that deciding needs of it. */
export interface RuleMatch {
  readonly ruleId: string;
  readonly version: number;
  /** The step of a sequence, of several with the same condition the first; of an absence 0 is what is waited after, 1 what is expected; else 0. */
  readonly step: number;
  /** Values of the key fields, as `keyText` writes them; of `first-seen` those of `fields` follow. */
  readonly key: string;
  /** Of a threshold by distinct values the value; of `outside` the word `hours` where the hours alone make it a hit. */
  readonly value?: string;
  /** Of rules that ask for approvals: the event's fields that tell whose act it was (`RuleSetOptions.actFields`). */
  readonly act?: Readonly<Record<string, unknown>>;
  /**
   * Whether an approval covers the event, for rules of which `asksForApproval` is true: whoever decides fills it in. `unknown`: nobody
   * can be named; `not-kept`, as when it is left out: there are no approvals to go by, and nothing is told.
   */
  readonly approval?: ApprovalState;
  /** Among the records of the segment. */
  readonly position: number;
  readonly receivedAtUs: number;
  readonly eventAtUs: number;
  readonly logGroup: string;
  readonly logStream: string;
  readonly eventId: string;
}
