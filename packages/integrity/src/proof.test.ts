import { createPrivateKey, createPublicKey } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { encodeBlockHeader } from './block-object.ts';
import { buildEventProof } from './build-event-proof.ts';
import { formatVerifierKey, signCheckpoint, verifyEd25519 } from './checkpoint.ts';
import { logOrigin } from './log-origin.ts';
import { readBlockRecords } from './block-records.ts';
import { checkEventProof, checkWithheldProof, type EventProof } from './proof.ts';
import { joinSegments } from './join-segments.ts';
import { createSegmentBuilder } from './segment-builder.ts';
import { sha256 } from './sha256.ts';
import { appendToLog, emptyLogEdge } from './tiled-log.ts';

/** Exhaustive loops on a machine that may be busy. */
vi.setConfig({ testTimeout: 30_000 });

const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, 3)]);
const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
const primitives = { sha256, verifyEd25519 };
const tenantId = 'tenant-a';
const verifierKey = formatVerifierKey(logOrigin(tenantId), createPublicKey(privateKey));

/** A log of three blocks; the middle one is the one that proofs are about. */
function sealedBlocks(tenant = tenantId) {
  const blocks = [1, 5, 2].map((records, block) => {
    const builder = createSegmentBuilder();
    const originIndex = builder.addOrigin(Buffer.from('{"batchId":"b","logGroup":"linux"}'));
    for (let sequence = 0; sequence < records; sequence++) {
      const record = sequence === 3 ? Buffer.of(0xff, 0xfe, 0x41) : Buffer.from(`ログ line ${sequence}`);
      const notes = sequence === 2 ? Buffer.from('[{"rule":"pan","start":1,"length":2}]') : null;
      builder.addRecord({ originIndex, flags: 0, receivedAtUs: 1_732_000_000_000_000, sequence, notes, record });
    }
    const built = builder.finish();
    const { payload } = built;
    const {
      root,
      records: recordCount,
      firstReceivedUs,
      lastReceivedUs,
    } = joinSegments([{ segmentId: 's', ...built }]);
    const header = encodeBlockHeader({
      version: 2,
      tenantId: tenant,
      block,
      policy: 'default',
      keepUntilUs: 'never',
      segments: 1,
      records: recordCount,
      firstReceivedUs,
      lastReceivedUs,
      root,
      createdUs: 1_732_000_001_000_000,
      bodySha256: sha256(payload),
      bodyLength: payload.length,
      dataKeyId: 'k1',
      maskingVersion: 'v1',
    });
    return { payload, header };
  });
  const { root, objects } = appendToLog(
    emptyLogEdge,
    blocks.map(({ header }) => header),
  );
  const files = new Map(objects.map(({ path, bytes }) => [path, bytes]));
  const checkpoint = signCheckpoint({ origin: logOrigin(tenant), size: 3, root }, privateKey);
  return { blocks, checkpoint, read: async (path: string) => files.get(path) ?? null };
}

async function proofOf(leaf: number, tenant = tenantId): Promise<EventProof> {
  const { blocks, checkpoint, read } = sealedBlocks(tenant);
  const block = blocks[1];
  if (block === undefined) throw new Error('no block');
  const built = await buildEventProof({ ...block, leaf, checkpoint, read });
  if (!built.ok) throw new Error(built.code);
  return built.proof;
}

const failing = (proof: EventProof, key = verifierKey): string[] =>
  checkEventProof(proof, key, primitives)
    .steps.filter((step) => !step.ok)
    .map((step) => step.code);

