import type { RuleMatch } from '../matching/rule-match.ts';
import type { Rule } from '../rules/rule.ts';

/** One block of the log: its `created`, and what it matched in the order of leaves. */
export interface OracleBlock {
  readonly createdUs: number;
  readonly matches: readonly RuleMatch[];
}

/** What an alert is, as far as the oracle says. */
export interface OracleAlert {
  readonly key: string;
  readonly openedAtUs: number;
  firstAtUs: number;
  lastAtUs: number;
  count: number;
  readonly events: string[];
}

interface Came extends RuleMatch {
  /** The place in the log. */
  readonly order: number;
}

const second = 1_000_000;

/**
 * What the README says, by brute force: it keeps everything for ever, tries every window and every tuple, and shares nothing with
 * what it tests. For input that is not later than the rules wait for.
 */
export function slowAlerts(rule: Rule, sinceUs: number, blocks: readonly OracleBlock[]): OracleAlert[] {
  const keys = new Set(blocks.flatMap(({ matches }) => matches.map(({ key }) => key)));
  return [...keys].flatMap((key) => {
    let order = 0;
    let lastEvent = '';
    const own = blocks.map(({ createdUs, matches }) => ({
      createdUs,
      came: matches
        .filter((match) => match.key === key)
        .map((match): Came => {
          if (match.eventId !== lastEvent) order += 1;
          lastEvent = match.eventId;
          return { ...match, order };
        }),
    }));
    return alertsOfKey(rule, sinceUs, { key, blocks: own });
  });
}

interface KeyLog {
  readonly key: string;
  readonly blocks: ReadonlyArray<{ readonly createdUs: number; readonly came: readonly Came[] }>;
}

function alertsOfKey(rule: Rule, sinceUs: number, { key, blocks }: KeyLog): OracleAlert[] {
  const alerts: OracleAlert[] = [];
  const quietUs = rule.quietSeconds * second;
  const alertNear = (us: number) =>
    alerts.find(({ firstAtUs, lastAtUs }) => us >= firstAtUs - quietUs && us <= lastAtUs + quietUs);
  const tell = (
    hits: readonly Came[],
    spanUs: readonly [number, number],
    told: { createdUs: number; count: number },
  ): void => {
    let alert = alertNear(spanUs[1]);
    if (alert === undefined) {
      alert = { key, openedAtUs: told.createdUs, firstAtUs: spanUs[0], lastAtUs: spanUs[1], count: 0, events: [] };
      alerts.push(alert);
    }
    alert.firstAtUs = Math.min(alert.firstAtUs, spanUs[0]);
    alert.lastAtUs = Math.max(alert.lastAtUs, spanUs[1]);
    alert.count += told.count;
    for (const { eventId } of hits)
      if (!alert.events.includes(eventId) && alert.events.length < 20) alert.events.push(eventId);
  };
  let open: Came[] = [];
  const everything: Came[] = [];
  const told = new Set<Came>();
  for (const { createdUs, came } of blocks) {
    for (const hit of came) {
      everything.push(hit);
      const alone = (): void => tell([hit], [hit.receivedAtUs, hit.receivedAtUs], { createdUs, count: 1 });
      if (rule.kind === 'match') alone();
      else if (rule.kind === 'first-seen') {
        const isFirst = everything.length === 1;
        const isLearned = createdUs < sinceUs + rule.learningDays * 86_400 * second;
        if (isFirst ? !isLearned : alertNear(hit.receivedAtUs) !== undefined) alone();
      } else if (rule.kind === 'threshold') {
        if (alertNear(hit.receivedAtUs) !== undefined) {
          alone();
          continue;
        }
        open.push(hit);
        const taken = slowWindow(rule, open);
        if (taken.length === 0) continue;
        let lastUs = Math.max(...taken.map(({ receivedAtUs }) => receivedAtUs));
        for (const next of inOrder(open)) {
          if (taken.includes(next) || next.receivedAtUs < lastUs || next.receivedAtUs > lastUs + quietUs) continue;
          taken.push(next);
          lastUs = next.receivedAtUs;
        }
        const hits = inOrder(taken);
        tell(hits, [hits[0]?.receivedAtUs ?? 0, lastUs], { createdUs, count: hits.length });
        open = open.filter((each) => !taken.includes(each));
      } else if (rule.kind === 'sequence') {
        open.push(hit);
        const chain = slowChain(rule.steps.length, rule.withinSeconds * second, open);
        if (chain === undefined) continue;
        tell(chain, [chain[0]?.receivedAtUs ?? 0, chain.at(-1)?.receivedAtUs ?? 0], { createdUs, count: 1 });
        const events = new Set(chain.map(({ order }) => order));
        open = open.filter(({ order }) => !events.has(order));
      }
    }
    if (rule.kind !== 'absence' || rule.after === undefined) continue;
    const periodUs = rule.withinSeconds * second;
    for (const asked of inOrder(everything)) {
      const dueUs = asked.receivedAtUs + periodUs;
      if (asked.step !== 0 || told.has(asked) || createdUs <= dueUs) continue;
      told.add(asked);
      const isAnswered = everything.some(
        ({ step, receivedAtUs, order }) =>
          step === 1 && order !== asked.order && receivedAtUs >= asked.receivedAtUs && receivedAtUs <= dueUs,
      );
      if (!isAnswered) tell([asked], [dueUs, dueUs], { createdUs, count: 1 });
    }
  }
  return alerts;
}

