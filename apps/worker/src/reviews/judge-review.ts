import { createHash } from 'node:crypto';
import type {
  FormerItem,
  JudgedItem,
  ReportRun,
  StoredAlert,
  StoredIncident,
  StoredItem,
  TenantDatabase,
  TenantId,
} from '@akashi/database';
import { isIncidentOfArea, isRunOver, mayBeOfArea } from '@akashi/policy';
import {
  areRulesBehind,
  judgeDay,
  runStates,
  RowShapes,
  usualRange,
  type ReportRow,
  type RowShape,
  type RulesOfDay,
} from '@akashi/report';
import { readNdjson } from '@akashi/report-render';
import { openFrozen } from '../reports/frozen-object.ts';
import type { ReviewParts } from './review-parts.ts';

type JudgingParts = Pick<ReviewParts, 'database' | 'archive' | 'keyring' | 'now' | 'onStep'>;

/** More days than a weekday's baseline asks for, and long enough that a monthly job’s lines are not new each time. */
const formerDays = 120;
const mostFlagged = 20;
const mostNewShapes = 20;
const longestText = 500;
const mostIncidents = 200;
const mostAlerts = 2_000;
/** An item names so many of each; it counts all. */
const mostNamed = 50;
/** After the day's end: rules that stand still must not keep the day from being reviewed, and the checks say so then. */
const waitsAtMostMs = 60 * 60_000;
/** More than all reports of all areas of a day. */
const mostRuns = 5_000;

/** Incidents that say something of the logs themselves; they are looked at with the report on what became of logs. */
const ofLogs: ReadonlySet<string> = new Set([
  'integrity-mismatch',
  'source-silent',
  'clock-skew',
  'clock-stepped',
  'clock-unsynchronized',
  'card-data-found',
  'lines-lost',
  'unknown-sender',
  'inbox-failing',
  'segment-damaged',
  'unparsed',
  'lines-lost',
  'rule-disabled',
]);

/**
 * Makes the automatic checks of a day (PCI DSS 10.4.1.1) for those of its items whose runs are over by now. What was found is
 * kept as it is: an item is checked once. Answers whether all are.
 */
export async function judgeReview(parts: JudgingParts, tenantId: TenantId, day: string): Promise<boolean> {
  const tenant = parts.database.forTenant(tenantId);
  const whole = await tenant.logReviews.get(day);
  if (whole === null) return true;
  const unjudged = whole.items.filter(({ judged }) => judged === null);
  const over = await runsThatAreOver(tenant, day);
  const ready = unjudged.flatMap((item) => {
    const run = over.get(item.runId);
    return run === undefined ? [] : [{ item, run }];
  });
  // Looked at every few seconds while runs go on: nothing more is read for that.
  if (ready.length === 0 && unjudged.length > 0) return false;
  const { from, to } = whole.review;
  const rules = await tenant.ruleEvidence.during({ from, to });
  // What rules find belongs to the day's checks: they are waited for as its lines were.
  if (areRulesBehind(rules) && parts.now().getTime() < to.getTime() + waitsAtMostMs) return false;
  const [incidents, alerts] = await Promise.all([
    tenant.incidents.during({ from, to, limit: mostIncidents }),
    tenant.alerts.during({ from, to, limit: mostAlerts }),
  ]);
  const judged = new Map<string, JudgedItem>();
  for (const { item, run } of ready) {
    const wanted = { report: item.report.id, area: item.area.id, before: day, limit: formerDays };
    const former = await tenant.logReviews.former(wanted);
    judged.set(item.id, await judgeItem(parts, tenantId, { item, run, day, former, incidents, alerts, rules }));
  }
  const isOver = await tenant.logReviews.change(day, async (held) => {
    const { review, items } = held.whole;
    if (review.state === 'approved') return true;
    for (const [id, found] of judged) {
      if (items.find((item) => item.id === id)?.judged === null) await held.putItem(id, { judged: found });
    }
    const isDone = items.every((item) => item.judged !== null || judged.has(item.id));
    if (isDone && review.judgedAt === null) await held.put({ judgedAt: parts.now() });
    return isDone;
  });
  parts.onStep('review-judged');
  return isOver ?? true;
}

/** The runs of a day that have ended, by id. */
async function runsThatAreOver(
  { reportRuns }: Pick<TenantDatabase, 'reportRuns'>,
  day: string,
): Promise<ReadonlyMap<string, ReportRun>> {
  const found = await reportRuns.list({ day, kind: 'duty', states: runStates.filter(isRunOver), limit: mostRuns });
  return new Map(found.map((run) => [run.id, run]));
}

