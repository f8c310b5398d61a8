import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BothCheckers } from './both-checkers.ts';
import { loadArchiveSource, type ArchiveSource } from './campaign-archive.ts';
import type { DrillResult } from './drill-case.ts';

const shownFailures = 8;

/** Both checkers, a folder to work in, and what they are given beside an archive. */
export interface Campaign {
  readonly checkers: BothCheckers;
  readonly source: ArchiveSource;
  readonly work: string;
  readonly keyFile: string;
  readonly dataKeyFile: string;
}

/** A campaign from the start of its checkers to their end. */
export async function withCampaign(use: (campaign: Campaign) => Promise<DrillResult>): Promise<DrillResult> {
  const work = mkdtempSync(join(tmpdir(), 'akashi-campaign-'));
  const source = await loadArchiveSource();
  const [keyFile, dataKeyFile] = [join(work, 'key'), join(work, 'data-key')];
  writeFileSync(keyFile, source.verifierKey);
  writeFileSync(dataKeyFile, `akashi-data-key ${source.dataKeyId} ${source.dataKey.toString('base64')}\n`);
  const checkers = await BothCheckers.start();
  try {
    return await use({ checkers, source, work, keyFile, dataKeyFile });
  } finally {
    await checkers.stop();
    rmSync(work, { recursive: true, force: true });
  }
}

export function resultOf(drill: string, figures: Record<string, unknown>, failures: readonly string[]): DrillResult {
  return {
    drill,
    result: failures.length === 0 ? 'pass' : 'fail',
    ...figures,
    failures: failures.length,
    ...(failures.length === 0 ? {} : { detail: failures.slice(0, shownFailures).join('; ') }),
  };
}
