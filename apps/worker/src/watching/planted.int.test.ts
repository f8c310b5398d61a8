import type { Rule } from '@akashi/detection';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestPipeline, type TestPipeline } from '../pipeline/pipeline.fixtures.ts';
import { addRule, alertsOf, deciderOf, index } from './decide.fixtures.ts';
import { expectedOf, planted, seeded, type PlantedBlock, type PlantedLine } from './planted.fixtures.ts';

// Real: PostgreSQL, OpenSearch, disk, worker threads. Hours pass by a clock that is moved.
let pipeline: TestPipeline;

beforeAll(async () => {
  pipeline = await openTestPipeline();
});
afterAll(() => pipeline.close());

const startMs = Date.parse('2026-11-30T00:00:00Z');
const head = { requirements: [], severity: 'low', key: ['log.stream'], quietSeconds: 86_400 } as const;
const titled = (name: string) => ({ ...head, title: { ja: name, en: name } });
const everyDay = { days: [], fromMinute: 0, untilMinute: 1 };

const rules: Readonly<Record<string, Rule>> = {
  match: { ...titled('match'), kind: 'match', where: 'alfa' },
  'first-seen': { ...titled('first-seen'), kind: 'first-seen', where: 'alfa', fields: ['log.group'], learningDays: 0 },
  outside: { ...titled('outside'), kind: 'outside', where: 'alfa', hours: everyDay },
  threshold: {
    ...titled('threshold'),
    kind: 'threshold',
    where: 'bravo',
    count: planted.count,
    windowSeconds: planted.windowS,
  },
  sequence: {
    ...titled('sequence'),
    kind: 'sequence',
    steps: [{ where: 'charlie' }, { where: 'delta' }],
    withinSeconds: planted.withinS,
  },
  absence: {
    ...titled('absence'),
    kind: 'absence',
    after: 'echo',
    expected: 'foxtrot',
    withinSeconds: planted.answerS,
    quietSeconds: 0,
  },
};

/** One word for each stream and moment, so that what comes first is known. */
function linesAt(receivedS: number, random: (below: number) => number): PlantedLine[] {
  const words = ['alfa', 'bravo', 'bravo', 'charlie', 'delta', 'echo', 'foxtrot', 'golf'];
  return Array.from({ length: 8 }, (_, stream) => ({
    stream: `s${stream}`,
    word: words[random(words.length)] ?? 'golf',
    receivedS,
  })).filter(() => random(3) > 0);
}

it('finds what an oracle counts, over kills, two deciders, a node that was away and an hour without an index', async () => {
  const { parts, tenantId, clock, crash } = pipeline;
  const random = seeded(20_261_130);
  for (const rule of Object.values(rules)) await addRule(pipeline, rule);
  const bySegment = new Map<string, readonly PlantedLine[]>();
  let waiting: string[] = [];
  const land = async (nowS: number): Promise<void> => {
    clock.nowMs = () => startMs + nowS * 1000;
    for (const [stream, lines] of Map.groupBy(linesAt(nowS, random), (line) => line.stream)) {
      const texts = lines.map(({ word }) => `Nov 30 09:00:00 web01 app[1]: ${word}`);
      const segmentId = await pipeline.land(texts, { logStream: stream });
      bySegment.set(segmentId, lines);
      waiting.push(segmentId);
    }
  };
  const indexAndSeal = async (): Promise<void> => {
    // Some of them are of a node that is away for a while.
    const away = waiting.filter(() => random(6) === 0);
    for (const segmentId of waiting.filter((id) => !away.includes(id))) await index(pipeline, parts, segmentId);
    waiting = away;
    await parts.openBlocks.sealAll(tenantId);
  };
  const decide = async (): Promise<void> => {
    const steps = ['decide-before-alerts', 'decide-before-cursor', 'decide-before-commit', 'none'];
    crash.arm(steps[random(steps.length)] ?? 'none');
    const both = [parts, pipeline.restart()].map((each) => deciderOf(each).decide(tenantId));
    await Promise.allSettled(both);
  };
  let nowS = 0;
  for (let step = 0; step < 12; step += 1) {
    await land((nowS += 40 + random(60)));
    await indexAndSeal();
    if (random(4) > 0) await decide();
  }
  // The index is away for an hour: lines come in, and nothing is searchable.
  for (let step = 0; step < 6; step += 1) await land((nowS += 600));
  for (let step = 0; step < 4; step += 1) {
    await land((nowS += 30));
    await indexAndSeal();
    await decide();
  }
  clock.nowMs = () => startMs + (nowS += 3_600) * 1000;
  for (const segmentId of waiting.splice(0)) await index(pipeline, parts, segmentId);
  await parts.openBlocks.sealAll(tenantId);
  crash.arm('none');
  await parts.sealer.sealHeartbeat(tenantId, { maskingVersion: 'test-1', isNeeded: () => Promise.resolve(true) });
  const { deciding, blocks, segments } = parts.database.forTenant(tenantId);
  await deciderOf(parts).decide(tenantId);
  const sealed = (await blocks.list({ limit: 1_000 })).toReversed();
  expect(await deciding.cursor()).toMatchObject({ nextEntry: sealed.length });

  const places = await segments.places([...bySegment.keys()]);
  const log = sealed.map(({ number, createdAt }): PlantedBlock => ({
    createdS: (createdAt.getTime() - startMs) / 1000,
    lines: places.filter(({ block }) => block === number).flatMap(({ segmentId }) => bySegment.get(segmentId) ?? []),
  }));
  expect(log.flatMap(({ lines }) => lines)).toHaveLength([...bySegment.values()].flat().length);
  const expected = expectedOf(log);
  const alerts = Map.groupBy(await alertsOf(pipeline), ({ kind }) => kind);
  const streamOf = ({ key }: { key: string }): string => (JSON.parse(key) as string[])[0] ?? '';
  const counts = (kind: string) => new Map(alerts.get(kind)?.map((alert) => [streamOf(alert), alert.count]));
  const streams = (kind: string) => new Set(alerts.get(kind)?.map(streamOf));
  for (const kind of ['match', 'first-seen', 'outside']) expect(counts(kind), kind).toEqual(expected.hits);
  expect(streams('threshold')).toEqual(expected.thresholds);
  expect(streams('sequence')).toEqual(expected.sequences);
  const due = (alert: { key: string; firstAtUs: number }): string =>
    `${streamOf(alert)} ${alert.firstAtUs / 1e6 - startMs / 1000}`;
  expect(new Set(alerts.get('absence')?.map(due))).toEqual(expected.absences);
  for (const found of [expected.hits, expected.thresholds, expected.sequences, expected.absences])
    expect(found.size).toBeGreaterThan(1);
  expect(expected.thresholds.size).toBeLessThan(8);
}, 240_000);
