import type { UsualRange } from './usual-range.ts';

/** One more whenever the same day could be judged otherwise by the automatic checks (PCI DSS 10.4.1.1). */
export const verdictVersion = 2;

export interface VerdictReason {
  readonly code:
    | 'flagged-rows'
    | 'above-usual'
    | 'below-usual'
    | 'never-seen-shape'
    | 'incident'
    | 'alert'
    | 'source-silent'
    | 'run-failed'
    | 'no-baseline'
    | 'as-usual'
    | 'no-events'
    | 'rules-behind'
    | 'rules-ran'
    | 'no-rules';
  readonly params: Readonly<Record<string, string | number>>;
}

export interface Verdict {
  readonly result: 'clear' | 'needs-look';
  readonly version: number;
  readonly reasons: readonly VerdictReason[];
}

export interface JudgedDay {
  readonly isRunDone: boolean;
  readonly rows: number;
  readonly flagged: number;
  readonly usual: UsualRange | null;
  readonly newShapes: number;
  /** Names of the incidents that touch what the item is about, each once or more. */
  readonly incidents: readonly string[];
  readonly silentSources: number;
  /** How many alerts of the day the item is about. */
  readonly alerts: number;
  readonly rules: RulesOfDay;
}

/** Where the rules of the organisation have come to in the log of the day. */
export interface RulesOfDay {
  readonly blocks: number;
  readonly firstBlock: number | null;
  readonly lastBlock: number | null;
  readonly decided: number;
  readonly unsealed: number;
  readonly rules: number;
  readonly revision: number;
}

/** Said of a clear item; every other reason calls for a look. */
const quiet: ReadonlySet<VerdictReason['code']> = new Set([
  'no-baseline',
  'as-usual',
  'no-events',
  'rules-ran',
  'no-rules',
]);

/** Whether a person has to look at an item, and why: everything that says so, or the one reason why not. */
export function judgeDay(day: JudgedDay): Verdict {
  const found = day.isRunDone ? reasonsOf(day) : [{ code: 'run-failed', params: {} } as const];
  const reasons = [...found, ...rulesReason(day.rules)];
  const result = reasons.every(({ code }) => quiet.has(code)) ? 'clear' : 'needs-look';
  return { result, version: verdictVersion, reasons };
}

function reasonsOf({ rows, flagged, usual, newShapes, incidents, silentSources, alerts }: JudgedDay): VerdictReason[] {
  const reasons: VerdictReason[] = [];
  if (flagged > 0) reasons.push({ code: 'flagged-rows', params: { count: flagged } });
  if (silentSources > 0) reasons.push({ code: 'source-silent', params: { count: silentSources } });
  for (const name of new Set(incidents)) {
    reasons.push({ code: 'incident', params: { name, count: incidents.filter((each) => each === name).length } });
  }
  if (alerts > 0) reasons.push({ code: 'alert', params: { count: alerts } });
  if (newShapes > 0) reasons.push({ code: 'never-seen-shape', params: { count: newShapes } });
  if (usual !== null && rows > usual.high) reasons.push({ code: 'above-usual', params: figures(rows, usual) });
  if (usual !== null && rows < usual.low) reasons.push({ code: 'below-usual', params: figures(rows, usual) });
  if (reasons.length > 0) return reasons;
  if (rows === 0) return [{ code: 'no-events', params: {} }];
  return usual === null
    ? [{ code: 'no-baseline', params: { count: rows } }]
    : [{ code: 'as-usual', params: figures(rows, usual) }];
}

/** Whether every rule ran on all that the day brought: what was not decided may hold an alert yet. */
export function areRulesBehind({ rules, blocks, decided, unsealed }: RulesOfDay): boolean {
  return rules > 0 && (decided < blocks || unsealed > 0);
}

/** The evidence that automated checks went over the whole log of the day (PCI DSS 10.4.1.1), with the version of the rules. */
function rulesReason(ran: RulesOfDay): VerdictReason[] {
  const { rules, revision, blocks, decided, unsealed, firstBlock, lastBlock } = ran;
  if (rules === 0) return [{ code: 'no-rules', params: {} }];
  const params = { count: rules, revision, blocks, from: firstBlock ?? 0, to: lastBlock ?? 0 };
  if (!areRulesBehind(ran)) return [{ code: 'rules-ran', params }];
  return [{ code: 'rules-behind', params: { ...params, decided, unsealed } }];
}

function figures(count: number, { low, middle, high }: UsualRange): Record<string, number> {
  return { count, low, middle, high };
}
