/** The whole check of one tenant's evidence, in the order that lets each finding be named once. */
import { availableParallelism } from 'node:os';
import {
  formatDescription,
  formatDescriptionV1,
  formatDescriptionV2,
  formatDescriptionV3,
  reviewsDescription,
  timeStampsDescription,
} from '@akashi/integrity';
import { installationLogDescription } from '@akashi/integrity/installation-log';
import { openBlockPool } from './block-pool.ts';
import type { DataKeys } from './check-block.ts';
import { Findings } from './findings.ts';
import { readObject } from './read-object.ts';
import { KeyChain, type SigningKeyChange } from './key-chain.ts';
import { folderModule, openFolder } from './folder-source.ts';
import type { ObjectSource, SourceModule, UnreadableError } from './object-source.ts';
import { openStore, type Store } from './object-store.ts';
import { createBlockVerifier, type BlockChecks, type BlockTotals } from './verify-blocks.ts';
import {
  checkNewerCheckpoints,
  findHead,
  listKeptCheckpoints,
  listNewerCheckpoints,
  newestCheckpoint,
  readNewestHead,
  readNewestSize,
  type SignedHead,
} from './verify-checkpoints.ts';
import { openTimeStamps, type TimeStampRequest, type TimeStampTotals } from './time-stamps/verify-time-stamps.ts';
import { verifyLog, type HeldCheckpoint, type HeldOutcome } from './verify-log.ts';
import { listNewerTiles } from './verify-tiles.ts';
import type { OwnLine } from './reviews/own-lines.ts';
import { verifyReviews, type ReviewTotals } from './reviews/verify-reviews.ts';
import { openWitnesses, type WitnessRequest, type WitnessTotals } from './witnesses/verify-witnesses.ts';
import { checkUnfinished } from './verify-unfinished.ts';

/** Where the evidence lies. */
export interface EvidencePlace {
  /** Opens it; to be told of folders that cannot be listed. */
  open: (unreadable: (folder: UnreadableError) => void) => ObjectSource;
  /** How a thread opens it for itself; null when blocks are to be checked in this thread. */
  threadSource: SourceModule | null;
}

/** The place of a folder. */
export function inFolder(folder: string): EvidencePlace {
  return { open: (unreadable) => openFolder(folder, unreadable), threadSource: folderModule(folder) };
}

export interface VerifyRequest extends EvidencePlace {
  tenantId: string;
  verifierKey: string;
  /** Null leaves the records unopened. Threads are given a map. */
  dataKeys: DataKeys | ReadonlyMap<string, Uint8Array> | null;
  held: HeldCheckpoint | null;
  /** Time stamps kept outside, and whom to trust; left out: those of the archive, by the certificates that came with them. */
  timeStamps?: TimeStampRequest;
  /** Who has to have witnessed the log; left out: slot proofs are not looked at. */
  witnesses?: WitnessRequest;
  /** Whether to tell what is in each proven block, in memory that grows with their number. */
  describes?: boolean;
  /** How many threads may check blocks, and from how many stored bytes on; left out: as the machine and the work ask for. */
  threads?: { count: number; fromBytes: number };
}

export interface Verification extends Pick<
  BlockTotals,
  'blocks' | 'records' | 'statements' | 'disposed' | 'destroyed' | 'tombstones' | 'sealed'
> {
  tenantId: string;
  head: SignedHead | null;
  findings: Findings;
  recordsOpened: boolean;
  /** What became of the checkpoint that was kept outside; null without one. */
  since: HeldOutcome | null;
  /** Null when there are no time stamps. */
  timeStamps: TimeStampTotals | null;
  /** Null when nobody asked. */
  witnesses: WitnessTotals | null;
  /** Log review records with their signatures, and files of reports; null without data keys. */
  reviews: ReviewTotals | null;
  /** The records of `akashi/reviews` and `akashi/reports`, in the order of the log. */
  ownLines: readonly OwnLine[];
  /** Changes of the signing key, oldest first; each is signed by the key before it when there is no problem. */
  keyChanges: readonly SigningKeyChange[];
}

