/** Writes small archives the way the format describes them, for tests and measurements. */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  appendToLog,
  checkpointPath,
  createBlockBuilder,
  emptyLogEdge,
  encodeBlock,
  formatDescription,
  formatVerifierKey,
  logOrigin,
  signCheckpoint,
  type LogEdge,
} from '@akashi/integrity';

export const tenantId = '7b0c3f3a-58a8-4b6a-9f3e-0d8f0a4a2f11';
export const startUs = Date.UTC(2026, 10, 21, 23, 50) * 1000;
export const dataKeyId = 'data-0001-abcdef01';
export const dataKey = Buffer.alloc(32, 5);

export function keyFromSeed(byte: number): KeyObject {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, byte)]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}

export const signingKey = keyFromSeed(1);
export const verifierKey = formatVerifierKey(logOrigin(tenantId), createPublicKey(signingKey));

export interface WrittenArchive {
  folder: string;
  edge: LogEdge;
  blockObjects: string[];
  checkpoints: string[];
}

export interface ArchivePlan {
  blocks: number;
  /** Records of a block; 0 makes a heartbeat. */
  records?: (block: number) => string[];
  stepUs?: (block: number) => number;
  key?: KeyObject;
}

/** One block, as it is stored and as its log has it. */
export function makeBlock(block: number, createdUs: number, lines: readonly string[]) {
  const builder = createBlockBuilder();
  lines.forEach((line, sequence) => {
    const originIndex = builder.addOrigin(Buffer.from(`{"batchId":"b${block}-${sequence % 2}","logGroup":"linux"}`));
    const receivedAtUs = createdUs - 1_000_000 + sequence;
    builder.addRecord({ originIndex, flags: 0, receivedAtUs, sequence, notes: null, record: Buffer.from(line) });
  });
  const built = builder.finish();
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(block, 8);
  return encodeBlock({
    ...built,
    tenantId,
    block,
    segmentId: lines.length === 0 ? null : `segment-${block}`,
    records: built.recordCount,
    createdUs,
    dataKey: { id: dataKeyId, key: dataKey },
    nonce,
    maskingVersion: 'v1',
  });
}

export function writeObject(folder: string, object: string, bytes: Uint8Array | string): void {
  const path = join(folder, object);
  mkdirSync(dirname(path), { recursive: true });
  // As the archive does: an object appears whole or not at all, so that a check may run meanwhile.
  const incoming = `${folder}.incoming`;
  writeFileSync(incoming, bytes);
  renameSync(incoming, path);
}

const linesOf = (block: number): string[] =>
  block % 4 === 3 ? [] : Array.from({ length: 3 + (block % 5) }, (_, line) => `block ${block} line ${line} ログ`);

/** What the writer does with one object; without bytes it takes away the partial tiles that a full tile made needless. */
export interface ArchiveStep {
  object: string;
  bytes: Uint8Array | string | null;
}

/** Every durable step of the writer in its order, from the first block to the last pointer: a crash may fall between any two. */
export function* archiveSteps(plan: ArchivePlan): Generator<ArchiveStep, LogEdge, undefined> {
  let edge = emptyLogEdge;
  let createdUs = startUs;
  for (let block = 0; block < plan.blocks; block++) {
    createdUs += plan.stepUs?.(block) ?? 60_000_000;
    const made = makeBlock(block, createdUs, (plan.records ?? linesOf)(block));
    yield { object: made.key, bytes: made.object };
    if (block === 0) {
      yield { object: 'format.md', bytes: formatDescription };
      yield { object: 'verifier-key.txt', bytes: `${verifierKey}\n` };
    }
    const grown = appendToLog(edge, [made.headerBytes]);
    for (const { path, bytes } of grown.objects) yield { object: `log/${path}`, bytes };
    const head = { origin: logOrigin(tenantId), size: block + 1, root: grown.root };
    const checkpoint = signCheckpoint(head, plan.key ?? signingKey);
    yield { object: `log/${checkpointPath(head.size)}`, bytes: checkpoint };
    yield { object: 'log/checkpoint', bytes: checkpoint };
    for (const { path } of grown.objects) {
      if (!path.includes('.p/')) yield { object: `log/${path}.p`, bytes: null };
    }
    edge = grown.edge;
  }
  return edge;
}

/** Writes a whole archive, one block and one checkpoint at a time. */
export function writeArchive(folder: string, plan: ArchivePlan): WrittenArchive {
  const blockObjects: string[] = [];
  const checkpoints: string[] = [];
  const steps = archiveSteps(plan);
  let step = steps.next();
  for (; step.done !== true; step = steps.next()) {
    const { object, bytes } = step.value;
    if (bytes === null) rmSync(join(folder, object), { recursive: true });
    else writeObject(folder, object, bytes);
    if (object.startsWith('blocks/')) blockObjects.push(object);
    if (object === 'log/checkpoint') checkpoints.push(String(bytes));
  }
  return { folder, edge: step.value, blockObjects, checkpoints };
}
