import type { Database, DecidingBlock, DecidingTransaction, KnownClaims, TenantId } from '@akashi/database';
import {
  advance,
  keepsMemory,
  keysOf,
  mostKeys,
  opensIncident,
  type Alert,
  type KeyState,
  type Rule,
  type RuleInForce,
  type RuleMatch,
} from '@akashi/detection';
import { sha256 } from '@akashi/integrity';
import { withApprovals } from './approvals-of-matches.ts';
import { isMatchedFor, planPeriods, type PeriodPlan } from './plan-periods.ts';

export interface DecideParts {
  readonly database: Pick<Database, 'forTenant'>;
  /** Whose acts events were, and what was approved. */
  readonly claims: Pick<KnownClaims, 'mastersAt' | 'about'>;
  readonly now: () => Date;
  /** Told before each durable step, for fault drills. */
  readonly onStep: (step: string) => void;
}

/** What one transaction did. */
export interface DecidedEntries {
  readonly entries: number;
  readonly matches: number;
  /** Alerts that it opened. */
  readonly opened: number;
  /** Keys of rules that had to go for want of room, by rule. */
  readonly dropped: ReadonlyMap<string, number>;
  /** Segments of the next block that are to be matched first, with rules that came since they were indexed. */
  readonly toMatch: readonly string[];
  /** Whether the next entry may be decided now. */
  readonly hasMore: boolean;
}

/** Entries that bring nothing are passed together; one that brings something has a transaction of its own. */
const entriesAtOnce = 200;

/**
 * Decides the next entries of an organisation's log whose segments are all indexed, in their order, as the only decider. What it
 * finds, what the rules remember and how far it came count together or not at all.
 */
export async function decideEntries(parts: DecideParts, tenantId: TenantId): Promise<DecidedEntries> {
  const decided = await parts.database.forTenant(tenantId).deciding.withCursor(async (transaction) => {
    const blocks = await transaction.blocks(entriesAtOnce);
    const periods = await transaction.periods();
    const dueUs = await transaction.nextDueUs();
    let passed: DecidingBlock | undefined;
    let entries = 0;
    let told: Told = nothing;
    let toMatch: readonly string[] = [];
    let isStopped = false;
    for (const block of blocks) {
      const { segments, createdUs } = block;
      if (segments.some(({ isIndexed }) => !isIndexed)) break;
      const plan = planPeriods(periods, matchedRevision(block));
      const unmatched = segments.filter(({ revision }) => !isMatchedFor(plan.inForce, revision));
      if (unmatched.length > 0) {
        toMatch = unmatched.map(({ segmentId }) => segmentId);
        break;
      }
      passed = block;
      entries += 1;
      const brings = segments.some(({ hasMatches }) => hasMatches) || (dueUs !== null && dueUs < createdUs);
      if (!brings && !changes(plan)) continue;
      told = await decideBlock({ parts, tenantId, transaction }, block, plan);
      isStopped = true;
      break;
    }
    if (passed !== undefined) {
      await transaction.foldHostTimes(passed.entry);
      parts.onStep('decide-before-cursor');
      await transaction.moveTo({ nextEntry: passed.entry + 1, decidedUs: passed.createdUs });
      parts.onStep('decide-before-commit');
    }
    return { ...told, entries, toMatch, hasMore: isStopped || entries === entriesAtOnce };
  });
  if (decided.entries > 0) parts.onStep('decide-after-commit');
  return decided;
}

type Told = Pick<DecidedEntries, 'matches' | 'opened' | 'dropped'>;

const nothing: Told = { matches: 0, opened: 0, dropped: new Map() };

/** The revision that each of its segments was matched under at least; null where there is none. */
function matchedRevision({ segments }: DecidingBlock): number | null {
  return segments.length === 0 ? null : Math.min(...segments.map(({ revision }) => revision));
}

function changes({ begin, end, skip }: PeriodPlan): boolean {
  return begin.length + end.length + skip.length > 0;
}

interface DecideContext {
  readonly parts: DecideParts;
  readonly tenantId: TenantId;
  readonly transaction: DecidingTransaction;
}

