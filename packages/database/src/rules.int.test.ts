import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createMigratedDatabase, type TestDatabase } from './database.fixtures.ts';
import type { RuleAct, RuleContent, TenantDatabase } from './index.ts';

const serverUrl = process.env['DATABASE_URL'];
if (serverUrl === undefined) process.stderr.write('skipped: DATABASE_URL names no PostgreSQL server\n');

const content: RuleContent = {
  title: { ja: '失敗', en: 'Failures' },
  kind: 'match',
  severity: 'high',
  format: 'json',
  source: '{}',
  document: { kind: 'match', where: 'failed' },
};
const act: RuleAct = { by: 'sato', at: new Date('2026-11-30T00:00:00Z'), reason: 'wanted' };
const sealed = (): Promise<void> => Promise.resolve();

let test: TestDatabase;
let tenants = 0;

async function newTenant(): Promise<TenantDatabase> {
  tenants += 1;
  const details = { nameJa: '証', nameEn: 'Akashi', timeZone: 'Asia/Tokyo', language: 'ja' };
  const { id } = await test.database.platform.createTenant({ slug: `rules-${tenants}`, ...details });
  return test.database.forTenant(id);
}

beforeAll(async () => {
  if (serverUrl !== undefined) test = await createMigratedDatabase(serverUrl);
});
afterAll(() => test?.drop());

it.skipIf(serverUrl === undefined)('keeps every version, and numbers what comes into force', async () => {
  const { rules } = await newTenant();
  expect(await rules.live()).toEqual({ revision: 0, rules: [] });
  const draft = await rules.create({ ...content, enabled: false }, act, sealed);
  expect(draft).toMatchObject({ ...content, enabled: false, version: 1, inForceFrom: null, reason: 'wanted' });
  expect(await rules.live()).toEqual({ revision: 0, rules: [] });
  expect(await rules.switch({ id: draft.id, enabled: true }, act, sealed)).toMatchObject({ outcome: 'done' });
  expect(await rules.switch({ id: draft.id, enabled: true }, act, sealed)).toEqual({ outcome: 'unchanged' });
  const first = { revision: 1, ruleId: draft.id, version: 1, document: content.document };
  expect(await rules.live()).toEqual({ revision: 1, rules: [first] });
  const stamp = await rules.liveStamp();
  expect(await rules.liveStamp()).toBe(stamp);
  const document = { kind: 'match', where: 'denied' };
  const change = { ...content, id: draft.id, document, basedOn: 1 };
  expect(await rules.change(change, act, sealed)).toMatchObject({ outcome: 'done', rule: { version: 2, document } });
  expect(await rules.change(change, act, sealed)).toEqual({ outcome: 'changed-before' });
  const second = { revision: 2, ruleId: draft.id, version: 2, document };
  expect(await rules.live()).toEqual({ revision: 2, rules: [first, second] });
  expect(await rules.liveStamp()).not.toBe(stamp);
  const off = { ...act, by: 'Akashi', reason: null };
  await rules.switch({ id: draft.id, enabled: false, code: 'rule-too-dear' }, off, sealed);
  expect(await rules.find(draft.id)).toMatchObject({ enabled: false, disabledCode: 'rule-too-dear', reason: null });
  expect(await rules.periods(draft.id)).toMatchObject([
    { revision: 2, version: 2, endedBy: 'Akashi', endCode: 'rule-too-dear', firstEntry: null, lastEntry: null },
    { revision: 1, version: 1, endedBy: 'sato', endCode: null, firstEntry: null, lastEntry: null },
  ]);
  expect(await rules.versions(draft.id)).toMatchObject([{ version: 2 }, { version: 1 }]);
  expect(await rules.remove(draft.id, act, sealed)).toBe(true);
  expect(await rules.remove(draft.id, act, sealed)).toBe(false);
  expect(await rules.list()).toEqual([]);
});

it.skipIf(serverUrl === undefined)('gives each of many changes at once a revision of its own', async () => {
  const { rules } = await newTenant();
  await Promise.all(Array.from({ length: 6 }, () => rules.create({ ...content, enabled: true }, act, sealed)));
  const live = await rules.live();
  expect(live.revision).toBe(6);
  expect(live.rules.map(({ revision }) => revision)).toEqual([1, 2, 3, 4, 5, 6]);
});

it.skipIf(serverUrl === undefined)('takes a change back whose line could not be sealed', async () => {
  const { rules } = await newTenant();
  const failing = (): Promise<void> => Promise.reject(new Error('no intake'));
  await expect(rules.create({ ...content, enabled: true }, act, failing)).rejects.toThrow('no intake');
  expect(await rules.list()).toEqual([]);
  expect(await rules.live()).toEqual({ revision: 0, rules: [] });
});

it.skipIf(serverUrl === undefined)('notes what a segment matched the first time alone', async () => {
  const tenant = await newTenant();
  const segmentId = randomUUID();
  const acceptedAt = new Date('2026-11-30T00:00:00Z');
  const row = { segmentId, ingestNode: 'n1', retentionPolicy: 'default', records: 3, bytes: 300, acceptedAt };
  await tenant.segments.register(row);
  const derivation = { id: 'd1', catalogueVersion: 1, settings: { timeZone: 'UTC' } };
  await tenant.derivations.begin(segmentId, derivation);
  const finished = {
    segmentId,
    generation: 2,
    onlineDays: 90,
    streams: [],
    quarantined: [],
    learned: [],
    documents: null,
  };
  const noted = async (): Promise<unknown[]> => {
    const { rows } = await test.outside.query(
      `SELECT rules_revision AS revision, matches FROM landing_segment LEFT JOIN rule_match USING (tenant_id, segment_id)
       WHERE tenant_id = $1`,
      [tenant.tenantId],
    );
    return rows;
  };
  const matching = { revision: 3, matches: [{ ruleId: 'r', position: 1 }] };
  expect(await tenant.segments.finishIndexed({ ...finished, matching })).toEqual({ counted: true });
  expect(await noted()).toMatchObject([{ matches: matching.matches }]);
  const again = { revision: 4, matches: [] };
  expect(await tenant.segments.finishIndexed({ ...finished, matching: again })).toEqual({ counted: false });
  expect(await noted()).toMatchObject([{ matches: matching.matches }]);
});
