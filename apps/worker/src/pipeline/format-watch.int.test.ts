import { derivationOf, liveFormatsOf, type OwnFormat } from '@akashi/log-event';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FormatWatch } from './format-watch.ts';
import { openTestPipeline, type TestPipeline } from './pipeline.fixtures.ts';
import { processSegment } from './process-segment.ts';

// Real: PostgreSQL, OpenSearch, disk, worker threads.
let pipeline: TestPipeline;

beforeAll(async () => {
  pipeline = await openTestPipeline();
});
afterAll(() => pipeline.close());

const format: OwnFormat = {
  name: 'wide',
  reads: 'record',
  reading: { kind: 'expression', expressions: ['^(?<act>\\w+)(?:x?){1000}(?:y?){1000}(?:z?){1000} by (?<who>\\w+)$'] },
};

it('switches a format off that most lines are too long for, on record and as an incident, once', async () => {
  const { tenantId } = pipeline;
  const { ownFormats } = pipeline.parts.database.forTenant(tenantId);
  const at = new Date();
  const onRecord = () => Promise.resolve();
  await ownFormats.save({ name: 'wide', definition: format, by: 'yamada', at }, onRecord);
  await ownFormats.activate({ name: 'wide', version: 1, logGroups: ['app'], by: 'yamada', at }, onRecord);
  const told: object[] = [];
  const noticed: object[] = [];
  const watch = new FormatWatch({
    database: pipeline.parts.database,
    trail: { record: (entry) => Promise.resolve(void told.push(entry)) },
    desk: { notice: (owner, sighting) => Promise.resolve(void noticed.push({ owner, ...sighting })) },
    logger: { warn: () => undefined },
    now: () => new Date(at.getTime() + 1_000),
  });
  const parts = {
    ...pipeline.parts,
    derivationOf: async () => derivationOf({ timeZone: 'UTC', ownFormats: liveFormatsOf(await ownFormats.live()) }),
    onFormatCosts: watch.take.bind(watch),
  };
  const long = `login ${'y'.repeat(22_000)} by yamada`;
  const take = async (lines: readonly string[]) => {
    const segmentId = await pipeline.land(lines, { logGroup: 'app' });
    await processSegment(parts, { tenantId, segmentId, lane: 'ordinary', signal: AbortSignal.timeout(60_000) });
    await watch.settled();
  };
  await take(Array.from({ length: 400 }, () => long));
  expect(await ownFormats.live()).toHaveLength(1);
  await take([...Array.from({ length: 200 }, () => long), ...Array.from({ length: 400 }, () => 'login by suzuki')]);
  expect(await ownFormats.live()).toEqual([]);
  expect(await ownFormats.switchedOff()).toMatchObject([{ name: 'wide', version: 1, reason: 'too-long' }]);
  expect(told).toMatchObject([
    { tenantId, event: { action: 'format.deactivate', target: { id: 'wide' }, details: { reason: 'too-long' } } },
  ]);
  expect(noticed).toEqual([{ owner: tenantId, kind: 'rule-disabled', where: 'format wide', cause: 'format-too-long' }]);
  await take(['login by suzuki']);
  expect(told).toHaveLength(1);
  const later = new Date(at.getTime() + 60_000);
  await ownFormats.activate({ name: 'wide', version: 1, logGroups: ['app'], by: 'yamada', at: later }, onRecord);
  expect(await ownFormats.switchedOff()).toEqual([]);
});
