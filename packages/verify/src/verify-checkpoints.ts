/** Checkpoints: who signed them, and which one the verification stands on. */
import { checkpointPath, parseCheckpoint, type TreeHead } from '@akashi/integrity';
import { Findings, type ProblemCode } from './findings.ts';
import type { ChainedCheckpoint, KeyChain } from './key-chain.ts';
import { KeptSizes } from './kept-sizes.ts';
import { readObject } from './read-object.ts';
import type { Store } from './object-store.ts';

export const newestCheckpoint = 'log/checkpoint';

/** A tree head with the note that signs it. */
export interface SignedHead extends TreeHead {
  note: string;
}

export interface CheckpointChecks {
  store: Store;
  findings: Findings;
  /** Which key signs what. */
  keys: KeyChain;
}

export function checkpointObject(size: number): string {
  return `log/${checkpointPath(size)}`;
}

const codeOf: Record<Exclude<ChainedCheckpoint, { ok: true }>['code'], ProblemCode> = {
  malformed: 'checkpoint-altered',
  'malformed-key': 'checkpoint-altered',
  'bad-signature': 'checkpoint-altered',
  'other-origin': 'checkpoint-other-log',
  'unknown-key': 'checkpoint-other-key',
  'retired-key': 'checkpoint-retired-key',
  'handover-unsigned': 'key-change-unsigned',
};

/** The tree that a signed checkpoint commits to; null after reporting why it commits to nothing. */
export async function readCheckpoint(checks: CheckpointChecks, object: string): Promise<SignedHead | null> {
  const note = await readNote(checks, object);
  if (note === 'unreadable') return null;
  if (note === 'absent') {
    checks.findings.problem({ code: 'checkpoint-missing', object });
    return null;
  }
  const verified = await checks.keys.verify(note);
  if (verified.ok) {
    const { origin, size, root } = verified.checkpoint;
    return { origin, size, root, note: note.toString('utf8') };
  }
  const code = codeOf[verified.code];
  const origin = verified.code === 'other-origin' ? originOf(note) : undefined;
  checks.findings.problem({ code, object, ...(origin === undefined ? {} : { fact: origin }) });
  return null;
}

/** A note that stays as it is while the keys are looked up. */
async function readNote(
  checks: Pick<CheckpointChecks, 'store' | 'findings'>,
  object: string,
): ReturnType<typeof readObject> {
  const note = await readObject(checks, object);
  return typeof note === 'string' ? note : Buffer.from(note);
}

/** The log that a checkpoint says it is of. */
function originOf(note: Buffer): string | undefined {
  const parsed = parseCheckpoint(note);
  return parsed.ok ? parsed.checkpoint.origin : undefined;
}

/** The tree that the check stands on. */
export interface FoundHead {
  head: SignedHead;
  /** False when `log/checkpoint` cannot be trusted: what lies beyond the head may then be as it was sealed. */
  isNewest: boolean;
}

/**
 * The newest tree head. A crash, or a sealing under way, may leave `log/checkpoint` one behind: what was signed after it
 * is held against its checkpoint too. When `log/checkpoint` itself cannot be trusted, that is reported and the check goes
 * on from the newest kept checkpoint that can.
 */
export async function findHead(checks: CheckpointChecks, kept: KeptCheckpoints): Promise<FoundHead | null> {
  const head = await readCheckpoint(checks, newestCheckpoint);
  if (head !== null && !checks.keys.isVouchedFor(head.size)) {
    // An earlier key may only stand behind what the pinned key, or a later one, has signed over again.
    checks.findings.problem({ code: 'checkpoint-other-key', object: newestCheckpoint });
    return null;
  }
  if (head !== null) return { head: (await readTrusted(checks, head.size + 1)) ?? head, isNewest: true };
  for (const size of kept.largest) {
    const trusted = await readTrusted(checks, size);
    if (trusted !== null && checks.keys.isVouchedFor(size)) return { head: trusted, isNewest: false };
  }
  return null;
}

/** The kept checkpoint of that size, if it can be trusted; what is wrong with it is told where it is checked. */
async function readTrusted({ store, keys }: CheckpointChecks, size: number): Promise<SignedHead | null> {
  const silent = { store, findings: new Findings() };
  const note = await readNote(silent, checkpointObject(size));
  const verified = typeof note === 'string' ? null : await keys.verify(note);
  if (verified?.ok !== true || verified.checkpoint.size !== size) return null;
  return { ...verified.checkpoint, note: note.toString('utf8') };
}

