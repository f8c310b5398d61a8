import { randomUUID } from 'node:crypto';
import type { MasterRow } from '@akashi/attribution';
import type { Rule } from '@akashi/detection';
import { createTestTenant } from '@akashi/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { openTestPipeline, type TestPipeline } from '../pipeline/pipeline.fixtures.ts';
import { addRule, alertsOf, deciderOf, takeIn } from './decide.fixtures.ts';

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

const minuteMs = 60_000;
const unapproved: Rule = {
  kind: 'outside',
  title: { ja: '承認外', en: 'Outside an approval' },
  requirements: [],
  severity: 'low',
  where: 'parse.format:sudo',
  approval: 'outside',
  key: ['user.name'],
  quietSeconds: 0,
};
const sudo = (user: string): string =>
  `<86>Nov 22 10:00:01 web01 sudo:     ${user} : TTY=pts/0 ; PWD=/home ; USER=root ; COMMAND=/usr/bin/id`;

const row = (master: string, values: Record<string, string>): MasterRow => ({
  id: randomUUID(),
  master,
  validFromMs: null,
  validUntilMs: null,
  values,
});

/** Writes rows into a table, as of a moment. */
async function write(
  master: string,
  at: Date,
  change: { added?: MasterRow[]; withdrawn?: MasterRow[] },
): Promise<void> {
  const { masters } = pipeline.parts.database.forTenant(pipeline.tenantId);
  const plan = { added: [], changed: [], ended: [], withdrawn: [], unchanged: 0, ...change };
  await masters.change(
    master,
    { kind: 'import', details: {}, by: 'sato', at },
    { plan: () => Promise.resolve(plan), before: () => Promise.resolve() },
  );
}

const keysOf = async (): Promise<string[]> => (await alertsOf(pipeline)).map(({ key }) => key);

it('tells nothing while no approvals are kept, and then of work that none covers', async () => {
  const { parts, tenantId } = pipeline;
  await addRule(pipeline, unapproved);
  await addRule(pipeline, { ...unapproved, approval: 'not-inside' });
  const decider = deciderOf(parts);
  await takeIn(pipeline, [sudo('taro'), sudo('jiro')]);
  await decider.decide(tenantId);
  expect(await keysOf()).toEqual([]);

  const before = new Date(shared.clock.nowMs() - minuteMs);
  const ids = ['taro', 'jiro'].map((id) => row('common-ids', { system: 'web01', id, person: `person-${id}` }));
  await write('common-ids', before, { added: ids });
  await write('approvals', before, { added: [row('approvals', { person: 'person-taro', target: 'web01' })] });
  await takeIn(pipeline, [sudo('taro'), sudo('jiro'), sudo('nobody')]);
  await decider.decide(tenantId);
  expect((await keysOf()).toSorted()).toEqual(['["jiro"]', '["jiro"]', '["nobody"]']);
});

it('goes by the masters as they stood when the block was made, whenever it is decided', async () => {
  const { parts, tenantId } = pipeline;
  await addRule(pipeline, unapproved);
  const startMs = shared.clock.nowMs();
  const approval = row('approvals', { person: 'person-taro', target: 'web01' });
  const id = row('common-ids', { system: 'web01', id: 'taro', person: 'person-taro' });
  await write('common-ids', new Date(startMs - minuteMs), { added: [id] });
  await write('approvals', new Date(startMs - minuteMs), {
    added: [approval, row('approvals', { person: 'x', target: 'y' })],
  });
  await takeIn(pipeline, [sudo('taro')]);
  await write('approvals', new Date(startMs + 10 * minuteMs), { withdrawn: [approval] });
  await deciderOf(parts).decide(tenantId);
  expect(await keysOf()).toEqual([]);
  shared.clock.nowMs = () => startMs + 20 * minuteMs;
  await takeIn(pipeline, [sudo('taro')]);
  await write('approvals', new Date(startMs + 30 * minuteMs), { added: [{ ...approval, id: randomUUID() }] });
  await deciderOf(parts).decide(tenantId);
  expect(await alertsOf(pipeline)).toMatchObject([{ key: '["taro"]', count: 1, firstEntry: 1 }]);
});
