/** The proof of an event behind changes of the signing key, for people who hold any of the keys. */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { expect, it } from 'vitest';
import { buildEventProof } from './build-event-proof.ts';
import { formatVerifierKey, signCheckpoint, verifyEd25519 } from './checkpoint.ts';
import { encodeBlock } from './encode-block.ts';
import { encodeStatement } from './log-entry.ts';
import { joinSegments } from './join-segments.ts';
import { keyChangeContent, signingKeyKind } from './key-statements.ts';
import { logOrigin } from './log-origin.ts';
import { checkEventProof, type EventProof } from './proof.ts';
import { createSegmentBuilder } from './segment-builder.ts';
import { sha256 } from './sha256.ts';
import { appendToLog, emptyLogEdge } from './tiled-log.ts';
import { checkpointPath } from './tile-path.ts';

const tenantId = 'tenant-a';
const origin = logOrigin(tenantId);
const createdUs = 1_732_000_001_000_000;

function keyFrom(byte: number): KeyObject {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, byte)]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}

const keys = [keyFrom(1), keyFrom(2), keyFrom(3)] as const;
const names = keys.map((key) => formatVerifierKey(origin, createPublicKey(key)));
const [first = '', second = '', third = ''] = names;
const foreign = keyFrom(9);

function block(number: number) {
  const builder = createSegmentBuilder();
  const originIndex = builder.addOrigin(Buffer.from('{"batchId":"b","logGroup":"linux"}'));
  const record = Buffer.from(`line of ${number}`);
  builder.addRecord({ originIndex, flags: 0, receivedAtUs: createdUs - 1, sequence: 0, notes: null, record });
  const built = builder.finish();
  const content = joinSegments([{ segmentId: 's', ...built }]);
  const dataKey = { id: 'k1', key: Buffer.alloc(32, 5) };
  const place = { tenantId, block: number, policy: 'default', keepUntilUs: 'never', createdUs } as const;
  const nonce = Buffer.alloc(12, number);
  const { headerBytes } = encodeBlock({ ...content, ...place, dataKey, nonce, maskingVersion: 'v1' });
  return { payload: built.payload, header: headerBytes };
}

const change = (entry: number, old: string, next: string): Buffer =>
  encodeStatement({
    tenantId,
    entry,
    createdUs,
    kind: signingKeyKind,
    content: keyChangeContent({ old, new: next, reason: 'yearly', who: 'Akashi' }),
  });

/** Entries 1 and 3 change the key; the proof is about the block in entry 4. */
async function proofOf(signers: readonly KeyObject[]): Promise<EventProof> {
  const proven = block(4);
  const entries = [block(0).header, change(1, first, second), block(2).header, change(3, second, third), proven.header];
  const files = new Map<string, Uint8Array>();
  let edge = emptyLogEdge;
  let checkpoint = '';
  for (const [index, entry] of entries.entries()) {
    const grown = appendToLog(edge, [entry]);
    for (const { path, bytes } of grown.objects) files.set(path, bytes);
    edge = grown.edge;
    checkpoint = signCheckpoint({ origin, size: index + 1, root: grown.root }, signers[index] ?? foreign);
    files.set(checkpointPath(index + 1), Buffer.from(checkpoint));
  }
  const read = (path: string): Promise<Uint8Array | null> => Promise.resolve(files.get(path) ?? null);
  const built = await buildEventProof({ ...proven, leaf: 0, checkpoint, read, keyChanges: [1, 3] });
  if (!built.ok) throw new Error(built.code);
  return JSON.parse(JSON.stringify(built.proof)) as EventProof;
}

const right = [keys[0], keys[0], keys[1], keys[1], keys[2]];
const failing = (proof: EventProof, key: string): string[] =>
  checkEventProof(proof, key, { sha256, verifyEd25519 })
    .steps.filter(({ ok }) => !ok)
    .map(({ code }) => code);

it('holds for every key of the log', async () => {
  const proof = await proofOf(right);
  expect(names.map((key) => failing(proof, key))).toEqual([[], [], []]);
});

it('holds for the newest key alone when it does not say how the key changed', async () => {
  const { keyChanges: _, ...proof } = await proofOf(right);
  expect(names.map((key) => failing(proof, key).length)).toEqual([1, 1, 0]);
});

it('does not hold for a change that the old key did not sign', async () => {
  const proof = await proofOf([keys[0], foreign, keys[1], keys[1], keys[2]]);
  expect(failing(proof, first)).toEqual(['checkpoint-signature']);
  expect(failing(proof, second)).toEqual([]);
});

it('does not hold for anything else in the place of a change', async () => {
  const proof = await proofOf(right);
  const [one, two] = proof.keyChanges ?? [];
  if (one === undefined || two === undefined) throw new Error('no changes');
  const spoilt: unknown[] = [
    [two],
    [two, one],
    [{ ...one, statement: two.statement }, two],
    [{ ...one, logPath: [] }, two],
    [{ ...one, checkpoint: two.checkpoint }, two],
    [{ ...one, statement: one.statement.replace('yearly', 'weekly') }, two],
    [null],
    'x',
    [{ ...one, logPath: ['AA=='] }, two],
  ];
  for (const keyChanges of spoilt) {
    expect(failing({ ...proof, keyChanges } as EventProof, first)).toEqual(['checkpoint-signature']);
  }
});