interface Judging {
  readonly item: StoredItem;
  readonly run: ReportRun;
  readonly day: string;
  readonly former: readonly FormerItem[];
  readonly incidents: readonly StoredIncident[];
  readonly alerts: readonly StoredAlert[];
  readonly rules: RulesOfDay;
}

async function judgeItem(parts: JudgingParts, tenantId: TenantId, judging: Judging): Promise<JudgedItem> {
  const { item, run, day, former, rules } = judging;
  const usual = usualRange(day, former, item.area.frequency);
  const read = run.state === 'done' ? await readRows(parts, tenantId, judging) : nothingRead;
  const { incidents, alerts, alertsInArea } = ofItem(judging, read.eventIds);
  const known = new Set(former.flatMap(({ shapes }) => shapes ?? []));
  // On the first day everything is new, which says nothing.
  const isKnown = former.some(({ shapes }) => shapes !== null);
  const fresh = isKnown ? read.shapes.filter(({ shape }) => !known.has(shortHash(shape))) : [];
  return {
    verdict: judgeDay({
      isRunDone: run.state === 'done',
      rows: run.rows,
      flagged: run.flagged,
      usual,
      newShapes: fresh.length,
      incidents: incidents.map(({ kind }) => kind),
      silentSources: read.silentSources,
      alerts: alerts.length,
      rules,
    }),
    usual,
    shapes: read.shapes.map(({ shape }) => shortHash(shape)),
    newShapes: fresh.slice(0, mostNewShapes),
    flagged: read.flagged,
    alerts: alertsInArea.slice(0, mostNamed).map(({ id, title, severity, count, firstAtUs }) => ({
      id,
      title,
      severity,
      count,
      firstAt: new Date(firstAtUs / 1000).toISOString(),
    })),
    incidents: incidents.slice(0, mostNamed).map(({ id, kind, where }) => ({ id, kind, where })),
  };
}

/**
 * The report on what became of logs is looked at with all incidents of the logs and all alerts of its area; another one with
 * the alerts whose events it lists. Alerts are named where the area holds all of their events, and counted otherwise.
 */
function ofItem({ item: { area }, run, incidents, alerts }: Judging, listed: ReadonlySet<string>) {
  const isOfLogs = run.definition.classes.includes('log-control');
  const touching = alerts.filter(
    ({ places, events }) =>
      places.some((place) => mayBeOfArea(area, place)) &&
      (isOfLogs || events.some(({ eventId }) => listed.has(eventId))),
  );
  return {
    incidents: isOfLogs
      ? incidents.filter(({ kind, details }) => ofLogs.has(kind) && isIncidentOfArea(area, details))
      : [],
    alerts: touching,
    alertsInArea: touching.filter(
      ({ places, hasAllPlaces }) => hasAllPlaces && places.every((place) => mayBeOfArea(area, place)),
    ),
  };
}

interface ReadRows {
  readonly shapes: readonly RowShape[];
  readonly flagged: JudgedItem['flagged'];
  readonly silentSources: number;
  /** Those of its events that an alert names. */
  readonly eventIds: ReadonlySet<string>;
}

const nothingRead: ReadRows = { shapes: [], flagged: [], silentSources: 0, eventIds: new Set() };

/** One pass over the frozen rows, in bounded memory. */
async function readRows(
  parts: JudgingParts,
  tenantId: TenantId,
  { run, alerts }: Pick<Judging, 'run' | 'alerts'>,
): Promise<ReadRows> {
  const rows = await openFrozen(parts, { tenantId, run }, 'rows.ndjson');
  if (rows === null) return nothingRead;
  const shapes = new RowShapes();
  const flagged: JudgedItem['flagged'][number][] = [];
  const wanted = new Set(alerts.flatMap(({ events }) => events.map(({ eventId }) => eventId)));
  const eventIds = new Set<string>();
  let silentSources = 0;
  for await (const row of readNdjson(rows.content())) {
    shapes.take(row);
    if (row.eventId !== null && wanted.has(row.eventId)) eventIds.add(row.eventId);
    if (row.action === 'source-silent') silentSources += 1;
    if (row.flags.length > 0 && flagged.length < mostFlagged) flagged.push(flaggedRow(row));
  }
  return { shapes: shapes.end(), flagged, silentSources, eventIds };
}

function flaggedRow(row: ReportRow): JudgedItem['flagged'][number] {
  const { eventId, time, record, flags } = row;
  const said = [row.user, row.action, row.object, row.host].filter((part) => part !== null).join(' ');
  return { eventId, time, text: (record ?? said).slice(0, longestText), flags };
}

function shortHash(shape: string): string {
  return createHash('sha256').update(shape).digest('hex').slice(0, 16);
}
