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

/**
 * Signed sizes beyond the head: none may be there, except the one whose pointer a crash left unmoved, and what was sealed
 * while the check ran. Anything more means that `log/checkpoint` was turned back.
 */
export function checkNewerCheckpoints(checks: CheckpointChecks, head: TreeHead): TreeHead {
  const { store, findings } = checks;
  const note = store.read(newestCheckpoint);
  const again = note === null ? null : verifyCheckpoint(note, checks.verifierKey);
  const now = again?.ok === true && again.checkpoint.size > head.size ? again.checkpoint : head;
  if (now.size > head.size) {
    findings.warning({ code: 'grew-meanwhile', object: newestCheckpoint, fact: String(now.size - head.size) });
  }
  store.eachName('log/checkpoints', (name) => {
    const object = `log/checkpoints/${name}`;
    const size = /^[1-9]\d{0,15}$/.test(name) ? Number(name) : Number.NaN;
    if (Number.isNaN(size)) findings.problem({ code: 'unexpected-object', object });
    else if (size > now.size) {
      const kept = readCheckpoint(checks, object);
      if (kept === null) return;
      if (size > now.size + 1 || kept.size !== size) {
        findings.problem({ code: 'checkpoint-not-current', object: newestCheckpoint, fact: name });
      } else findings.warning({ code: 'not-yet-sealed', object, fact: name });
    }
  });
  return now;
}

const triedSizes = 16;

function insertLargest(sizes: number[], size: number): void {
  sizes.push(size);
  sizes.sort((left, right) => right - left);
  sizes.length = Math.min(sizes.length, triedSizes);
}
