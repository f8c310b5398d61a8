/** The whole check of one tenant's evidence, in the order that lets each finding be named once. */
import { availableParallelism } from 'node:os';
import { formatDescription, formatDescriptionV1 } from '@akashi/integrity';
import { openBlockPool } from './block-pool.ts';
import { Findings } from './findings.ts';
import { readObject } from './read-object.ts';
import { openStore, type Store } from './read-store.ts';
import { createBlockVerifier, type BlockChecks, type BlockTotals } from './verify-blocks.ts';
import {
  checkNewerCheckpoints,
  findHead,
  hasNewerHead,
  listKeptCheckpoints,
  listNewerCheckpoints,
  newestCheckpoint,
  readNewestHead,
  type SignedHead,
} from './verify-checkpoints.ts';
import { verifyLog, type HeldCheckpoint } from './verify-log.ts';
import { listNewerTiles } from './verify-tiles.ts';
import { checkUnfinished } from './verify-unfinished.ts';

export interface VerifyRequest {
  folder: string;
  tenantId: string;
  verifierKey: string;
  dataKeys: ReadonlyMap<string, Uint8Array> | null;
  held: HeldCheckpoint | null;
  /** Whether to tell what is in each proven block, in memory that grows with their number. */
  describes?: boolean;
  /** How many threads may check blocks, and from how many stored bytes on; left out: as the machine and the work ask for. */
  threads?: { count: number; fromBytes: number };
}

export interface Verification extends BlockTotals {
  tenantId: string;
  head: SignedHead | null;
  findings: Findings;
  recordsOpened: boolean;
}

/** Never throws for what is in the folder: an object that cannot be read is a finding. */
export async function verifyArchive(request: VerifyRequest): Promise<Verification> {
  const findings = new Findings();
  const store = openStore(request.folder, ({ object, reason }) =>
    findings.problem({ code: 'unreadable', object: object === '' ? '.' : object, fact: reason }),
  );
  const { tenantId } = request;
  const result: Verification = {
    tenantId,
    head: null,
    blocks: 0,
    records: 0,
    sealed: null,
    findings,
    recordsOpened: request.dataKeys !== null,
  };
  await verifyInto(result, request, store);
  return result;
}

async function verifyInto(result: Verification, request: VerifyRequest, store: Store): Promise<void> {
  const { findings } = result;
  const checks = { store, findings, verifierKey: request.verifierKey };
  if (nothingIsSealed(store)) {
    findings.problem({ code: 'not-sealed', object: newestCheckpoint });
    return;
  }
  const kept = listKeptCheckpoints(checks);
  const found = findHead(checks, kept);
  if (found === null) return;
  const { head } = found;
  result.head = head;
  if (request.held !== null && request.held.head.size > head.size) {
    findings.problem({
      code: 'log-truncated',
      object: newestCheckpoint,
      fact: `${head.size} ${request.held.head.size}`,
    });
  }

  const { tenantId } = request;
  const describes = request.describes === true;
  const blocks = createBlockVerifier({ store, findings, tenantId, describes, ...threadsOf(request) });
  const hasGrown = (): boolean => hasNewerHead(checks, head);
  try {
    for (const entry of verifyLog({ ...checks, head, held: request.held, kept: kept.sizes, hasGrown })) {
      const room = blocks.verify(entry);
      if (room !== null) await room;
    }
  } finally {
    await blocks.finish();
  }
  Object.assign(result, blocks.totals);

  // List first, then look how far the log has come: what was sealed meanwhile must not look foreign.
  const sizes = listNewerCheckpoints(checks, head);
  const tiles = listNewerTiles(checks, head);
  const unnamed = blocks.folders.unnamed();
  const newest = readNewestHead(checks, found);
  checkNewerCheckpoints(checks, sizes, newest);
  await checkUnfinished({ store, findings, tenantId, newest }, { blocks: unnamed, tiles, sealedBlocks: head.size });
  checkCompanions(checks);
}

/** All that can lie in an archive before its first checkpoint. */
const beforeFirstCheckpoint =
  /^(?:blocks\/\d{4}\/\d{2}\/\d{2}\/0{12}\.akb|log\/(?:tile\/(?:0|entries)\/000\.p\/1|checkpoints\/1))$/;

function nothingIsSealed(store: Store): boolean {
  for (const folder of ['log', 'blocks']) {
    for (const object of store.walk(folder)) if (!beforeFirstCheckpoint.test(object)) return false;
  }
  return true;
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
  const differs = (name: string, ...expected: string[]): boolean => {
    const bytes = readObject({ store, findings }, name);
    return typeof bytes !== 'string' && !expected.some((text) => bytes.equals(Buffer.from(text, 'utf8')));
  };
  for (const name of store.names('')) {
    if (name === 'blocks' || name === 'log') continue;
    if (name === 'format.md' || name === 'format-2.md') {
      const texts = name === 'format.md' ? [formatDescription, formatDescriptionV1] : [formatDescription];
      if (differs(name, ...texts)) findings.warning({ code: 'format-text-differs', object: name });
    } else if (name === 'verifier-key.txt') {
      if (differs(name, `${verifierKey}\n`)) findings.problem({ code: 'verifier-key-differs', object: name });
    } else findings.warning({ code: 'unknown-file', object: name });
  }
}
