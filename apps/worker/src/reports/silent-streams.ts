import type { SourceActivity } from '@akashi/database';
import { isOwnLogGroup, reachOfStream, type AccessScope } from '@akashi/policy';
import type { QueryTree } from '@akashi/query';
import type { ReportRow } from '@akashi/report';
import { momentOf } from './moment-of.ts';
import { readingOfRun } from './reading-of-run.ts';
import type { ReportParts, RunInHand } from './report-parts.ts';

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;
/** The end of the period that a stream is judged by, and the days before by which it is known what is usual then. */
const lastHoursMs = 6 * hourMs;
const daysBefore = 7;
/** On fewer days with anything at those hours, nothing was to be expected. */
const expectedDays = 4;
const mostStreams = 2_000;

interface Stream {
  readonly logGroup: string;
  readonly logStream: string;
}

/**
 * Streams of the run's scope from which nothing came in the last hours of its period, although something came at those hours
 * on most of the days before (PCI DSS 10.7.2). One row each, at the end of the period. It reads the index, so that a report on any
 * past period says the same each time; what is silent now is noticed by its rhythm (`watching/watch-silence.ts`).
 */
export async function silentStreams(parts: ReportParts, inHand: RunInHand, scope: AccessScope): Promise<ReportRow[]> {
  const { run, tenantId } = inHand;
  const from = run.from.getTime();
  const to = run.to.getTime();
  if (to - from < lastHoursMs) return [];
  const { sources } = parts.database.forTenant(tenantId);
  const streams = streamsOf(await sources.list({ limit: mostStreams }), scope);
  if (streams.length === 0) return [];
  const search = await readingOfRun(parts, inHand);
  const conditions = streams.map(conditionOf);
  const seen = (start: number, end: number): Promise<boolean[]> =>
    search.seen({ tree: { kind: 'all' }, scope, from: start, to: end, timeField: 'received_at' }, conditions);
  const now = await seen(to - lastHoursMs, to);
  const before: boolean[][] = [];
  for (let day = 1; day <= daysBefore; day += 1)
    before.push(await seen(to - day * dayMs - lastHoursMs, to - day * dayMs));
  const silent = streams.filter(
    (_, at) => now[at] !== true && before.filter((day) => day[at] === true).length >= expectedDays,
  );
  const rows: ReportRow[] = [];
  for (const stream of silent) {
    const found = await search.search({
      tree: conditionOf(stream),
      scope,
      to,
      timeField: 'received_at',
      sort: 'newest',
      limit: 1,
    });
    const [last] = found.ok ? found.items : [];
    rows.push(rowOf(stream, { to, lastMs: last === undefined ? null : momentOf(last.document['received_at']) }));
  }
  return rows;
}

function streamsOf(activity: readonly SourceActivity[], scope: AccessScope): Stream[] {
  const found = new Map<string, Stream>();
  for (const { sourceId, logGroup, logStream } of activity) {
    if (logGroup === null || logStream === null || isOwnLogGroup(logGroup)) continue;
    if (reachOfStream(scope, { logGroup, logStream, sourceId }) === 'none') continue;
    found.set(JSON.stringify([logGroup, logStream]), { logGroup, logStream });
  }
  return [...found].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, stream]) => stream);
}

function conditionOf({ logGroup, logStream }: Stream): QueryTree {
  return {
    kind: 'and',
    parts: [
      { kind: 'equals', field: 'log.group', value: logGroup },
      { kind: 'equals', field: 'log.stream', value: logStream },
    ],
  };
}

function rowOf({ logGroup, logStream }: Stream, { to, lastMs }: { to: number; lastMs: number | null }): ReportRow {
  const time = new Date(to).toISOString();
  const last = lastMs === null ? {} : { lastReceivedAt: new Date(lastMs).toISOString() };
  return {
    eventId: null,
    time,
    receivedAt: time,
    person: null,
    user: null,
    authority: null,
    action: 'source-silent',
    outcome: null,
    origin: null,
    object: logStream,
    target: null,
    host: logStream,
    logGroup,
    logStream,
    classes: ['log-control'],
    command: null,
    before: null,
    after: null,
    count: null,
    approval: null,
    until: null,
    flags: [{ kind: 'any', details: last }],
    recordSha256: null,
    record: null,
  };
}
