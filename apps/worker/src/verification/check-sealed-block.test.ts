import { hash } from 'node:crypto';
import { reportsGroup } from '@akashi/policy';
import { createSegmentBuilder, encodeBlock, joinSegments, writeReportObject } from '@akashi/integrity';
import { expect, it } from 'vitest';
import { checkSealedBlock } from './check-sealed-block.ts';

const tenantId = '0198c0de-0000-7000-8000-000000000001';
const run = '0198c0de-0000-7000-8000-000000000002';
const dataKey = { id: 'data-0001', key: Buffer.alloc(32, 7) };
const createdUs = 1_800_000_000_000_000;
const object = `reports/2026/11/30/${run}/rows.ndjson.akr`;
const content = Buffer.from('{"eventId":"1"}\n');

function frozen(rows: Buffer): Buffer {
  const nonce = Buffer.alloc(12, 3);
  const name = { tenantId, runId: run, file: 'rows.ndjson' };
  const writer = writeReportObject({ ...name, keyId: dataKey.id, key: dataKey.key, nonce, versions: {} });
  return Buffer.concat([...writer.add(rows, { isFlagged: false }), ...writer.finish().chunks]);
}

function sealedBlock() {
  const sha256 = { ndjson: hash('sha256', content, 'hex') };
  const report = { run, sha256, bytes: { ndjson: content.length }, objects: { ndjson: object } };
  const line = JSON.stringify({ event: { action: 'report.sealed' }, akashi: { report } });
  const builder = createSegmentBuilder();
  const originIndex = builder.addOrigin(Buffer.from(JSON.stringify({ batchId: 'b', logGroup: reportsGroup })));
  const place = { originIndex, flags: 0, receivedAtUs: createdUs - 1, sequence: 0, notes: null };
  builder.addRecord({ ...place, record: Buffer.from(line) });
  return encodeBlock({
    ...joinSegments([{ segmentId: 'segment', ...builder.finish() }]),
    tenantId,
    block: 0,
    policy: 'default',
    keepUntilUs: 'never',
    createdUs,
    dataKey,
    nonce: Buffer.alloc(12),
    maskingVersion: 'v1',
  });
}

const block = sealedBlock();

async function findingsWith(report: Buffer | undefined): Promise<string[]> {
  const objects = new Map([[block.key, block.object]]);
  if (report !== undefined) objects.set(object, report);
  const archive = {
    get: (key: string) => Promise.resolve(objects.get(key) ?? null),
    readRange: (key: string, { start, bytes }: { start: number; bytes: number }) =>
      Promise.resolve(objects.get(key)?.subarray(start, start + bytes) ?? null),
    facts: (key: string) => {
      const bytes = objects.get(key)?.length;
      return Promise.resolve(bytes === undefined ? null : { bytes, keepUntil: null });
    },
    list: () => (async function* () {})(),
  };
  const places = { tenantId, archive, keys: { dataKey: () => dataKey } };
  const { findings } = await checkSealedBlock(
    places as unknown as Parameters<typeof checkSealedBlock>[0],
    block.headerBytes,
    0,
  );
  return findings.map(({ code, where }) => `${code} ${where}`);
}

it('holds the report files that a block seals to their hashes', async () => {
  expect(await findingsWith(frozen(content))).toEqual([]);
  expect(await findingsWith(frozen(Buffer.from('{"eventId":"2"}\n')))).toEqual([`report-altered ${object} block 0`]);
  const altered = frozen(content);
  altered.writeUInt8(altered.readUInt8(altered.length - 40) ^ 1, altered.length - 40);
  expect(await findingsWith(altered)).toEqual([`report-altered ${object} block 0`]);
  expect(await findingsWith(undefined)).toEqual([`report-missing ${object} block 0`]);
});
