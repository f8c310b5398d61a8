import type { Rule } from '@akashi/detection';
import { createTestTenant } from '@akashi/testkit';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { openTestPipeline, type TestPipeline } from '../pipeline/pipeline.fixtures.ts';
import { rebuildIndex } from '../rebuild/rebuild-index.ts';
import { addRule, alertsOf, changeRule, deciderOf, index, switchRule, takeIn } from './decide.fixtures.ts';

// Real: PostgreSQL, OpenSearch, disk, worker threads.
let shared: TestPipeline;
/** Of an organisation of its own for each test. */
let pipeline: TestPipeline;

beforeAll(async () => {
  shared = await openTestPipeline();
});
beforeEach(async () => {
  const { database, keyring } = shared.parts;
  const { tenant } = await createTestTenant({ database, keyring });
  const land: TestPipeline['land'] = (lines, place) => shared.land(lines, { tenantId: tenant.id, ...place });
  pipeline = { ...shared, tenantId: tenant.id, land };
  shared.clock.nowMs = () => Date.now();
});
afterEach(() => shared.parts.search.forTenant(pipeline.tenantId).removeAll());
afterAll(() => shared.close());

const failures: Rule = {
  kind: 'threshold',
  title: { ja: '失敗', en: 'Failures' },
  requirements: ['pci:4.0.1:10.4.1'],
  severity: 'high',
  where: 'Failed',
  count: 3,
  windowSeconds: 600,
  key: ['log.stream'],
  quietSeconds: 600,
};
const failed = (n: number): string =>
  `Nov 22 10:00:0${n} web01 sshd[7]: Failed password for root from 192.0.2.${n} port 22`;

it('decides what was matched once, in the order of the log, and opens one incident of an alert', async () => {
  const { parts, tenantId } = pipeline;
  const rule = await addRule(pipeline, failures);
  const decider = deciderOf(parts);
  await takeIn(pipeline, [failed(1), 'Nov 22 10:00:02 web01 cron[1]: nothing', failed(2)]);
  await decider.decide(tenantId);
  expect(await alertsOf(pipeline)).toEqual([]);
  await takeIn(pipeline, [failed(3)]);
  await decider.decide(tenantId);
  const [alert, ...more] = await alertsOf(pipeline);
  expect(more).toEqual([]);
  expect(alert).toMatchObject({
    ruleId: rule.id,
    version: 1,
    title: failures.title,
    severity: 'high',
    count: 3,
    firstEntry: 1,
    places: [{ logGroup: 'test', logStream: 'one' }],
  });
  expect(alert?.events.map(({ eventId }) => eventId.split('.')[1])).toEqual(['0', '2', '0']);
  await takeIn(pipeline, [failed(4), failed(5)]);
  await decider.decide(tenantId);
  expect(await alertsOf(pipeline)).toMatchObject([{ id: alert?.id, count: 5, firstEntry: 1, lastEntry: 2 }]);
  const { incidents, rules, deciding } = parts.database.forTenant(tenantId);
  expect(await incidents.list({ kind: 'rule-alert', limit: 10 })).toMatchObject([
    { where: `alert ${alert?.id}`, cause: 'severity-high', count: 5, details: { rule: rule.id, count: 5 } },
  ]);
  expect((await incidents.list({ limit: 10 }))[0]?.id).toBe((await alertsOf(pipeline))[0]?.incidentId);
  expect(await rules.find(rule.id)).toMatchObject({ inForceFrom: 0 });
  expect(await deciding.cursor()).toMatchObject({ nextEntry: 3 });
  // Making the documents again finds nothing twice.
  await rebuildIndex(parts, tenantId, true);
  await decider.decide(tenantId);
  expect(await alertsOf(pipeline)).toMatchObject([{ count: 5 }]);
});

it('waits for what is not indexed yet, and for what is not sealed', async () => {
  const { parts, tenantId } = pipeline;
  await addRule(pipeline, { ...failures, count: 1 });
  const decider = deciderOf(parts);
  const segmentId = await pipeline.land([failed(1)]);
  pipeline.crash.arm('index-before-bulk');
  await expect(index(pipeline, parts, segmentId)).rejects.toThrow('crash');
  await parts.openBlocks.sealAll(tenantId);
  await takeIn(pipeline, [failed(2)]);
  await decider.decide(tenantId);
  expect(await alertsOf(pipeline)).toEqual([]);
  await index(pipeline, parts, segmentId);
  const open = await pipeline.land([failed(3)]);
  await index(pipeline, parts, open);
  await decider.decide(tenantId);
  expect(await alertsOf(pipeline)).toMatchObject([{ count: 2, firstEntry: 0, lastEntry: 1 }]);
});

