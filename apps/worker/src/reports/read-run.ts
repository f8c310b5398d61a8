import type { AccessScope } from '@akashi/policy';
import type { QueryTree } from '@akashi/query';
import { listsClocks, ReportReading, type ReportContext, type ReportEvent, type ReportRow } from '@akashi/report';
import type { EventReading } from '@akashi/search';
import { firstTimesBefore } from './first-times.ts';
import { isLate, lateEventsOf } from './late-segments.ts';
import { momentOf } from './moment-of.ts';
import { clockEventRows, hostRows } from './clock-rows.ts';
import { reportEventOf } from './report-event-of.ts';
import { rowsWithoutEvent } from './rows-without-event.ts';
import type { ReportParts, RunInHand } from './report-parts.ts';
import { openRunPeople, type RunPeople } from './run-people.ts';
import { readingOfRun } from './reading-of-run.ts';
import { isLookAtArea, listsLogControl, scopeOfRun, treeOfRun } from './run-scope.ts';

/** A run that is being read: its rows, in their order, and what they are told by. */
export interface RunReading {
  readonly versions: Readonly<Record<string, number>>;
  rows(): AsyncGenerator<ReportRow, void, undefined>;
  close(): Promise<void>;
}

/** How the time that a run takes is spent, about: the rest is the making of files. */
const shareOfReading = 0.6;

export interface RunQuestion {
  readonly scope: AccessScope;
  readonly tree: QueryTree;
  readonly people: RunPeople;
}

/** Opens the events of a run at one point in time. The index must hold everything that the run is to list. */
export async function readRun(parts: ReportParts, inHand: RunInHand): Promise<RunReading> {
  const { run, tenantId } = inHand;
  const scope = scopeOfRun(run);
  if (listsClocks(run.definition)) return readHosts(parts, inHand, scope);
  const period = { from: run.from.getTime(), to: run.to.getTime() };
  const tree = treeOfRun(run);
  const people = await openRunPeople(parts.claims, { tenantId, scope }, period);
  const late = await lateEventsOf(parts, inHand);
  await parts.search.forTenant(tenantId).refresh();
  const search = await readingOfRun(parts, inHand);
  const events = await search.readEvents({ tree, scope, ...period, timeField: 'received_at' });
  const question: RunQuestion = { scope, tree, people };
  const context: ReportContext = {
    timeZone: run.basis.timeZone,
    hours: run.basis.hours,
    keepsApprovals: people.keepsApprovals,
  };
  return {
    versions: people.versions,
    close: () => events.close(),
    rows: async function* () {
      const reading = new ReportReading(run.definition, context);
      const readings = reading.needsScan ? 2 : 1;
      if (reading.needsScan) {
        const share = shareOfReading / readings;
        for await (const event of eventsOf(events, { inHand, people, from: 0, share })) reading.scan(event);
        reading.knowBefore(await firstTimesBefore(parts, inHand, { reading, question }));
      }
      const share = shareOfReading / readings;
      for await (const event of eventsOf(events, { inHand, people, from: shareOfReading - share, share })) {
        const row = reading.row(event);
        if (row !== null && isLate(event.id, late)) yield row;
      }
      if (listsLogControl(run.definition)) yield* await clockEventRows(parts, inHand, { question, late });
      // Of what did not happen, the run of the day has told; an addendum adds events.
      if (run.kind !== 'addendum') yield* await rowsWithoutEvent(parts, inHand, question);
    },
  };
}

/** Each host anew, also in an addendum: a line that came late can change what is said of the whole day. */
async function readHosts(parts: ReportParts, inHand: RunInHand, scope: AccessScope): Promise<RunReading> {
  await parts.search.forTenant(inHand.tenantId).refresh();
  const rows = await hostRows(parts, inHand, scope);
  return {
    versions: {},
    close: () => Promise.resolve(),
    // oxlint-disable-next-line require-await -- as the rows of events come
    rows: async function* () {
      yield* rows;
    },
  };
}

async function* eventsOf(
  events: EventReading,
  given: { readonly inHand: RunInHand; readonly people: RunPeople; readonly from: number; readonly share: number },
): AsyncGenerator<ReportEvent, void, undefined> {
  const { inHand, people, from, share } = given;
  let read = 0;
  for await (const page of events.pages()) {
    const looked = page.filter(({ document }) => isLookAtArea(document, inHand.run));
    const timed = looked.map(({ id, document }) => ({ id, document, timeMs: momentOf(document['@timestamp']) }));
    const attributed = await people.attribute(timed);
    for (const [at, stored] of looked.entries()) {
      const attribution = attributed[at];
      if (attribution !== undefined) yield { ...reportEventOf(stored), ...attribution };
    }
    read += page.length;
    await inHand.progress(from + (share * Math.min(read, events.count)) / Math.max(1, events.count));
  }
}