function inOrder(hits: readonly Came[]): Came[] {
  return hits.toSorted((a, b) => a.receivedAtUs - b.receivedAtUs || a.order - b.order);
}

function slowWindow(rule: Rule & { kind: 'threshold' }, hits: readonly Came[]): Came[] {
  for (const first of inOrder(hits)) {
    const endUs = first.receivedAtUs + rule.windowSeconds * second;
    const inside = hits.filter((hit) => hit.receivedAtUs >= first.receivedAtUs && hit.receivedAtUs <= endUs);
    const values = new Set(inside.map(({ value, eventId }) => (rule.distinct === undefined ? eventId : value)));
    if (values.size >= rule.count)
      return inside.filter((hit) => hit === first || hit.receivedAtUs > first.receivedAtUs || hit.order > first.order);
  }
  return [];
}

/** Every tuple there is; of those that fit the one that ends first, then the one whose last but one step is the latest, and so on. */
function slowChain(steps: number, withinUs: number, hits: readonly Came[]): Came[] | undefined {
  const ranked = inOrder(hits);
  const rank = (hit: Came): number => ranked.indexOf(hit);
  let tuples: Came[][] = [[]];
  for (let step = 0; step < steps; step++) {
    tuples = tuples.flatMap((tuple) =>
      hits
        .filter((hit) => hit.step === step && (tuple.length === 0 || isBefore(tuple.at(-1), hit)))
        .map((hit) => [...tuple, hit]),
    );
  }
  const fitting = tuples.filter(
    (tuple) => (tuple.at(-1)?.receivedAtUs ?? 0) - (tuple[0]?.receivedAtUs ?? 0) <= withinUs,
  );
  const [best] = fitting.toSorted((a, b) => {
    const [endA, endB] = [a.at(-1), b.at(-1)];
    if (endA !== undefined && endB !== undefined && endA !== endB) return rank(endA) - rank(endB);
    for (let step = steps - 2; step >= 0; step--) {
      const [one, other] = [a[step], b[step]];
      if (one !== undefined && other !== undefined && one !== other) return rank(other) - rank(one);
    }
    return 0;
  });
  return best;
}

function isBefore(a: Came | undefined, b: Came): boolean {
  if (a === undefined) return false;
  return a.receivedAtUs < b.receivedAtUs || (a.receivedAtUs === b.receivedAtUs && a.order < b.order);
}