it.each(['decide-before-alerts', 'decide-before-cursor', 'decide-before-commit'])(
  'loses nothing and finds nothing twice when it dies at %s, and two who decide at once do it once',
  async (step) => {
    const { parts, tenantId } = pipeline;
    await addRule(pipeline, failures);
    for (const n of [1, 2, 3, 4]) await takeIn(pipeline, [failed(n)]);
    for (let times = 0; times < 3; times += 1) {
      pipeline.crash.arm(step);
      await expect(deciderOf(parts).decide(tenantId)).rejects.toThrow('crash');
    }
    const restarted = pipeline.restart();
    await Promise.all([parts, restarted, parts].map((each) => deciderOf(each).decide(tenantId)));
    expect(await alertsOf(pipeline)).toMatchObject([{ count: 4, firstEntry: 2, lastEntry: 3 }]);
    const { incidents } = parts.database.forTenant(tenantId);
    expect(await incidents.list({ limit: 10 })).toMatchObject([{ kind: 'rule-alert', count: 4 }]);
  },
);

it('has a version begin and end between two blocks that were matched for it', async () => {
  const { parts, tenantId } = pipeline;
  const { rules } = parts.database.forTenant(tenantId);
  const any: Rule = { ...failures, count: 1, quietSeconds: 0 };
  const decider = deciderOf(parts);
  await takeIn(pipeline, [failed(1)]);
  const rule = await addRule(pipeline, any);
  await takeIn(pipeline, [failed(2)]);
  const before = await rules.find(rule.id);
  expect(before?.inForceFrom).toBeNull();
  await changeRule(pipeline, rule.id, { ...any, where: 'Accepted' });
  await takeIn(pipeline, [failed(3)]);
  await takeIn(pipeline, ['Nov 22 10:00:09 web01 sshd[7]: Accepted password for root from 192.0.2.9 port 22']);
  await decider.decide(tenantId);
  expect(await rules.periods(rule.id)).toMatchObject([
    { version: 2, firstEntry: 2, lastEntry: null },
    { version: 1, firstEntry: 1, lastEntry: 1 },
  ]);
  expect(await alertsOf(pipeline)).toMatchObject([
    { version: 1, count: 1, firstEntry: 1 },
    { version: 2, count: 1, firstEntry: 3 },
  ]);
  await switchRule(pipeline, rule.id, false);
  await takeIn(pipeline, ['Nov 22 10:00:09 web01 sshd[7]: Accepted password for root from 192.0.2.9 port 22']);
  await decider.decide(tenantId);
  expect(await rules.periods(rule.id)).toMatchObject([{ lastEntry: 3 }, { lastEntry: 1 }]);
  expect(await alertsOf(pipeline)).toHaveLength(2);
  expect(await rules.inForce({ from: 0, to: 0 })).toEqual([]);
  expect(await rules.inForce({ from: 2, to: 9 })).toMatchObject([{ version: 2 }]);
});

it('matches again what was indexed before a rule that decides it', async () => {
  const { parts, tenantId } = pipeline;
  const decider = deciderOf(parts);
  const away = await pipeline.land([failed(1)]);
  await index(pipeline, parts, away);
  const rule = await addRule(pipeline, { ...failures, count: 1 });
  // The rule begins with this block, and the segment of a node that was away comes into a later one.
  const { deciding } = parts.database.forTenant(tenantId);
  await parts.sealer.sealHeartbeat(tenantId, { maskingVersion: 'test-1', isNeeded: () => Promise.resolve(true) });
  await decider.decide(tenantId);
  expect(await parts.database.forTenant(tenantId).rules.find(rule.id)).toMatchObject({ inForceFrom: 0 });
  await parts.openBlocks.sealAll(tenantId);
  await decider.decide(tenantId);
  expect(await deciding.cursor()).toMatchObject({ nextEntry: 2 });
  expect(await alertsOf(pipeline)).toMatchObject([{ count: 1, firstEntry: 1 }]);
});

it('tells of what did not come by the time of blocks that bring nothing', async () => {
  const { parts, tenantId, clock } = pipeline;
  const startMs = Date.parse('2026-11-30T00:00:00Z');
  clock.nowMs = () => startMs;
  await addRule(pipeline, {
    kind: 'absence',
    title: { ja: '無し', en: 'None' },
    requirements: [],
    severity: 'medium',
    expected: 'heartbeat',
    withinSeconds: 3_600,
    key: ['log.stream'],
    quietSeconds: 0,
  });
  const decider = deciderOf(parts);
  await takeIn(pipeline, ['Nov 30 09:00:00 web01 app[1]: heartbeat']);
  const beat = async (afterMs: number): Promise<void> => {
    clock.nowMs = () => startMs + afterMs;
    await parts.sealer.sealHeartbeat(tenantId, { maskingVersion: 'test-1', isNeeded: () => Promise.resolve(true) });
    await decider.decide(tenantId);
  };
  await beat(3_599_000);
  expect(await alertsOf(pipeline)).toEqual([]);
  await beat(3_601_000);
  await beat(7_300_000);
  expect(await alertsOf(pipeline)).toMatchObject([
    { firstAtUs: (startMs + 3_600_000) * 1000, openedAtUs: (startMs + 3_601_000) * 1000, count: 1, incidentId: null },
  ]);
});

