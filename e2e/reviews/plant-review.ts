import { newUnmaskedId, type ItemArea, type NewReportRun, type TenantDatabase } from '@akashi/database';
import { scopeOfArea } from '@akashi/policy';
import { eventually } from '../reading/eventually.ts';
import { standardReports, usualHours, type ReportDefinition } from '@akashi/report';

const zone = 'Asia/Tokyo';
const dayMs = 86_400_000;
const none = { logStreams: [], sources: [], hosts: [] } as const;

/** An area of everything, which everybody whose role allows it reviews and approves. */
const everything = { name: 'Everything', category: 'security-events', frequency: 'day', logGroups: ['*'] } as const;

export interface PlantedItem {
  readonly report: string;
  /** The line that its checks ask a person to look at; none: they are clear. */
  readonly flagged?: { readonly eventId: string; readonly time: string; readonly text: string };
}

export interface PlantedDay {
  /** Of the organisation's zone, which is Tokyo's. */
  readonly day: string;
  readonly dueAt: Date;
  /** What its reports are about, where that is not the day: lines are received when they are sent. */
  readonly period?: { readonly from: Date; readonly to: Date };
  readonly items: readonly PlantedItem[];
}

/**
 * A day to review as the worker leaves one: its runs are made by the worker, its items checked by what is given here. So a
 * journey has days whose every item it knows, and disturbs no other.
 */
export async function plantReview(database: TenantDatabase, { day, dueAt, items, period }: PlantedDay): Promise<void> {
  const startMs = Date.parse(`${day}T00:00:00+09:00`);
  const { from, to } = period ?? { from: new Date(startMs), to: new Date(startMs + dayMs) };
  const id = database.tenantId;
  const area: ItemArea = { id, ...everything, ...none, reviewers: [], approvers: [] };
  const planned = items.map((item) => ({ ...item, definition: definitionOf(item.report), run: newUnmaskedId() }));
  const basis = {
    scope: scopeOfArea(area).parts,
    timeZone: zone,
    language: 'ja',
    organisation: { ja: 'みなと決済', en: 'Minato Payments' },
    hours: usualHours,
    tags: { cardData: '', watchedObjects: '' },
  } as const;
  await database.logReviews.create(
    {
      day,
      timeZone: zone,
      from,
      to,
      startedAt: to,
      dueAt,
      missedAt: new Date(dueAt.getTime() + dayMs),
      versions: { checks: 1 },
      items: planned.map(({ definition: { id: report, number, version, title }, run }) => {
        return { report: { id: report, number, version, title }, area, from, to, runId: run };
      }),
    },
    planned.map(({ run, definition }): NewReportRun => {
      return { id: run, definition, area, basis, from, to, day, kind: 'duty', requestedBy: null, at: to };
    }),
  );
  await database.logReviews.change(day, async (held) => {
    for (const item of held.whole.items) {
      const flagged = planned.find(({ run }) => run === item.runId)?.flagged;
      const reasons = [{ code: flagged === undefined ? 'as-usual' : 'flagged-rows', params: { count: 1 } }];
      await held.putItem(item.id, {
        judged: {
          verdict: { result: flagged === undefined ? 'clear' : 'needs-look', version: 1, reasons },
          usual: { low: 1, middle: 2, high: 4, days: 4 },
          shapes: [],
          newShapes: [],
          flagged: flagged === undefined ? [] : [{ ...flagged, flags: [{ kind: 'any' }] }],
        },
      });
    }
    await held.put({ judgedAt: to });
  });
  for (const { run } of planned) await untilDone(database, run);
}

/** The worker makes the run, as it makes every other: its files and their sealed hashes are true. */
async function untilDone({ reportRuns }: TenantDatabase, id: string): Promise<void> {
  const run = await eventually(
    () => reportRuns.get(id),
    (found) => found?.state === 'done',
    120_000,
  );
  if (run?.state !== 'done') throw new Error(`the run of a planted day is ${run?.state ?? 'gone'}`);
}

function definitionOf(report: string): ReportDefinition {
  const found = standardReports.find(({ id }) => id === report);
  if (found === undefined) throw new Error(`no report ${report}`);
  return found;
}