describe('event proofs', () => {
  test('hold for every record, also after a journey through JSON', async () => {
    for (let leaf = 0; leaf < 5; leaf++) {
      const proof = JSON.parse(JSON.stringify(await proofOf(leaf))) as EventProof;
      expect(checkEventProof(proof, verifierKey, primitives)).toEqual({
        ok: true,
        steps: [
          { code: 'record-in-block', ok: true },
          { code: 'block-header', ok: true },
          { code: 'block-in-log', ok: true },
          { code: 'checkpoint-signature', ok: true },
        ],
      });
    }
    expect((await proofOf(3)).event.record).toEqual({ base64: '//5B' });
  });

  test('name the step that fails', async () => {
    const proof = await proofOf(2);
    const { event } = proof;
    expect(failing({ ...proof, event: { ...event, record: { text: 'ログ line 9' } } })).toEqual(['record-in-block']);
    expect(failing({ ...proof, event: { ...event, receivedAtUs: event.receivedAtUs + 1 } })).toEqual([
      'record-in-block',
    ]);
    expect(failing({ ...proof, event: { ...event, notes: { text: '' } } })).toEqual(['record-in-block']);
    expect(failing({ ...proof, header: proof.header.replace('records: 5', 'records: 6') })).toContain('block-in-log');
    expect(failing({ ...proof, header: `${proof.header}\n` })).toContain('block-header');
    expect(failing({ ...proof, checkpoint: proof.checkpoint.replace('\n3\n', '\n4\n') })).toContain(
      'checkpoint-signature',
    );
    expect(failing({ ...proof, logPath: proof.logPath.slice(1) })).toEqual(['block-in-log']);
  });

  test('hold without the record, by its hash alone, and name the step that fails', async () => {
    const { format: _format, event, ...path } = await proofOf(2);
    const { payload } = sealedBlocks().blocks[1] ?? {};
    const [, , record, other] = [...readBlockRecords(payload ?? Buffer.alloc(0))];
    const hashOf = (sealed = record): string =>
      Buffer.from(sha256(sealed?.leafBytes ?? Buffer.alloc(0))).toString('base64');
    const withheld = { ...path, leaf: event.leaf, leafHash: hashOf() };
    const failed = (changed: object): string[] =>
      checkWithheldProof({ ...withheld, ...changed }, verifierKey, primitives)
        .steps.filter((step) => !step.ok)
        .map((step) => step.code);
    expect(failed({})).toEqual([]);
    expect(failed({ leafHash: hashOf(other) })).toEqual(['record-in-block']);
    expect(failed({ leaf: 3 })).toEqual(['record-in-block']);
    expect(failed({ leafHash: 'no hash', blockPath: null })).toEqual(['record-in-block']);
    expect(failed({ logPath: [] })).toEqual(['block-in-log']);
    expect(failed({ header: '' })).toEqual(['record-in-block', 'block-header', 'block-in-log']);
    expect(failed({ checkpoint: '' })).toEqual(['block-in-log', 'checkpoint-signature']);
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(checkWithheldProof(value as never, verifierKey, primitives).ok).toBe(false);
      }),
    );
  });

  test("another tenant's proof is refused, also with the same signing key", async () => {
    const foreign = await proofOf(0, 'tenant-b');
    expect(failing(foreign)).toEqual(['block-header', 'checkpoint-signature']);
    const { checkpoint } = await proofOf(0);
    expect(failing({ ...foreign, checkpoint })).toEqual(['block-header', 'block-in-log']);
  });

  test('any changed character anywhere in the proof is found', async () => {
    const proof = await proofOf(2);
    const text = JSON.stringify(proof);
    fc.assert(
      fc.property(fc.nat({ max: text.length - 1 }), fc.integer({ min: 0, max: 6 }), (at, bit) => {
        const edited = text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ (1 << bit)) + text.slice(at + 1);
        let parsed: unknown;
        try {
          parsed = JSON.parse(edited);
        } catch {
          return;
        }
        // A renamed field leaves its place empty; what stays equal as a value is the same proof.
        if (JSON.stringify(parsed) === text) return;
        expect(checkEventProof(parsed as EventProof, verifierKey, primitives).ok, edited).toBe(false);
      }),
      { numRuns: 3000 },
    );
  });

  test('nonsense of any shape is a failed check, never an exception', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(checkEventProof(value as unknown as EventProof, verifierKey, primitives).ok).toBe(false);
      }),
    );
  });

  test('cannot be built for what is not there or not sealed', async () => {
    const { blocks, checkpoint, read } = sealedBlocks();
    const [first] = blocks;
    if (first === undefined) throw new Error('no block');
    const sources = { ...first, leaf: 0, checkpoint, read };
    expect(await buildEventProof({ ...sources, leaf: 1 })).toEqual({ ok: false, code: 'no-such-record' });
    expect(await buildEventProof({ ...sources, header: Buffer.from('x') })).toMatchObject({ code: 'malformed-header' });
    expect(await buildEventProof({ ...sources, checkpoint: 'x' })).toMatchObject({ code: 'malformed-checkpoint' });
    const early = checkpoint.replace('\n3\n', '\n0\n');
    expect(await buildEventProof({ ...sources, checkpoint: early })).toMatchObject({ code: 'not-sealed' });
  });
});
