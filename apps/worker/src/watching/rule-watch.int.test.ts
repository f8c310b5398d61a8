import type { Rule } from '@akashi/detection';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestPipeline, type TestPipeline } from '../pipeline/pipeline.fixtures.ts';
import { addRule, alertsOf, changeRule, deciderOf, takeIn } from './decide.fixtures.ts';
import { RuleWatch } from './rule-watch.ts';

// Real: PostgreSQL, OpenSearch, disk, worker threads.
let pipeline: TestPipeline;

beforeAll(async () => {
  pipeline = await openTestPipeline();
});
afterAll(() => pipeline.close());

const any: Rule = {
  kind: 'match',
  title: { ja: '全て', en: 'All' },
  requirements: [],
  severity: 'low',
  where: 'nothing',
  key: [],
  quietSeconds: 60,
};

function openWatch() {
  const told: object[] = [];
  const noticed: object[] = [];
  const watch = new RuleWatch({
    database: pipeline.parts.database,
    trail: { record: (entry) => Promise.resolve(void told.push(entry)) },
    desk: { notice: (owner, sighting) => Promise.resolve(void noticed.push({ owner, ...sighting })) },
    logger: { warn: () => undefined },
    now: () => new Date('2026-11-30T00:00:00Z'),
  });
  return { watch, told, noticed };
}

it('switches off a rule that is too dear, of the version that was too dear, on record and as an incident, once', async () => {
  const { tenantId, parts } = pipeline;
  const { rules } = parts.database.forTenant(tenantId);
  const rule = await addRule(pipeline, any);
  const { watch, told, noticed } = openWatch();
  const cost = { ruleId: rule.id, version: 1, asked: 600, matches: 0, millis: 301 };
  watch.take(tenantId, { asked: [cost], unreadable: [] });
  await watch.settled();
  expect(await rules.find(rule.id)).toMatchObject({ enabled: true });
  await changeRule(pipeline, rule.id, { ...any, where: 'something' });
  watch.take(tenantId, { asked: [cost], unreadable: [] });
  await watch.settled();
  expect(await rules.find(rule.id)).toMatchObject({ enabled: true, version: 2 });
  for (const version of [2, 2, 2]) watch.take(tenantId, { asked: [{ ...cost, version }], unreadable: [] });
  watch.take(tenantId, { asked: [{ ...cost, version: 2 }], unreadable: [] });
  await watch.settled();
  expect(await rules.find(rule.id)).toMatchObject({ enabled: false, disabledCode: 'rule-too-slow' });
  expect(told).toMatchObject([
    { tenantId, event: { action: 'rule.disable', target: { id: rule.id }, details: { reason: 'rule-too-slow' } } },
  ]);
  expect(noticed).toEqual([
    { owner: tenantId, kind: 'rule-disabled', where: `rule ${rule.id}`, cause: 'rule-too-slow' },
  ]);
});

it('switches off a rule that cannot be read, and reads the lines all the same', async () => {
  const { tenantId, parts } = pipeline;
  const { rules } = parts.database.forTenant(tenantId);
  const good = await addRule(pipeline, { ...any, where: 'Failed' });
  const broken = await addRule(pipeline, { ...any, where: '(((' });
  const { watch, noticed } = openWatch();
  const watched = { ...parts, onRuleCosts: watch.take.bind(watch) };
  await takeIn({ ...pipeline, parts: watched }, ['Nov 22 10:00:01 web01 sshd[7]: Failed password for root']);
  await watch.settled();
  await deciderOf(parts).decide(tenantId);
  expect(await rules.find(broken.id)).toMatchObject({ enabled: false, disabledCode: 'rule-unreadable' });
  expect(noticed).toMatchObject([{ kind: 'rule-disabled', where: `rule ${broken.id}`, cause: 'rule-unreadable' }]);
  expect(await alertsOf(pipeline)).toMatchObject([{ ruleId: good.id, count: 1 }]);
});
