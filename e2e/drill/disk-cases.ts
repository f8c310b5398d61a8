import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { RunningInstallation } from '../installation/installation.ts';
import type { DrillCase, DrillResult } from './drill-case.ts';
import { DrillInstallation } from './drill-installation.ts';

const volumeMib = 96;

/** A small disk of its own below the installation's folder; undefined where mounting is not permitted. */
function mountSmallDisk(path: string): boolean {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${volumeMib}m,mode=0700`, 'tmpfs', path], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Writes a file until the disk has no byte left; answers how to take it away again. */
function fill(folder: string): () => void {
  const path = join(folder, 'filler');
  const file = openSync(path, 'w');
  const piece = Buffer.alloc(64 * 1024);
  try {
    for (;;) writeSync(file, piece);
  } catch {
    // Full, as intended.
  }
  closeSync(file);
  return () => rmSync(path, { force: true });
}

/** Fills one folder's disk under load, looks that intake refuses or waits, frees it, and settles the accounts. */
async function diskFull(drill: string, folderName: 'inbox' | 'archive'): Promise<DrillResult> {
  const home = mkdtempSync(join(tmpdir(), 'akashi-disk-'));
  const folder = join(home, folderName);
  if (!mountSmallDisk(folder)) return { drill, result: 'skip', detail: 'mounting a small disk is not permitted here' };
  try {
    const running = await RunningInstallation.start({ home, env: { AKASHI_DRILL: '1', AKASHI_DISK_RESERVE_MIB: '4' } });
    const installation = new DrillInstallation(running);
    try {
      let freeBytes = 0;
      const result = await installation.underLoad(drill, async () => {
        const empty = fill(folder);
        await delay(6_000);
        const { bavail, bsize } = statfsSync(folder);
        freeBytes = bavail * bsize;
        empty();
        await installation.waitUntilReady('ingest');
      });
      return { ...result, freeBytesWhenFull: freeBytes };
    } finally {
      await running.stop();
    }
  } finally {
    execFileSync('umount', ['--lazy', folder], { stdio: 'ignore' });
    rmSync(home, { recursive: true, force: true });
  }
}

/** Full disks, each on an installation of its own. */
export function diskCases(): DrillCase[] {
  return [
    { name: 'F17', about: 'the inbox disk is full for a while', run: () => diskFull('F17', 'inbox') },
    { name: 'F17b', about: 'the archive disk is full for a while', run: () => diskFull('F17b', 'archive') },
  ];
}
