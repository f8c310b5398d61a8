/** The whole check of one tenant's evidence, in the order that lets each finding be named once. */
import { availableParallelism } from 'node:os';
import {
  decodeBlockHeader,
  blockKey,
  checkBlockBody,
  formatDescription,
  splitBlockObject,
  type TreeHead,
} from '@akashi/integrity';
import { openBlockPool } from './block-pool.ts';
import { Findings } from './findings.ts';
import { openStore, UnreadableError, type Store } from './read-store.ts';
import { createBlockVerifier, type BlockChecks, type BlockTotals } from './verify-blocks.ts';
import {
  checkNewerCheckpoints,
  findHead,
  listNewerCheckpoints,
  newestCheckpoint,
  readNewestHead,
} from './verify-checkpoints.ts';
import { verifyLog, type HeldCheckpoint } from './verify-log.ts';
import { checkNewerTiles, listNewerTiles } from './verify-tiles.ts';

export interface VerifyRequest {
  folder: string;
  tenantId: string;
  verifierKey: string;
  dataKeys: ReadonlyMap<string, Uint8Array> | null;
  held: HeldCheckpoint | null;
  /** How many threads may check blocks, and from how many stored bytes on; left out: as the machine and the work ask for. */
  threads?: { count: number; fromBytes: number };
}

export interface Verification extends BlockTotals {
  tenantId: string;
  head: TreeHead | null;
  findings: Findings;
  recordsOpened: boolean;
}

/** Never throws for what is in the folder: an object that cannot be read is a finding. */
export async function verifyArchive(request: VerifyRequest): Promise<Verification> {
  const findings = new Findings();
  const store = openStore(request.folder);
  const { tenantId } = request;
  const result: Verification = {
    tenantId,
    head: null,
    blocks: 0,
    records: 0,
    findings,
    recordsOpened: request.dataKeys !== null,
  };
  try {
    await verifyInto(result, request, store);
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    findings.problem({ code: 'unreadable', object: error.object, fact: error.reason });
  }
  return result;
}

async function verifyInto(result: Verification, request: VerifyRequest, store: Store): Promise<void> {
  const { findings } = result;
  const checks = { store, findings, verifierKey: request.verifierKey };
  if (store.names('log').length === 0 && store.names('blocks').length === 0) {
    findings.problem({ code: 'not-sealed', object: newestCheckpoint });
    return;
  }
  const head = findHead(checks);
  result.head = head;
  if (head === null) return;
  if (request.held !== null && request.held.head.size > head.size) {
    findings.problem({
      code: 'log-truncated',
      object: newestCheckpoint,
      fact: `${head.size} ${request.held.head.size}`,
    });
  }

  const blocks = createBlockVerifier({ store, findings, tenantId: request.tenantId, ...threadsOf(request) });
  try {
    for (const entry of verifyLog({ ...checks, head, held: request.held })) {
      const room = blocks.verify(entry);
      if (room !== null) await room;
    }
  } finally {
    await blocks.finish();
  }
  result.blocks = blocks.totals.blocks;
  result.records = blocks.totals.records;

  // List first, then look how far the log has come: what was sealed meanwhile must not look foreign.
  const sizes = listNewerCheckpoints(checks, head);
  const tiles = listNewerTiles(checks, head);
  const unnamed = blocks.folders.unnamed();
  const newest = readNewestHead(checks, head);
  checkNewerCheckpoints(checks, sizes, newest);
  checkNewerTiles(checks, tiles, newest);
  for (const { object, block } of unnamed) {
    checkUnnamedBlock(object, { block, head, newest, store, findings, tenantId: request.tenantId });
  }
  checkCompanions(checks);
}

/** What a thread costs to start is worth it after about a tenth of a second of checking. */
const aloneBytes = { withoutKey: 48 * 1024 * 1024, withKey: 2 * 1024 * 1024 };
const mostThreads = 8;

function threadsOf({
  folder,
  dataKeys,
  threads,
}: VerifyRequest): Pick<BlockChecks, 'dataKeys' | 'openPool' | 'aloneBytes'> {
  const count = threads?.count ?? Math.min(availableParallelism(), mostThreads);
  return {
    dataKeys,
    openPool: count < 2 ? null : () => openBlockPool({ folder, dataKeys, threads: count }),
    aloneBytes: threads?.fromBytes ?? (dataKeys === null ? aloneBytes.withoutKey : aloneBytes.withKey),
  };
}

interface UnnamedBlock {
  block: number | null;
  head: TreeHead;
  newest: TreeHead;
  store: Store;
  findings: Findings;
  tenantId: string;
}

/**
 * An object that no entry names is what a crash left (exactly the next number, whole and at its place), or was sealed
 * while the check ran, or does not belong here.
 */
function checkUnnamedBlock(object: string, place: UnnamedBlock): void {
  const { block, head, newest, store, findings } = place;
  if (block === null || block < head.size || block > newest.size) {
    findings.problem({ code: 'unexpected-object', object });
    return;
  }
  if (block < newest.size) return;
  const bytes = store.read(object);
  const split = bytes === null ? null : splitBlockObject(bytes);
  const whole =
    split?.ok === true &&
    split.header.tenantId === place.tenantId &&
    split.header.block === block &&
    blockKey(block, split.header.createdUs) === object &&
    decodeBlockHeader(split.headerBytes).ok &&
    checkBlockBody(split.header, split.body) === 'ok';
  if (whole) findings.warning({ code: 'not-yet-sealed', object, fact: String(block) });
  else if (bytes !== null) findings.problem({ code: 'unexpected-object', object });
}

/** What lies beside the evidence: the description, a copy of the key, and whatever else. */
function checkCompanions({
  store,
  findings,
  verifierKey,
}: {
  store: Store;
  findings: Findings;
  verifierKey: string;
}): void {
  for (const name of store.names('')) {
    if (name === 'blocks' || name === 'log') continue;
    if (name === 'format.md') {
      const same = store.read(name)?.equals(Buffer.from(formatDescription, 'utf8')) ?? true;
      if (!same) findings.warning({ code: 'format-text-differs', object: name });
    } else if (name === 'verifier-key.txt') {
      const same = store.read(name)?.toString('utf8') === `${verifierKey}\n`;
      if (!same) findings.problem({ code: 'verifier-key-differs', object: name });
    } else findings.warning({ code: 'unknown-file', object: name });
  }
}
