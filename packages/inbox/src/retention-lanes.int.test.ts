import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { decodeSegment, listSegments, readSegment, type InboxBatch, type InboxKeys } from './index.ts';
import { batch, keys, tenant, useTestInbox } from './inbox.fixtures.ts';

const inbox = useTestInbox();

function kept(retentionPolicy: string, lines: string[], idempotencyKey?: string): InboxBatch {
  return { ...batch(lines, idempotencyKey), retentionPolicy };
}

async function linesByPolicy(): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const { path } of await listSegments(inbox.dir)) {
    const segment = await readSegment(path, keys);
    const lines = segment.batches.flatMap(({ records }) => [...records].map(({ bytes }) => bytes.toString()));
    (found[segment.retentionPolicy] ??= []).push(...lines);
  }
  return found;
}

describe('writer lanes', () => {
  it('put records of one retention policy into a segment, which says so itself', async () => {
    const closed: unknown[] = [];
    const writer = await inbox.openWriter({ onClosed: (segment) => closed.push(segment) });
    const batches = [kept('default', ['a']), kept('7-years', ['b']), kept('default', ['c']), kept('7-years', ['d'])];
    const outcomes = await Promise.all(batches.map((each) => writer.append(tenant, each)));
    expect(outcomes.map(({ code }) => code)).toEqual(Array.from({ length: 4 }, () => 'accepted'));
    await writer.close();
    expect(await linesByPolicy()).toEqual({ default: ['a', 'c'], '7-years': ['b', 'd'] });
    expect(closed).toHaveLength(2);
    expect(closed).toContainEqual(expect.objectContaining({ retentionPolicy: '7-years', recordCount: 2 }));
  });

  it('keep their policy through a crash', async () => {
    const writer = await inbox.openWriter({ limits: { rotateMs: 60_000 } });
    await writer.append(tenant, kept('7-years', ['kept long']));
    await writer.append(tenant, kept('default', ['kept']));
    await inbox.abandonWriter();
    const next = await inbox.openWriter();
    expect(next.recovered.map(({ outcome }) => outcome)).toEqual(['closed', 'closed']);
    expect(await linesByPolicy()).toEqual({ default: ['kept'], '7-years': ['kept long'] });
  });

  it('share their receipts: a repetition is one also when its log group has another policy by now', async () => {
    const writer = await inbox.openWriter({ limits: { rotateMs: 60_000 } });
    const [first, meanwhile] = await Promise.all([
      writer.append(tenant, kept('default', ['once'], 'key')),
      writer.append(tenant, kept('7-years', ['once'], 'key')),
    ]);
    const again = await writer.append(tenant, kept('never', ['once'], 'key'));
    expect([first, meanwhile, again]).toMatchObject([{ repeated: false }, { repeated: true }, { repeated: true }]);
    await writer.close();
    const restarted = await inbox.openWriter();
    expect(await restarted.append(tenant, kept('7-years', ['once'], 'key'))).toMatchObject({ repeated: true });
    expect(await linesByPolicy()).toEqual({ default: ['once'] });
  });

  it('share the memory that one organisation may have', async () => {
    const writer = await inbox.openWriter({ limits: { maxPendingBytes: 4000 } });
    const policies = ['default', '7-years', 'never'];
    const answers = await Promise.all(policies.map((policy) => writer.append(tenant, kept(policy, ['w'.repeat(900)]))));
    expect(answers.map(({ code }) => code)).toEqual(['accepted', 'accepted', 'backlog-full']);
  });
});

describe('a segment', () => {
  // Written by the release before retention policies, with a key of 32 bytes of 7.
  const ofVersion1 =
    'YWthc2hpIGluYm94IHNlZ21lbnQgdjEKJDAxOTlkMGMwLTAwMDAtNzAwMC04MDAwLTAwMDAwMDAwMDAwMSQwMWEyMmJhMi1kMmJhLTc3MzMtODgxMC05' +
    'OGNiNWY1NjUwZGQTaW5ib3gtMDAwMS0wMDAwMDAwMK+5LRIYh5I0OrJUKL3Y0c5kzD/sNKUi2SkjfhkA4TDjAAAAUnX8AyfZ0GnPODePnGowlmOK/ceY' +
    '5hQczUlofSsRGUnfucP2K6a+t96QPmDTMlejEqHdHfSDjf+FtxmgbsEx1+IySeUE5+UHFbuAq7viVRyJHJA=';
  const sevens: InboxKeys = {
    forTenant: () => ({
      inboxKey: () => ({ id: 'inbox-0001-00000000', key: Buffer.alloc(32, 7) }),
      receiptsKey: () => Buffer.alloc(32, 8),
    }),
  };

  it('of the release before has the default policy', () => {
    const segment = decodeSegment(Buffer.from(ofVersion1, 'base64'), sevens);
    expect(segment).toMatchObject({ retentionPolicy: 'default', recordCount: 2, damaged: [] });
    const lines = segment.batches.flatMap(({ records }) => [...records].map(({ bytes }) => bytes.toString()));
    expect(lines).toEqual(['first line', 'second line']);
  });

  it('whose policy was changed in the file gives nothing back', async () => {
    const writer = await inbox.openWriter();
    await writer.append(tenant, kept('7-years', ['kept long']));
    await writer.close();
    const [listed] = await listSegments(inbox.dir);
    const file = await readFile(listed?.path ?? '');
    file.write('1-years', file.indexOf('7-years'), 'latin1');
    expect(decodeSegment(file, keys)).toMatchObject({ batches: [], torn: { length: expect.any(Number) } });
  });
});
