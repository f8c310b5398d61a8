import { logReview, type LogReviewAnswer } from '@akashi/contracts';
import {
  newUnmaskedId,
  type ItemArea,
  type JudgedItem,
  type NewReportRun,
  type TenantDatabase,
} from '@akashi/database';
import { reviewDueAt, reviewMissedAt, reviewPeriod, scopeOfArea } from '@akashi/policy';
import { standardReports, usualHours, type ReportDefinition } from '@akashi/report';
import type { TestApi } from '../api.fixtures.ts';
import { callApi, type TestAnswer } from '../people.fixtures.ts';

const zone = 'Asia/Tokyo';

export const everything: ItemArea = {
  id: '0b6a2f0e-8f3d-4a57-9a7c-3a5d0e7a1c11',
  name: 'カード環境',
  category: 'security-events',
  frequency: 'day',
  logGroups: ['*'],
  logStreams: [],
  sources: [],
  hosts: [],
  reviewers: [],
  approvers: [],
};

export interface PlantedItem {
  readonly report: string;
  readonly area?: ItemArea;
  readonly verdict?: 'clear' | 'needs-look';
  /** Text of its flagged row. */
  readonly flagged?: string;
  /** The run stays unfinished. */
  readonly isRunning?: boolean;
}

/** A day's review as the worker makes it, with its runs done and its items checked. */
export async function plantReview(
  { database }: { database: TenantDatabase },
  day: string,
  items: readonly PlantedItem[],
): Promise<void> {
  const { from, to } = reviewPeriod(day, zone);
  const planned = items.map(({ area = everything, ...item }) => ({ ...item, area, run: newUnmaskedId() }));
  const review = {
    day,
    timeZone: zone,
    from,
    to,
    startedAt: to,
    dueAt: reviewDueAt(day, { timeZone: zone, dueMinute: 720 }),
    missedAt: reviewMissedAt(day, zone),
    versions: { checks: 1 },
    items: planned.map(({ report, area, run }) => ({ report: shortOf(report), area, from, to, runId: run })),
  };
  const runs = planned.map(({ report, area, run }) => newRun(run, { day, report, area }));
  await database.logReviews.create(review, runs);
  for (const { run, isRunning = false } of planned) if (!isRunning) await finishRun(database, run);
  await database.logReviews.change(day, async (held) => {
    for (const item of held.whole.items) {
      const plan = planned.find(({ run }) => run === item.runId);
      if (plan?.isRunning !== true)
        await held.putItem(item.id, { judged: judged(plan?.verdict ?? 'clear', plan?.flagged) });
    }
    await held.put({ judgedAt: to });
  });
}

async function finishRun({ reportRuns }: TenantDatabase, id: string): Promise<void> {
  const now = new Date();
  const taken = await reportRuns.take(id, { now, leaseMs: 60_000 });
  if (taken === null) throw new Error('the run is taken');
  const summary = { rows: 3, flagged: 1, byFlag: { any: 1 }, people: [], hosts: [], groups: [], plot: [] };
  const file = { format: 'ndjson', language: null, sha256: 'ab'.repeat(32), bytes: 3, object: 'x' } as const;
  await reportRuns.freeze(taken, { rows: 3, flagged: 1, summary, files: [file], masters: {}, frozenAt: now });
  await reportRuns.finish(taken, now);
}

function judged(result: 'clear' | 'needs-look', text = 'secretrow'): JudgedItem {
  const row = { eventId: null, time: '2026-11-29T00:00:00.000Z', text, flags: [{ kind: 'any' as const }] };
  const reasons = [{ code: result === 'clear' ? 'as-usual' : 'flagged-rows', params: { count: 1 } }];
  return {
    verdict: { result, version: 1, reasons },
    usual: { low: 1, middle: 2, high: 4, days: 4 },
    shapes: [],
    newShapes: [],
    flagged: result === 'clear' ? [] : [row],
  };
}

function definitionOf(report: string): ReportDefinition {
  const found = standardReports.find(({ id }) => id === report);
  if (found === undefined) throw new Error('no such report');
  return found;
}

function shortOf(report: string) {
  const { id, number, version, title } = definitionOf(report);
  return { id, number, version, title };
}

function newRun(id: string, { day, report, area }: { day: string; report: string; area: ItemArea }): NewReportRun {
  const { from, to } = reviewPeriod(day, zone);
  return {
    id,
    definition: definitionOf(report),
    area,
    basis: {
      scope: scopeOfArea(area).parts,
      timeZone: zone,
      language: 'ja',
      organisation: { ja: '証', en: 'Akashi' },
      hours: usualHours,
      tags: { cardData: '', watchedObjects: '' },
    },
    from,
    to,
    day,
    kind: 'duty',
    requestedBy: null,
    at: to,
  };
}

export interface ReviewCalls {
  send(method: string, path: string, body?: unknown): Promise<TestAnswer>;
  day(): Promise<LogReviewAnswer>;
  decide(report: string, body: object): Promise<TestAnswer>;
}

/** One person's calls about one day. */
export function callsOf(test: { readonly api: Pick<TestApi['api'], 'url'> }, cookie: string, day: string): ReviewCalls {
  const path = `/v1/log-reviews/${day}`;
  const send = (method: string, place: string, body?: unknown): Promise<TestAnswer> =>
    callApi(test, { method, path: place.startsWith('/v1/') ? place : `${path}${place}`, body }, { cookie });
  const read = async (): Promise<LogReviewAnswer> => {
    const answer = await send('GET', '');
    if (answer.status !== 200) throw new Error(answer.text);
    return logReview.parse(answer.json);
  };
  return {
    send,
    day: read,
    decide: async (report, body) => {
      const item = (await read()).items.find((each) => each.report.id === report);
      return send('POST', `/items/${item?.id}`, body);
    },
  };
}
