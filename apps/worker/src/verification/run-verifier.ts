import { Worker } from 'node:worker_threads';
import type { S3Credentials } from '@akashi/archive';
import { VerificationUnfinished } from './verification-unfinished.ts';

/** What a verification of a whole archive found. */
export interface VerifierReport {
  readonly size: number;
  /** The signed note of the tree that was looked at; null when there is none that can be trusted. */
  readonly checkpoint: string | null;
  readonly blocks: number;
  readonly records: number;
  readonly problems: readonly {
    readonly code: string;
    readonly object: string;
    readonly block: number | undefined;
    readonly leaf: number | undefined;
  }[];
}

export interface VerifierRun {
  readonly archiveUrl: string;
  /** Of the bucket; the usual ones of the environment when they are left out. */
  readonly credentials?: S3Credentials | undefined;
  readonly keysFolder: string;
  readonly tenantId: string;
  readonly verifierKey: string;
  /** A checkpoint seen earlier, its signature checked: what it committed to must still be there. */
  readonly heldNote: string | undefined;
  readonly clockOffsetSeconds: number;
}

const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
const entry = new URL(`./verify-thread.${extension}`, import.meta.url);

/**
 * Verifies a tenant's whole archive on a thread of its own, with the checks of `akashi-verify`, which share only formats
 * with the writer. Rejects with `VerificationUnfinished` when the archive's store went away, or the thread was ended.
 */
export function runVerifier(run: VerifierRun): Promise<VerifierReport> {
  return new Promise((resolve, reject) => {
    const execArgv = extension === 'ts' ? { execArgv: ['--conditions=source'] } : {};
    const thread = new Worker(entry, { workerData: run, ...execArgv });
    thread.once('message', (report: VerifierReport) => resolve(report));
    thread.once('error', (cause) => reject(new VerificationUnfinished('the archive could not be verified', { cause })));
    // After a report this says nothing new.
    thread.once('exit', () => reject(new VerificationUnfinished('the verification was ended')));
  });
}