async function decideBlock(context: DecideContext, block: DecidingBlock, plan: PeriodPlan): Promise<Told> {
  const { transaction, tenantId, parts } = context;
  const { entry, createdUs } = block;
  for (const { revision } of plan.skip) await transaction.skip({ revision, entry });
  const goingOn = await whatGoesOn(transaction, plan);
  for (const { revision, ruleId } of plan.end)
    await transaction.end({ revision, entry: entry - 1, goesOnAs: goingOn.get(ruleId)?.version });
  const begun = (ruleId: string): number => goingOn.get(ruleId)?.sinceUs ?? createdUs;
  for (const { revision, ruleId } of plan.begin) await transaction.begin({ revision, entry, sinceUs: begun(ruleId) });
  const segmentIds = block.segments.filter(({ hasMatches }) => hasMatches).map(({ segmentId }) => segmentId);
  const found = segmentIds.length === 0 ? new Map() : await transaction.matches(segmentIds);
  const matched = segmentIds.flatMap((segmentId) => (found.get(segmentId) ?? []) as readonly RuleMatch[]);
  const matches = await withApprovals(parts.claims, tenantId, { entry, createdUs, matches: matched });
  const batch = { createdUs, matches };
  const due = await transaction.states({ keys: [], dueBeforeUs: createdUs });
  const rules = await concerned(transaction, plan, { begun, of: [...matches, ...due] });
  const states = await transaction.states({ keys: keysOf(rules, batch), dueBeforeUs: createdUs });
  const organisation = { organisationId: tenantId, sha256 };
  const done = advance({ rules, states: states as readonly KeyState[], batch, context: organisation });
  await transaction.putStates(done.states);
  await transaction.removeStates(done.removed);
  parts.onStep('decide-before-alerts');
  const opened = await tell(context, { entry, rules, alerts: done.alerts });
  const dropped = await evict(transaction, rules, done.states);
  if (segmentIds.length > 0) await transaction.forgetMatches(segmentIds);
  return { matches: matches.length, opened, dropped };
}

interface GoingOn {
  readonly version: number;
  /** When what is remembered was begun. */
  readonly sinceUs: number | null;
}

/** Rules of which a version takes the place of another one with this block, and remembers what that one did. */
async function whatGoesOn(
  transaction: DecidingTransaction,
  { begin, end }: PeriodPlan,
): Promise<ReadonlyMap<string, GoingOn>> {
  const pairs = begin.flatMap((after) =>
    end.filter(({ ruleId }) => ruleId === after.ruleId).map((before) => ({ before, after })),
  );
  const found = new Map<string, GoingOn>();
  if (pairs.length === 0) return found;
  const documents = await transaction.documents(pairs.flatMap(({ before, after }) => [before, after]));
  for (const { before, after } of pairs) {
    const [was, is] = [before, after].map((period) => documents.get(nameOf(period)) as Rule | undefined);
    if (was === undefined || is === undefined || !keepsMemory(was, is)) continue;
    found.set(after.ruleId, { version: after.version, sinceUs: before.sinceUs });
  }
  return found;
}

interface Concerned {
  /** When the memory of a rule that begins with the block begins. */
  readonly begun: (ruleId: string) => number;
  readonly of: readonly { readonly ruleId: string; readonly version: number }[];
}

/** Versions in force that the block brings something for, or that begin with it: nothing changes for any other. */
async function concerned(
  transaction: DecidingTransaction,
  { inForce, begin }: PeriodPlan,
  { begun, of }: Concerned,
): Promise<RuleInForce[]> {
  const named = new Set([...of, ...begin].map(nameOf));
  const periods = inForce.filter((period) => named.has(nameOf(period)));
  const documents = await transaction.documents(periods);
  return periods.map(({ ruleId, version, sinceUs }) => {
    const document = documents.get(nameOf({ ruleId, version }));
    return { ruleId, version, rule: document as Rule, sinceUs: sinceUs ?? begun(ruleId) };
  });
}

function nameOf({ ruleId, version }: { readonly ruleId: string; readonly version: number }): string {
  return `${ruleId} ${version}`;
}

interface Telling {
  readonly entry: number;
  readonly rules: readonly RuleInForce[];
  readonly alerts: readonly Alert[];
}

/** Writes the alerts, and has people told where the rule says so. Answers how many are new. */
async function tell({ parts, transaction }: DecideContext, { entry, rules, alerts }: Telling): Promise<number> {
  let opened = 0;
  for (const alert of alerts) {
    // An alert that goes on may be of an earlier version than the one in force.
    const rule = rules.find(({ ruleId }) => ruleId === alert.ruleId)?.rule;
    if (rule === undefined) continue;
    const { title, kind, severity } = rule;
    const before = await transaction.putAlert({ ...alert, title, kind, severity, firstEntry: entry, lastEntry: entry });
    if (before === 0) opened += 1;
    if (!opensIncident(rule) || alert.count <= before) continue;
    await transaction.noticeIncident(alert.id, {
      kind: 'rule-alert',
      where: `alert ${alert.id}`,
      cause: `severity-${severity}`,
      details: { rule: alert.ruleId, version: alert.version, severity, count: alert.count },
      at: parts.now(),
      count: alert.count - before,
    });
  }
  return opened;
}

/** A rule that came to more keys than are kept loses the least lately touched ones. */
async function evict(
  transaction: DecidingTransaction,
  rules: readonly RuleInForce[],
  written: readonly KeyState[],
): Promise<ReadonlyMap<string, number>> {
  const dropped = new Map<string, number>();
  for (const { ruleId, version, rule } of rules) {
    if (!written.some((state) => state.ruleId === ruleId && state.version === version)) continue;
    const gone = await transaction.evict({ ruleId, version, most: mostKeys(rule) });
    if (gone > 0) dropped.set(ruleId, gone);
  }
  return dropped;
}
