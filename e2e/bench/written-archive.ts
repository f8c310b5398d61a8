import { createPublicKey, generateKeyPairSync, randomBytes, randomUUIDv7 } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  appendToLog,
  checkpointPath,
  createSegmentBuilder,
  emptyLogEdge,
  encodeBlock,
  formatDescription,
  formatVerifierKey,
  logOrigin,
  joinSegments,
  signCheckpoint,
  type BuiltSegment,
} from '@akashi/integrity';
import { encodeBatchOrigin } from '@akashi/log-event';

/** One sealed block with what a proof of one of its records needs. */
export interface WrittenBlock {
  readonly header: Buffer;
  readonly built: BuiltSegment;
}

export interface WrittenArchive {
  readonly folder: string;
  readonly verifierKey: string;
  readonly dataKeyFile: string;
  readonly checkpoint: string;
  readonly lastBlock: WrittenBlock;
  readonly blockBytes: number;
  readonly readLog: (path: string) => Promise<Uint8Array | null>;
  remove(): Promise<void>;
}

export interface ArchivePlan {
  /** The archive grows until its objects hold so many bytes. */
  readonly bytes: number;
  /** The records of a few blocks; further blocks repeat them under other numbers, nonces and headers. */
  readonly contents: readonly (readonly Buffer[])[];
}

const recordsPerOrigin = 1_000;

function buildSegment(block: number, receivedAtUs: number, records: readonly Buffer[]): BuiltSegment {
  const builder = createSegmentBuilder();
  const source = { id: 'bench', kind: 'http', address: '127.0.0.1' } as const;
  let originIndex = 0;
  for (const [index, record] of records.entries()) {
    const sequence = index % recordsPerOrigin;
    if (sequence === 0) {
      const batchId = `${block}-${index}`;
      originIndex = builder.addOrigin(encodeBatchOrigin({ batchId, logGroup: 'bench', logStream: 'all', source }));
    }
    builder.addRecord({ originIndex, flags: 0, receivedAtUs, sequence, notes: null, record });
  }
  return builder.finish();
}

/** Writes one tenant's evidence as the product does, block after block, with keys of its own. */
export async function writeArchive(plan: ArchivePlan): Promise<WrittenArchive> {
  const home = await mkdtemp(join(tmpdir(), 'akashi-b6-'));
  const folder = join(home, 'archive');
  const tenantId = randomUUIDv7();
  const dataKey = { id: 'data-0001-00000000', key: randomBytes(32) };
  const { privateKey } = generateKeyPairSync('ed25519');
  const verifierKey = formatVerifierKey(logOrigin(tenantId), createPublicKey(privateKey));
  const write = async (path: string, bytes: Uint8Array | string): Promise<void> => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes);
  };
  await write('format.md', formatDescription);
  await write('verifier-key.txt', `${verifierKey}\n`);
  const dataKeyFile = join(home, 'data.key');
  await writeFile(dataKeyFile, `akashi-data-key ${dataKey.id} ${dataKey.key.toString('base64')}\n`, { mode: 0o600 });
  const startUs = Date.UTC(2026, 10, 22) * 1000;
  const builts = plan.contents.map((records, index) => buildSegment(index, startUs, records));
  let writtenBytes = 0;
  let edge = emptyLogEdge;
  let checkpoint = '';
  let lastBlock: WrittenBlock | undefined;
  const logFiles = new Map<string, Uint8Array>();
  for (let block = 0; writtenBytes < plan.bytes; block += 1) {
    const createdUs = startUs + block * 1_000_000;
    const built = builts[block % builts.length];
    if (built === undefined) throw new Error('an archive needs records');
    const { body, headerBytes, object, key } = encodeBlock({
      ...joinSegments([{ segmentId: randomUUIDv7(), ...built }]),
      tenantId,
      block,
      policy: 'default',
      keepUntilUs: 'never',
      createdUs,
      dataKey,
      nonce: randomBytes(12),
      maskingVersion: 'bench',
    });
    await write(key, object);
    writtenBytes += body.length;
    const growth = appendToLog(edge, [headerBytes]);
    for (const { path, bytes } of growth.objects) {
      logFiles.set(path, bytes);
      await write(`log/${path}`, bytes);
    }
    edge = growth.edge;
    checkpoint = signCheckpoint({ origin: logOrigin(tenantId), size: edge.size, root: growth.root }, privateKey);
    // One a second: the first of each hour is kept.
    if (block % 3_600 === 0) await write(`log/${checkpointPath(edge.size)}`, checkpoint);
    lastBlock = { header: headerBytes, built };
  }
  await write('log/checkpoint', checkpoint);
  if (lastBlock === undefined) throw new Error('an archive without blocks proves nothing');
  return {
    folder,
    verifierKey,
    dataKeyFile,
    checkpoint,
    lastBlock,
    blockBytes: writtenBytes,
    readLog: (path) => Promise.resolve(logFiles.get(path) ?? null),
    remove: () => rm(home, { recursive: true }),
  };
}
