/** The thread of one verification: reads the archive with keys and a store of its own, and answers with the report. */
import { parentPort, workerData } from 'node:worker_threads';
import { openArchive } from '@akashi/archive';
import { parseCheckpoint, type TreeHead } from '@akashi/integrity';
import { openKeyring } from '@akashi/keyring';
import { createClock } from '@akashi/server-kit';
import { verifyArchive, type DataKeys } from '@akashi/verify';
import type { VerifierReport, VerifierRun } from './run-verifier.ts';

function dataKeysOf({ keysFolder, tenantId }: VerifierRun): DataKeys {
  const keys = openKeyring({ dir: keysFolder }).forTenant(tenantId);
  return {
    get(id) {
      try {
        return keys.dataKey(id).key;
      } catch (error) {
        // A key that is not there is a finding of the block that needs it.
        if ((error as { code?: unknown }).code === 'key-missing') return undefined;
        throw error;
      }
    },
  };
}

function headOf(note: string): TreeHead {
  const parsed = parseCheckpoint(note);
  if (!parsed.ok) throw new Error('the held checkpoint was to be checked before');
  return parsed.checkpoint;
}

async function verify(run: VerifierRun): Promise<VerifierReport> {
  const { archiveUrl, credentials, tenantId, verifierKey, heldNote, clockOffsetSeconds } = run;
  const archive = openArchive(archiveUrl, { credentials, clock: createClock(clockOffsetSeconds) });
  try {
    const { head, findings, blocks, records } = await verifyArchive({
      open: () => archive.forTenant(tenantId),
      threadSource: null,
      tenantId,
      verifierKey,
      dataKeys: dataKeysOf(run),
      held: heldNote === undefined ? null : { head: headOf(heldNote), file: 'held' },
    });
    const problems = findings.problems.map(({ code, object, block, leaf }) => ({ code, object, block, leaf }));
    return { size: head?.size ?? 0, checkpoint: head?.note ?? null, blocks, records, problems };
  } finally {
    await archive.close();
  }
}

parentPort?.postMessage(await verify(workerData as VerifierRun));