/** The checkpoint that was kept outside is not signed by the key that has to sign a log of its size. */
export class HeldCheckpointError extends Error {
  override readonly name = 'HeldCheckpointError';
}

/** Never throws for what is in the evidence: an object that cannot be read is a finding. Throws what a store that is away said. */
export async function verifyArchive(request: VerifyRequest): Promise<Verification> {
  const findings = new Findings();
  const told = new Set<string>();
  const unreadable = ({ object, reason }: UnreadableError): void => {
    if (told.has(object)) return;
    told.add(object);
    findings.problem({ code: 'unreadable', object: object === '' ? '.' : object, fact: reason });
  };
  const store = openStore(request.open(unreadable), unreadable);
  const { tenantId } = request;
  const result: Verification = {
    tenantId,
    head: null,
    blocks: 0,
    records: 0,
    statements: 0,
    disposed: { blocks: 0, records: 0, statements: 0, firstBlock: null },
    destroyed: { entry: null, keys: 0, blocks: 0, records: 0 },
    tombstones: { records: 0, blocks: 0, statements: 0, originalsLeft: 0 },
    sealed: null,
    findings,
    recordsOpened: request.dataKeys !== null,
    since: request.held === null ? null : 'undecided',
    timeStamps: null,
    witnesses: null,
    reviews: null,
    ownLines: [],
    keyChanges: [],
  };
  await verifyInto(result, request, store);
  return result;
}

async function verifyInto(result: Verification, request: VerifyRequest, store: Store): Promise<void> {
  const { findings } = result;
  const keys = new KeyChain(store, request);
  const checks = { store, findings, keys };
  if (await nothingIsSealed(store)) {
    findings.problem({ code: 'not-sealed', object: newestCheckpoint });
    return;
  }
  const kept = await listKeptCheckpoints(checks);
  const found = await findHead(checks, kept);
  if (found === null) return;
  const { head } = found;
  result.head = head;
  result.keyChanges = keys.changes;
  if (request.held?.note !== undefined && !(await keys.verify(request.held.note)).ok) throw new HeldCheckpointError();
  if (request.held?.head.size === 0) result.since = 'continued';
  if (request.held !== null && request.held.head.size > head.size) {
    result.since = 'truncated';
    findings.problem({
      code: 'log-truncated',
      object: newestCheckpoint,
      fact: `${head.size} ${request.held.head.size}`,
    });
  }

  const { tenantId } = request;
  const describes = request.describes === true;
  const blocks = createBlockVerifier({
    store,
    findings,
    tenantId,
    describes,
    size: head.size,
    ...threadsOf(request),
  });
  const stamps = await openTimeStamps({ store, findings, request: request.timeStamps ?? { trusted: null, held: [] } });
  const witnesses = await openWitnesses({ store, findings, tenantId, request: request.witnesses });
  const { atSize } = witnesses;
  const newestSize = (): Promise<number> => readNewestSize(checks);
  const tellHeld = (outcome: HeldOutcome): void => void (result.since = outcome);
  try {
    const log = verifyLog({ ...checks, head, held: request.held, tellHeld, atSize, kept: kept.sizes, newestSize });
    for await (const entry of log) {
      stamps.see(entry);
      await blocks.verify(entry);
    }
  } finally {
    await blocks.finish();
  }
  result.timeStamps = await stamps.finish(head.size);
  result.witnesses = witnesses.finish(head.size);
  const { ownLines, ownObjects, silences, ...totals } = blocks.totals;
  Object.assign(result, totals, { ownLines });

  // List first, then look how far the log has come: what was sealed meanwhile must not look foreign.
  const sizes = await listNewerCheckpoints(checks, head);
  const tiles = await listNewerTiles(checks, head);
  const unnamed = (await blocks.folders.unnamed()).filter(({ object }) => !blocks.replacementKeys.has(object));
  const newest = await readNewestHead(checks, found);
  await checkNewerCheckpoints(checks, sizes, newest);
  await checkUnfinished({ store, findings, tenantId, newest }, { blocks: unnamed, tiles, sealedBlocks: head.size });
  await checkCompanions({ store, findings, verifierKey: keys.keys[0] ?? request.verifierKey });
  const { dataKeys } = request;
  // Of keys that are destroyed nothing can be opened that would name a review or a report.
  if (dataKeys === null || (totals.destroyed.entry !== null && ownLines.length === 0)) return;
  const objectOf = (block: number): string => ownObjects.get(block) ?? 'blocks';
  result.reviews = await verifyReviews({
    ...checks,
    verifierKeys: keys.keys,
    tenantId,
    dataKeys,
    lines: ownLines,
    silences,
    objectOf,
    firstDisposed: totals.disposed.firstBlock,
  });
}

