import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { VerificationUnfinished } from './verification-unfinished.ts';

/** What `akashi-verify --json` prints. */
export interface VerifierReport {
  readonly ok: boolean;
  readonly size: number;
  /** The signed note of the tree that was looked at. */
  readonly checkpoint: string | null;
  readonly blocks: number;
  readonly records: number;
  readonly problems: readonly {
    readonly code: string;
    readonly object: string;
    readonly block?: number;
    readonly leaf?: number;
  }[];
}

export interface VerifierRun {
  /** A folder's path, or an s3:// URL. */
  readonly place: string;
  readonly verifierKey: string;
  readonly dataKeyFile: string;
  /** A checkpoint seen earlier: what it committed to must still be there. */
  readonly heldCheckpoint: string | undefined;
}

const launcher = fileURLToPath(new URL('../../../verifier/bin/akashi-verify.mjs', import.meta.url));
const largestReportBytes = 64 * 1024 * 1024;

function readReport(text: string): VerifierReport | null {
  try {
    return JSON.parse(text) as VerifierReport;
  } catch {
    return null;
  }
}

/**
 * Runs the offline verifier as its own process over a tenant's archive: the same program that an auditor runs, sharing
 * only formats with the writer. Null when it could not read the archive or did not answer with a report. Rejects with
 * `VerificationUnfinished` when it was ended from outside, as at a stop, or the store of the evidence is away.
 */
export function runVerifier(run: VerifierRun): Promise<VerifierReport | null> {
  const since = run.heldCheckpoint === undefined ? [] : ['--since', run.heldCheckpoint];
  const args = [launcher, run.place, '--key', run.verifierKey, '--data-key', run.dataKeyFile, '--json', ...since];
  return new Promise((resolve, reject) => {
    const verifier = execFile(process.execPath, args, { maxBuffer: largestReportBytes }, (_error, stdout) => {
      // `killed` is our own doing: a report beyond all measure, which is no reason to stay silent.
      if (verifier.exitCode === null && !verifier.killed) {
        reject(new VerificationUnfinished('the verifier was ended'));
        return;
      }
      const report = readReport(stdout);
      // A store that is away says nothing of what it holds.
      if (report === null && run.place.startsWith('s3://')) reject(new VerificationUnfinished('the store went away'));
      else resolve(report);
    });
  });
}
