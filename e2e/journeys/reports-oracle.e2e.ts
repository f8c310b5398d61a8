import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { arrive } from '../browser/arrive.ts';
import { chromiumPath, startBrowser } from '../browser/browser.ts';
import { eventually } from '../reading/eventually.ts';
import { LogReader } from '../reading/log-reader.ts';
import { pdfSigns, withoutSpaces } from '../reports/pdf-signs.ts';
import { plantDay } from '../reports/planted-day.ts';

const demo = inject('demo');
const nobody = { email: '', password: '', totpSecret: '' };
const [tenant] = demo.tenants;
const person = tenant?.users.find(({ role }) => role === 'tenant-admin') ?? nobody;
const mark = Date.now().toString(36);
const logGroup = `planted/${mark}`;
const begunMs = Date.now();
const day = plantDay(mark, new Date(begunMs));

/** All that the planted lines have to do with; the tenth is of looks at logs, which a journey of its own makes. */
const reports = [
  'authentication-use',
  'successful-sign-ins',
  'failed-sign-ins',
  'password-changes',
  'privilege-elevations',
  'administrator-actions',
  'policy-changes',
  'log-clearing',
  'card-data-access',
  'log-access',
  'system-objects',
] as const;

interface Row {
  readonly eventId: string | null;
  readonly time: string;
  readonly record: string | null;
  readonly recordSha256: string | null;
  readonly logGroup: string;
  readonly user: string | null;
  readonly person: { id: string } | null;
  readonly flags: readonly { kind: string }[];
  readonly followedBy?: readonly unknown[];
}

interface Run {
  readonly id: string;
  readonly state: string;
  readonly rows: number;
  readonly flagged: number;
  readonly sha256: { ndjson: string; csv: string; pdf: string } | null;
}

let browser: Browser | undefined;
let context: BrowserContext;

async function call<T>(path: string, request: { method?: string; data?: unknown; table?: string } = {}): Promise<T> {
  const { method = 'GET', data, table } = request;
  const answer = await context.request.fetch(`${demo.webUrl}/api${path}`, {
    method,
    headers: { 'x-akashi-csrf': '1', ...(table === undefined ? {} : { 'content-type': 'text/csv; charset=utf-8' }) },
    ...(data === undefined ? {} : { data }),
    ...(table === undefined ? {} : { data: table }),
  });
  expect(answer.ok(), `${method} ${path}: ${answer.status()} ${await answer.text()}`).toBe(true);
  return (await answer.json()) as T;
}

async function fileOf(run: Run, query: string): Promise<Buffer> {
  const answer = await context.request.get(`${demo.webUrl}/api/v1/report-runs/${run.id}/file?${query}`);
  expect(answer.status(), query).toBe(200);
  return answer.body();
}

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
const rowsOf = (ndjson: Buffer): Row[] =>
  ndjson
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row);

/** The lines that a report must list, by what was written down of the day. */
function expectedOf(report: string): Map<string, string[]> {
  const listed = day.lines.flatMap(({ line, expected }): [string, string[]][] => {
    const flags = expected[report];
    return flags === undefined ? [] : [[line, [...flags].toSorted()]];
  });
  return new Map(listed);
}

beforeAll(async () => {
  if (chromiumPath === undefined) return;
  browser = await startBrowser();
  ({ context } = await arrive(browser, { webUrl: demo.webUrl, person, language: 'ja' }));
  for (const [name, table] of Object.entries(day.masters)) {
    const { errors } = await call<{ errors: unknown[] }>(`/v1/masters/${name}/import?dryRun=false`, {
      method: 'POST',
      table,
    });
    expect(errors).toEqual([]);
  }
  const answer = await fetch(`${demo.ingestUrl}/v1/log-groups/${logGroup}/log-streams/day/records`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tenant?.ingestKey ?? ''}`, 'content-type': 'text/plain' },
    body: day.lines.map(({ line }) => line).join('\n'),
  });
  expect(answer.status).toBe(201);
  const found = await eventually(
    () => new LogReader(demo).readAll({ logGroups: [logGroup] }),
    (events) => events.length === day.lines.length,
  );
  expect(found).toHaveLength(day.lines.length);
});

afterAll(async () => {
  await context?.close();
  await browser?.close();
});

describe.runIf(chromiumPath !== undefined)('the eleven reports of a day whose lines somebody wrote down', () => {
  const runs = new Map<string, Run>();

  it('are made over the area, each once', async () => {
    const { id: area } = await call<{ id: string }>('/v1/areas', {
      method: 'POST',
      data: {
        name: `planted ${mark}`,
        category: 'critical-systems',
        logGroups: [logGroup],
        reviewers: [],
        approvers: [],
      },
    });
    const period = { from: new Date(begunMs - 60_000).toISOString(), to: new Date().toISOString(), area };
    for (const report of reports)
      runs.set(report, await call<Run>(`/v1/reports/${report}/runs`, { method: 'POST', data: period }));
    for (const [report, { id }] of runs) {
      const run = await eventually(
        () => call<Run>(`/v1/report-runs/${id}`),
        ({ state }) => state === 'done' || state === 'failed',
        170_000,
      );
      expect(run.state, report).toBe('done');
      runs.set(report, run);
    }
  }, 180_000);

  it.each(reports)('%s: lists exactly the planted rows with the right flags, in all three files', async (report) => {
    const run = runs.get(report);
    if (run?.sha256 == null) throw new Error(`no run of ${report}`);
    const expected = expectedOf(report);
    const ndjson = await fileOf(run, 'format=ndjson');
    expect(sha256(ndjson)).toBe(run.sha256.ndjson);
    const rows = rowsOf(ndjson);
    // Looks at the planted lines are in the product's own trail, and in the tenth report beside them.
    const planted = rows.filter((row) => row.logGroup === logGroup);
    const told = new Map(planted.map(({ record, flags }) => [record ?? '', flags.map(({ kind }) => kind).toSorted()]));
    expect(told).toEqual(expected);
    expect([run.rows, run.flagged]).toEqual([rows.length, rows.filter(({ flags }) => flags.length > 0).length]);
    for (const { record, recordSha256 } of rows) expect(sha256(record ?? '')).toBe(recordSha256);

    const csv = await fileOf(run, 'format=csv&language=ja');
    expect(csv.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const cells = parse(csv, { bom: true, relax_column_count: true }) as string[][];
    for (const { eventId } of rows) expect(cells.filter((row) => row.includes(eventId ?? ' '))).toHaveLength(1);

    const pdf = await fileOf(run, 'format=pdf&language=ja');
    expect(pdf.subarray(0, 8).toString()).toMatch(/^%PDF-1\./);
    const signs = await pdfSigns(pdf);
    for (const { recordSha256 } of rows) expect(signs).toContain(withoutSpaces(recordSha256 ?? ' '));
  });

  it('say whose act it was, and what followed an elevation without approval', async () => {
    const run = runs.get('privilege-elevations');
    if (run === undefined) throw new Error('no run');
    const rows = rowsOf(await fileOf(run, 'format=ndjson'));
    expect(rows.map((row) => row.person?.id ?? null)).toEqual([`taro${mark}`, `taro${mark}`, null]);
  });

  it('are the same files whenever they are asked for', async () => {
    for (const run of runs.values())
      expect(sha256(await fileOf(run, 'format=pdf&language=en'))).toBe(
        sha256(await fileOf(run, 'format=pdf&language=en')),
      );
  });
});