/** All that can lie in an archive before its first checkpoint. */
const beforeFirstCheckpoint =
  /^(?:blocks\/\d{4}\/\d{2}\/\d{2}\/0{12}\.akb|log\/(?:tile\/(?:0|entries)\/000\.p\/1|checkpoints\/1))$/;

async function nothingIsSealed(store: Store): Promise<boolean> {
  for (const folder of ['log', 'blocks']) {
    for await (const object of store.walk(folder)) if (!beforeFirstCheckpoint.test(object)) return false;
  }
  return true;
}

/** What a thread costs to start is worth it after about a tenth of a second of checking. */
const aloneBytes = { withoutKey: 48 * 1024 * 1024, withKey: 2 * 1024 * 1024 };
const mostThreads = 8;

function threadsOf({
  threadSource,
  dataKeys,
  threads,
}: VerifyRequest): Pick<BlockChecks, 'dataKeys' | 'openPool' | 'aloneBytes'> {
  const count = threads?.count ?? Math.min(availableParallelism(), mostThreads);
  const ofThreads = dataKeys === null || dataKeys instanceof Map ? dataKeys : undefined;
  const mayOpen = count > 1 && threadSource !== null && ofThreads !== undefined;
  return {
    dataKeys,
    openPool: mayOpen ? () => openBlockPool({ source: threadSource, dataKeys: ofThreads, threads: count }) : null,
    aloneBytes: threads?.fromBytes ?? (dataKeys === null ? aloneBytes.withoutKey : aloneBytes.withKey),
  };
}

/** What each text beside the evidence may say. */
const descriptions: Readonly<Record<string, readonly string[]>> = {
  'format.md': [formatDescription, formatDescriptionV3, formatDescriptionV2, formatDescriptionV1],
  'format-2.md': [formatDescriptionV2],
  'format-3.md': [formatDescriptionV3],
  'format-4.md': [formatDescription],
  'format-reviews.md': [reviewsDescription],
  'format-timestamps.md': [timeStampsDescription],
  'format-witnesses.md': [installationLogDescription],
};

const companionFolders: ReadonlySet<string> = new Set(['blocks', 'log', 'reports', 'timestamps', 'witness']);

/** What lies beside the evidence: the description, a copy of the key, and whatever else. */
async function checkCompanions({
  store,
  findings,
  verifierKey,
}: {
  store: Store;
  findings: Findings;
  verifierKey: string;
}): Promise<void> {
  const differs = async (name: string, ...expected: string[]): Promise<boolean> => {
    const bytes = await readObject({ store, findings }, name);
    return typeof bytes !== 'string' && !expected.some((text) => bytes.equals(Buffer.from(text, 'utf8')));
  };
  for (const name of await store.names('')) {
    if (companionFolders.has(name)) continue;
    const texts = descriptions[name];
    if (texts !== undefined) {
      if (await differs(name, ...texts)) findings.warning({ code: 'format-text-differs', object: name });
    } else if (name === 'verifier-key.txt') {
      if (await differs(name, `${verifierKey}\n`)) findings.problem({ code: 'verifier-key-differs', object: name });
    } else findings.warning({ code: 'unknown-file', object: name });
  }
}
