import { machineOf } from '@akashi/attribution';
import { isOwnLogGroup, reachOfStream, type AccessScope } from '@akashi/policy';
import { matches } from '@akashi/query';
import { rowOf, type ReportRow, type RowClock, type RowFlag } from '@akashi/report';
import type { StoredDocument } from '@akashi/search';
import { isLate, type LateEvents } from './late-segments.ts';
import { readClocks, type ReadClock } from './read-clocks.ts';
import type { RunQuestion } from './read-run.ts';
import { reportEventOf } from './report-event-of.ts';
import type { ReportParts, RunInHand } from './report-parts.ts';

const mostStreams = 2_000;

/** The rows of the time report: each host with its clock, and then those that sent lines and none on their clocks. */
export async function hostRows(parts: ReportParts, inHand: RunInHand, scope: AccessScope): Promise<ReportRow[]> {
  const { clocks, events } = await readClocks(parts, inHand, scope);
  await events.close().catch(() => undefined);
  const known = new Set(clocks.map(({ machine }) => machine));
  const to = inHand.run.to.toISOString();
  return [...clocks.map((clock) => rowOfClock(clock)), ...(await quietRows(parts, inHand, { scope, known, to }))];
}

/** Steps that are told of and the beginnings of times without synchronisation, for the report on what became of logs. */
export async function clockEventRows(
  parts: ReportParts,
  inHand: RunInHand,
  { question, late }: { readonly question: RunQuestion; readonly late: LateEvents | null },
): Promise<ReportRow[]> {
  const { scope, people, tree } = question;
  const { clocks, events } = await readClocks(parts, inHand, scope);
  try {
    const wanted = new Map<string, RowFlag>();
    for (const { period } of clocks)
      for (const { eventId, problem, offsetSeconds } of period.events)
        if (isLate(eventId, late))
          wanted.set(eventId, {
            kind: 'any',
            details: { problem, ...(offsetSeconds === null ? {} : { offsetSeconds }) },
          });
    const rows: ReportRow[] = [];
    if (wanted.size === 0) return rows;
    for await (const page of events.pages()) {
      // What the report lists anyhow is no second row.
      const told = page.filter(({ id, document }) => wanted.has(id) && !matches(tree, document));
      rows.push(...(await rowsOf(told, { people, wanted })));
    }
    return rows;
  } finally {
    await events.close().catch(() => undefined);
  }
}

async function rowsOf(
  page: readonly StoredDocument[],
  { people, wanted }: Pick<RunQuestion, 'people'> & { readonly wanted: ReadonlyMap<string, RowFlag> },
): Promise<ReportRow[]> {
  const events = page.map(reportEventOf);
  const attributed = await people.attribute(events);
  return events.flatMap((event, at) => {
    const attribution = attributed[at];
    const flag = wanted.get(event.id);
    return attribution === undefined || flag === undefined
      ? []
      : [rowOf({ ...event, ...attribution }, { flags: [flag] })];
  });
}

function rowOfClock({ period, logGroups, logStreams }: ReadClock): ReportRow {
  const { host, time, limits, group, steps, lost, offsetSeconds } = period;
  const clock: RowClock = {
    group,
    state: time.state,
    since: time.sinceMs === null ? null : isoOf(time.sinceMs),
    server: time.server,
    isDesignated: period.isDesignated,
    stratum: time.stratum,
    offsetSeconds,
    steps: steps.map(({ timeMs, offsetSeconds: by, by: doer, account }) => ({
      time: isoOf(timeMs),
      offsetSeconds: by,
      by: doer,
      account,
    })),
    lost: lost.map(({ state, fromMs, toMs }) => ({
      state,
      from: isoOf(fromMs),
      to: toMs === null ? null : isoOf(toMs),
    })),
    limits,
  };
  return {
    ...blank,
    time: isoOf(time.lastEventMs),
    receivedAt: isoOf(time.lastReceivedMs),
    host,
    logGroup: logGroups.join(', '),
    logStream: logStreams.join(', '),
    clock,
    flags: period.problems.map((problem) => ({ kind: 'any', details: { problem } })),
  };
}

/** Streams that brought something in the period or later, of hosts without a line on their clocks. */
async function quietRows(
  { database }: Pick<ReportParts, 'database'>,
  { tenantId, run }: RunInHand,
  { scope, known, to }: { readonly scope: AccessScope; readonly known: ReadonlySet<string>; readonly to: string },
): Promise<ReportRow[]> {
  const found = new Map<string, ReportRow>();
  for (const source of await database.forTenant(tenantId).sources.list({ limit: mostStreams })) {
    const { sourceId, logGroup, logStream, lastReceivedAt } = source;
    if (logGroup === null || logStream === null || isOwnLogGroup(logGroup)) continue;
    if (lastReceivedAt === null || lastReceivedAt < run.from) continue;
    if (reachOfStream(scope, { logGroup, logStream, sourceId }) !== 'all') continue;
    const machine = machineOf({ host: null, stream: logStream });
    if (known.has(machine) || found.has(machine)) continue;
    found.set(machine, { ...blank, time: to, receivedAt: to, host: logStream, logGroup, logStream, clock: unknown });
  }
  return [...found].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
}

const unknown: RowClock = {
  group: null,
  state: 'unknown',
  since: null,
  server: null,
  isDesignated: null,
  stratum: null,
  offsetSeconds: null,
  steps: [],
  lost: [],
  limits: null,
};

const blank = {
  eventId: null,
  person: null,
  user: null,
  authority: null,
  action: null,
  outcome: null,
  origin: null,
  object: null,
  target: null,
  classes: [],
  command: null,
  before: null,
  after: null,
  count: null,
  approval: null,
  until: null,
  flags: [],
  recordSha256: null,
  record: null,
} as const;

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}
