import { join } from 'node:path';
import { tileWidth } from '@akashi/integrity';
import { changesOf, writeCampaignArchive, writeChange, type CampaignArchive } from './campaign-archive.ts';
import { resultOf, withCampaign, type Campaign } from './campaign.ts';
import type { DrillCase, DrillResult } from './drill-case.ts';
import { judgeCase, type Tally } from './judge-mutants.ts';

const mutations = Number(process.env['AKASHI_DRILL_MUTATIONS'] ?? 2_000);

/** Alters small archives in thousands of ways; both checkers must find every one, agree, and name the object. */
async function alterAtRandom(campaign: Campaign): Promise<DrillResult> {
  const { checkers, source, work, keyFile: key } = campaign;
  const seed = Number(process.env['AKASHI_DRILL_SEED'] ?? Date.now() % 1_000_000_000);
  const archive = (name: string, blocks: number, withoutLast: number): CampaignArchive =>
    writeCampaignArchive(source, { name, folder: join(work, name), blocks, withoutLast });
  const archives = [
    archive('whole', 36, 0),
    archive('cut short before the pointer', 25, 1),
    archive('cut short before the checkpoint', 25, 2),
    archive('cut short before the log', 25, 4),
    archive('with full tiles', 300, 0),
  ];
  const tally: Tally = { harmful: 0, harmless: 0, commands: 0, failures: [] };
  console.error(`  seed ${seed}, ${mutations} mutations`);
  for (const { name, folder } of archives) {
    const { verifier, checker } = await checkers.judge({ folder, key });
    if (verifier.code !== 0 || checker.code !== 0) {
      tally.failures.push(`${name}, unaltered: ${verifier.code} and ${checker.code}`);
    }
  }
  for (let index = 0; index < mutations; index += 1) await judgeCase(campaign, tally, { seed, index, archives });
  const { harmful, harmless, commands, failures } = tally;
  return resultOf('T18', { seed, mutations, harmful, harmless, commands }, failures);
}

/** Stops the writer after each of its steps; what it leaves is as it was sealed, for both. */
async function stopEverywhere(campaign: Campaign): Promise<DrillResult> {
  const { checkers, source, work, keyFile: key } = campaign;
  const folder = join(work, 'stopped');
  const objects = new Map<string, Buffer>();
  const failures: string[] = [];
  let [sealed, states] = [0, 0];
  for (const step of source.archiveSteps({ blocks: tileWidth + 3 })) {
    for (const change of changesOf(step, objects)) {
      writeChange(folder, change);
      objects.set(change.object, change.bytes ?? Buffer.alloc(0));
    }
    if (step.object === 'log/checkpoint') sealed += 1;
    // All of the first blocks, and those around the first full tile.
    if (sealed > 30 && sealed < tileWidth - 2) continue;
    states += 1;
    const { verifier, checker } = await checkers.judge({ folder, key });
    const expected = sealed === 0 ? 2 : 0;
    if (verifier.code !== expected || checker.code !== expected) {
      failures.push(`after ${step.object} of block ${sealed}: ${verifier.code} and ${checker.code}`);
    }
  }
  return resultOf('T18b', { states }, failures);
}

/** Alterations at random and crashes everywhere, judged by two checkers that share no code. */
export function campaignCases(): DrillCase[] {
  return [
    {
      name: 'T18',
      about: 'thousands of alterations, and two checkers that must agree',
      run: () => withCampaign(alterAtRandom),
    },
    { name: 'T18b', about: 'no false alarm, wherever the writer stopped', run: () => withCampaign(stopEverywhere) },
  ];
}