/** The kept checkpoint of a size must be signed, be of that size, and commit to the root that the entries give. */
export async function checkKeptCheckpoint(checks: CheckpointChecks, size: number, root: Buffer): Promise<void> {
  const object = checkpointObject(size);
  const head = await readCheckpoint(checks, object);
  if (head === null) return;
  if (head.size !== size) checks.findings.problem({ code: 'checkpoint-altered', object });
  else if (!root.equals(head.root)) {
    checks.findings.problem({ code: 'checkpoint-root-mismatch', object, block: size - 1 });
  }
}

/** Which checkpoints are kept. */
export interface KeptCheckpoints {
  sizes: KeptSizes;
  /** The largest few, descending. */
  largest: number[];
}

export async function listKeptCheckpoints({ store }: Pick<CheckpointChecks, 'store'>): Promise<KeptCheckpoints> {
  const kept: KeptCheckpoints = { sizes: new KeptSizes(), largest: [] };
  for (const name of await store.names('log/checkpoints')) {
    const size = sizePattern.test(name) ? Number(name) : Number.NaN;
    // No log becomes longer: a name must not take memory away.
    if (Number.isNaN(size) || size > mostEntries) continue;
    kept.sizes.add(size);
    insertLargest(kept.largest, size);
  }
  return kept;
}

/** Sizes of kept checkpoints beyond the head; names that are no size are reported. */
export async function listNewerCheckpoints({ store, findings }: CheckpointChecks, head: TreeHead): Promise<number[]> {
  const sizes: number[] = [];
  for (const name of await store.names('log/checkpoints')) {
    const size = sizePattern.test(name) ? Number(name) : Number.NaN;
    if (Number.isNaN(size)) findings.problem({ code: 'unexpected-object', object: `log/checkpoints/${name}` });
    else if (size > head.size) sizes.push(size);
  }
  return sizes;
}

export interface NewestHead {
  head: TreeHead;
  /** Whether one more entry may lie in the archive, unsealed: not when the head is itself one beyond `log/checkpoint`. */
  mayBeFollowed: boolean;
  /** False when nothing tells where the log ends: see `FoundHead`. */
  isNewest: boolean;
}

/** What `log/checkpoint` commits to now; null when it cannot be trusted. */
async function readPointer({ store, keys }: CheckpointChecks): Promise<TreeHead | null> {
  const note = await readNote({ store, findings: new Findings() }, newestCheckpoint);
  const verified = typeof note === 'string' ? null : await keys.verify(note);
  return verified?.ok === true ? verified.checkpoint : null;
}

/** How large the log is now; 0 when `log/checkpoint` cannot be trusted. */
export async function readNewestSize(checks: CheckpointChecks): Promise<number> {
  return (await readPointer(checks))?.size ?? 0;
}

/** The newest head now: the log may have grown while it was checked. To be read after everything was listed. */
export async function readNewestHead(checks: CheckpointChecks, { head, isNewest }: FoundHead): Promise<NewestHead> {
  const again = await readPointer(checks);
  if (again === null) return { head, mayBeFollowed: true, isNewest };
  const { size } = again;
  if (size < head.size) {
    checks.findings.warning({ code: 'pointer-behind', object: newestCheckpoint, fact: String(head.size) });
    return { head, mayBeFollowed: false, isNewest };
  }
  if (size === head.size) return { head, mayBeFollowed: true, isNewest };
  checks.findings.warning({ code: 'grew-meanwhile', object: newestCheckpoint, fact: String(size - head.size) });
  return { head: again, mayBeFollowed: true, isNewest: true };
}

/**
 * Beyond the newest head no signed size may be there, except one that was signed meanwhile. Anything more means that
 * `log/checkpoint` was turned back.
 */
export async function checkNewerCheckpoints(
  checks: CheckpointChecks,
  sizes: readonly number[],
  { head, mayBeFollowed, isNewest }: NewestHead,
): Promise<void> {
  for (const size of isNewest ? sizes : []) {
    if (size <= head.size) continue;
    const object = checkpointObject(size);
    const kept = await readCheckpoint(checks, object);
    if (kept === null) continue;
    const fact = String(size);
    if (kept.size !== size) checks.findings.problem({ code: 'checkpoint-altered', object });
    else if (size === head.size + 1 && mayBeFollowed) {
      checks.findings.warning({ code: 'not-yet-sealed', object, fact });
    } else checks.findings.problem({ code: 'checkpoint-not-current', object: newestCheckpoint, fact });
  }
}

const sizePattern = /^[1-9]\d{0,15}$/;
const mostEntries = 2 ** 31;
const triedSizes = 16;

function insertLargest(sizes: number[], size: number): void {
  sizes.push(size);
  sizes.sort((left, right) => right - left);
  sizes.length = Math.min(sizes.length, triedSizes);
}
