/** Checkpoints: who signed them, and which one the verification stands on. */
import { checkpointPath, verifyCheckpoint, type TreeHead } from '@akashi/integrity';
import type { Findings, ProblemCode } from './findings.ts';
import type { Store } from './read-store.ts';

export const newestCheckpoint = 'log/checkpoint';

export interface CheckpointChecks {
  store: Store;
  findings: Findings;
  verifierKey: string;
}

export function checkpointObject(size: number): string {
  return `log/${checkpointPath(size)}`;
}

/** The tree that a signed checkpoint commits to; null after reporting why it commits to nothing. */
export function readCheckpoint(checks: CheckpointChecks, object: string): TreeHead | null {
  const note = checks.store.read(object);
  if (note === null) {
    checks.findings.problem({ code: 'checkpoint-missing', object });
    return null;
  }
  const verified = verifyCheckpoint(note, checks.verifierKey);
  if (verified.ok) {
    const { origin, size, root } = verified.checkpoint;
    return { origin, size, root };
  }
  const otherKey = verified.code === 'unknown-key' || verified.code === 'other-origin';
  const code: ProblemCode = otherKey ? 'checkpoint-other-key' : 'checkpoint-altered';
  checks.findings.problem({ code, object });
  return null;
}

/**
 * The newest tree head. When `log/checkpoint` itself cannot be trusted, that is reported and the check goes on from the
 * newest kept checkpoint that can.
 */
export function findHead(checks: CheckpointChecks): TreeHead | null {
  const head = readCheckpoint(checks, newestCheckpoint);
  if (head !== null) return head;
  const sizes: number[] = [];
  checks.store.eachName('log/checkpoints', (name) => {
    if (/^[1-9]\d{0,15}$/.test(name)) insertLargest(sizes, Number(name));
  });
  for (const size of sizes) {
    const note = checks.store.read(checkpointObject(size));
    const verified = note === null ? null : verifyCheckpoint(note, checks.verifierKey);
    if (verified?.ok === true && verified.checkpoint.size === size) return verified.checkpoint;
  }
  return null;
}

/** The kept checkpoint of a size must be signed, be of that size, and commit to the root that the entries give. */
export function checkKeptCheckpoint(checks: CheckpointChecks, size: number, root: Buffer): void {
  const object = checkpointObject(size);
  const head = readCheckpoint(checks, object);
  if (head === null) return;
  if (head.size !== size) checks.findings.problem({ code: 'checkpoint-altered', object });
  else if (!root.equals(head.root)) {
    checks.findings.problem({ code: 'checkpoint-root-mismatch', object, block: size - 1 });
  }
}

/** Sizes of kept checkpoints beyond the head; names that are no size are reported. */
export function listNewerCheckpoints({ store, findings }: CheckpointChecks, head: TreeHead): number[] {
  const sizes: number[] = [];
  store.eachName('log/checkpoints', (name) => {
    const size = /^[1-9]\d{0,15}$/.test(name) ? Number(name) : Number.NaN;
    if (Number.isNaN(size)) findings.problem({ code: 'unexpected-object', object: `log/checkpoints/${name}` });
    else if (size > head.size) sizes.push(size);
  });
  return sizes;
}

/** The newest head now: the log may have grown while it was checked. To be read after everything was listed. */
export function readNewestHead(checks: CheckpointChecks, head: TreeHead): TreeHead {
  const note = checks.store.read(newestCheckpoint);
  const again = note === null ? null : verifyCheckpoint(note, checks.verifierKey);
  if (again?.ok !== true || again.checkpoint.size <= head.size) return head;
  const grown = String(again.checkpoint.size - head.size);
  checks.findings.warning({ code: 'grew-meanwhile', object: newestCheckpoint, fact: grown });
  return again.checkpoint;
}

/**
 * Beyond the newest head no signed size may be there, except the one whose pointer a crash left unmoved. Anything more
 * means that `log/checkpoint` was turned back.
 */
export function checkNewerCheckpoints(checks: CheckpointChecks, sizes: readonly number[], newest: TreeHead): void {
  for (const size of sizes) {
    if (size <= newest.size) continue;
    const object = checkpointObject(size);
    const kept = readCheckpoint(checks, object);
    if (kept === null) continue;
    const fact = String(size);
    if (size > newest.size + 1 || kept.size !== size) {
      checks.findings.problem({ code: 'checkpoint-not-current', object: newestCheckpoint, fact });
    } else checks.findings.warning({ code: 'not-yet-sealed', object, fact });
  }
}

const triedSizes = 16;

function insertLargest(sizes: number[], size: number): void {
  sizes.push(size);
  sizes.sort((left, right) => right - left);
  sizes.length = Math.min(sizes.length, triedSizes);
}
