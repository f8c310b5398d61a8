import type { UsualRange } from './usual-range.ts';

/** One more whenever the same day could be judged otherwise by the automatic checks (PCI DSS 10.4.1.1). */
export const verdictVersion = 1;

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
    | 'no-events';
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
}

/** Said of a clear item; every other reason calls for a look. */
const quiet: ReadonlySet<VerdictReason['code']> = new Set(['no-baseline', 'as-usual', 'no-events']);

/** Whether a person has to look at an item, and why: everything that says so, or the one reason why not. */
export function judgeDay(day: JudgedDay): Verdict {
  const reasons = day.isRunDone ? reasonsOf(day) : [{ code: 'run-failed', params: {} } as const];
  const result = reasons.every(({ code }) => quiet.has(code)) ? 'clear' : 'needs-look';
  return { result, version: verdictVersion, reasons };
}

function reasonsOf({ rows, flagged, usual, newShapes, incidents, silentSources }: JudgedDay): VerdictReason[] {
  const reasons: VerdictReason[] = [];
  if (flagged > 0) reasons.push({ code: 'flagged-rows', params: { count: flagged } });
  if (silentSources > 0) reasons.push({ code: 'source-silent', params: { count: silentSources } });
  for (const name of new Set(incidents)) {
    reasons.push({ code: 'incident', params: { name, count: incidents.filter((each) => each === name).length } });
  }
  if (newShapes > 0) reasons.push({ code: 'never-seen-shape', params: { count: newShapes } });
  if (usual !== null && rows > usual.high) reasons.push({ code: 'above-usual', params: figures(rows, usual) });
  if (usual !== null && rows < usual.low) reasons.push({ code: 'below-usual', params: figures(rows, usual) });
  if (reasons.length > 0) return reasons;
  if (rows === 0) return [{ code: 'no-events', params: {} }];
  return usual === null
    ? [{ code: 'no-baseline', params: { count: rows } }]
    : [{ code: 'as-usual', params: figures(rows, usual) }];
}

function figures(count: number, { low, middle, high }: UsualRange): Record<string, number> {
  return { count, low, middle, high };
}