const kinds: readonly Rule[] = [
  { ...failures, kind: 'threshold' },
  { ...failures, count: 2, distinct: 'source.ip', key: [] },
  {
    kind: 'first-seen',
    title: { ja: '初回', en: 'First seen' },
    requirements: [],
    severity: 'low',
    where: 'Failed',
    fields: ['source.ip'],
    learningDays: 0,
    key: [],
    quietSeconds: 60,
  },
  {
    kind: 'sequence',
    title: { ja: '順', en: 'Sequence' },
    requirements: [],
    severity: 'critical',
    steps: [{ where: 'Failed' }, { where: 'Accepted' }],
    withinSeconds: 3_600,
    key: ['log.stream'],
    quietSeconds: 60,
  },
];

it('finds the same alerts with the same ids when the same log is decided again by somebody else, in other steps', async () => {
  const { parts, tenantId, clock, databaseUrl } = pipeline;
  for (const rule of kinds) await addRule(pipeline, rule);
  const startMs = Date.parse('2026-11-30T00:00:00Z');
  const decider = deciderOf(parts);
  // What a node that was away took an hour before comes in between.
  const late = await shared.land([failed(9)], { tenantId, logStream: 'late' });
  for (const [step, lines] of [
    [failed(1), failed(2)],
    [failed(3), 'Nov 22 10:00:09 web01 sshd[7]: Accepted password for root from 192.0.2.9 port 22'],
    ['Nov 22 10:00:02 web01 cron[1]: nothing'],
    [failed(1), failed(4)],
  ].entries()) {
    clock.nowMs = () => startMs + step * 300_000;
    await takeIn(pipeline, lines);
    if (step === 2) {
      await index(pipeline, parts, late);
      await parts.openBlocks.sealAll(tenantId);
    }
    await decider.decide(tenantId);
  }
  const before = await alertsOf(pipeline);
  expect(new Set(before.map(({ kind }) => kind))).toEqual(new Set(['threshold', 'first-seen', 'sequence']));
  expect(before.some(({ places }) => places.some(({ logStream }) => logStream === 'late'))).toBe(true);
  const outside = new Client({ connectionString: databaseUrl });
  await outside.connect();
  // The log as it is, decided by nobody yet: what was matched is gone with the first time, and is matched again.
  for (const statement of [
    'DELETE FROM alert WHERE tenant_id = $1',
    'DELETE FROM rule_state WHERE tenant_id = $1',
    'UPDATE rule_cursor SET next_entry = 0, decided_us = NULL WHERE tenant_id = $1',
    'UPDATE landing_segment SET rules_revision = 0 WHERE tenant_id = $1',
  ])
    await outside.query(statement, [tenantId]);
  await outside.end();
  pipeline.crash.arm('decide-before-commit');
  await expect(deciderOf(pipeline.restart()).decide(tenantId)).rejects.toThrow('crash');
  await Promise.all([deciderOf(parts), deciderOf(pipeline.restart())].map((each) => each.decide(tenantId)));
  const told = (alerts: typeof before) => alerts.map(({ incidentId: _incident, ...alert }) => alert);
  expect(told(await alertsOf(pipeline))).toEqual(told(before));
});

it('goes on with what a version remembers where the next one means the same, and begins anew where it does not', async () => {
  const { parts, tenantId } = pipeline;
  const decider = deciderOf(parts);
  const seen: Rule = {
    kind: 'first-seen',
    title: { ja: '初出', en: 'First seen' },
    requirements: [],
    severity: 'low',
    where: 'Failed',
    key: ['user.name'],
    fields: ['source.ip'],
    learningDays: 0,
    quietSeconds: 0,
  };
  const threshold = await addRule(pipeline, failures);
  const first = await addRule(pipeline, seen);
  await takeIn(pipeline, [failed(1), failed(2)]);
  await decider.decide(tenantId);
  await changeRule(pipeline, threshold.id, { ...failures, severity: 'critical' });
  await changeRule(pipeline, first.id, { ...seen, severity: 'medium' });
  await takeIn(pipeline, [failed(1)]);
  await decider.decide(tenantId);
  const opened = await alertsOf(pipeline);
  expect(opened.filter(({ ruleId }) => ruleId === threshold.id)).toMatchObject([
    { version: 2, count: 3, severity: 'critical' },
  ]);
  // The origin was seen before.
  expect(opened.filter(({ ruleId }) => ruleId === first.id)).toHaveLength(2);
  // What goes on is the alert that was opened before.
  await changeRule(pipeline, threshold.id, { ...failures, count: 2 });
  await takeIn(pipeline, [failed(4)]);
  await decider.decide(tenantId);
  const ofThreshold = async () => (await alertsOf(pipeline)).filter(({ ruleId }) => ruleId === threshold.id);
  expect(await ofThreshold()).toMatchObject([{ version: 2, count: 4 }]);
  await changeRule(pipeline, threshold.id, { ...failures, windowSeconds: 601 });
  await takeIn(pipeline, [failed(5), failed(6)]);
  await decider.decide(tenantId);
  expect(await ofThreshold()).toMatchObject([{ version: 2, count: 4 }]);
  expect(await parts.database.forTenant(tenantId).rules.periods(threshold.id)).toMatchObject([
    { version: 4, lastEntry: null },
    { version: 3, lastEntry: 2 },
    { version: 2, lastEntry: 1 },
    { version: 1, lastEntry: 0 },
  ]);
});
