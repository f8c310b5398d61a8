import { setTimeout as delay } from 'node:timers/promises';
import { compileQuery, parseQuery } from '@akashi/query';
import { keepAlive, send } from './bench-http.ts';
import { BenchInstallation, type BenchTenant } from './bench-installation.ts';
import { makeLines, textBodies } from './bench-lines.ts';
import { measurePipeline } from './b2-pipeline.ts';
import { percentile, round, type Figure } from './figure.ts';

const lineCount = Number(process.env['BENCH_B5_LINES'] ?? 200_000);
const linesPerRequest = 1_000;
const turns = 60;
const warmTurns = 10;
const pageSize = 100;
const from = Date.parse('2026-11-21T00:00:00Z');
const to = Date.parse('2026-11-24T00:00:00Z');
const allowedFactor = 1.3;
const allowedMs = 10;

/** What people ask: nothing, a word, a Japanese phrase, values, a range, a network, a negation, a pattern. */
const queries = [
  '',
  'firefox',
  '"ログイン失敗"',
  'user.name:tanaka AND event.outcome:failure',
  'http.response.status_code>=500',
  'source.ip:10.1.0.0/16',
  'event.action:(login OR order) NOT user.name:backup',
  'url.path:/api/*',
] as const;

/** The request that the API makes of OpenSearch, compiled beforehand. */
function directBody(query: string, tenantId: string): Buffer {
  const parsed = parseQuery(query);
  if (!parsed.ok) throw new Error(`the query ${query} cannot be read: ${parsed.code}`);
  const time = { range: { '@timestamp': { gte: from, lt: to, format: 'epoch_millis' } } };
  return Buffer.from(
    JSON.stringify({
      size: pageSize + 1,
      track_total_hits: 100_000,
      query: { bool: { filter: [{ term: { 'akashi.tenant': tenantId } }, time, compileQuery(parsed.tree)] } },
      sort: [{ '@timestamp': 'desc' }, { 'akashi.segment': 'desc' }, { 'akashi.position': 'desc' }],
    }),
  );
}

function apiBody(query: string): Buffer {
  return Buffer.from(
    JSON.stringify({ query, from: new Date(from).toISOString(), to: new Date(to).toISOString(), limit: pageSize }),
  );
}

async function timed(call: () => Promise<Buffer>): Promise<{ ms: number; answer: Buffer }> {
  const begun = performance.now();
  const answer = await call();
  return { ms: performance.now() - begun, answer };
}

function assertSameTotal(query: string, answers: { api: Buffer; direct: Buffer }): void {
  const api = JSON.parse(answers.api.toString()) as { total: { value: number } };
  const direct = JSON.parse(answers.direct.toString()) as { hits: { total: { value: number } } };
  if (api.total.value === direct.hits.total.value && api.total.value > 0) return;
  throw new Error(`"${query}" finds ${api.total.value} through the API and ${direct.hits.total.value} directly`);
}

async function measure(
  installation: BenchInstallation,
  tenant: BenchTenant,
): Promise<Record<'api' | 'direct', number[]>> {
  const json = { 'content-type': 'application/json' };
  const directUrl = `${installation.opensearchUrl}/${tenant.stream}/_search?allow_partial_search_results=false`;
  const apiHeaders = { ...json, authorization: `Bearer ${tenant.apiKey}` };
  const bodies = queries.map((query) => ({ query, api: apiBody(query), direct: directBody(query, tenant.id) }));
  const times: Record<'api' | 'direct', number[]> = { api: [], direct: [] };
  for (let turn = 0; turn < warmTurns + turns; turn += 1) {
    for (const body of bodies) {
      const viaApi = (): Promise<Buffer> =>
        send({ url: `${installation.apiUrl}/v1/search`, method: 'POST', headers: apiHeaders, body: body.api });
      const direct = (): Promise<Buffer> => send({ url: directUrl, method: 'POST', headers: json, body: body.direct });
      // Who goes first changes every turn, so that neither always finds warm what the other has just read.
      const first = await timed(turn % 2 === 0 ? viaApi : direct);
      const second = await timed(turn % 2 === 0 ? direct : viaApi);
      const [api, peer] = turn % 2 === 0 ? [first, second] : [second, first];
      if (turn === 0) assertSameTotal(body.query, { api: api.answer, direct: peer.answer });
      if (turn < warmTurns) continue;
      times.api.push(api.ms);
      times.direct.push(peer.ms);
    }
  }
  return times;
}

/** B5: searches through the API against the same requests sent to OpenSearch directly, one after the other. */
export async function run(): Promise<Figure[]> {
  const installation = await BenchInstallation.start();
  try {
    const tenant = await installation.newTenant();
    await measurePipeline(installation, tenant, textBodies(makeLines(lineCount, 5), linesPerRequest));
    await delay(3_000);
    const { api, direct } = await measure(installation, tenant);
    const figure = (name: string, share: number): Figure => {
      const [ours, peer] = [round(percentile(api, share)), round(percentile(direct, share))];
      return {
        bench: 'B5',
        figure: name,
        value: round(ours / peer),
        unit: 'x OpenSearch directly (ms)',
        peer,
        ours,
        n: api.length,
      };
    };
    const p95 = { ours: percentile(api, 0.95), peer: percentile(direct, 0.95) };
    const allowed = allowedFactor * p95.peer + allowedMs;
    return [
      {
        bench: 'B5',
        figure: 'p95-over-gate',
        value: round(p95.ours / allowed),
        unit: `of ${allowedFactor} x p95 of OpenSearch directly + ${allowedMs} ms`,
        peer: round(p95.peer),
        ours: round(p95.ours),
        n: api.length,
      },
      figure('p50', 0.5),
      figure('p99', 0.99),
    ];
  } finally {
    keepAlive.destroy();
    await installation.stop();
  }
}

if (import.meta.main) for (const figure of await run()) console.log(JSON.stringify(figure));
