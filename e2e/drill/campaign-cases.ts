import { join } from 'node:path';
import { tileWidth } from '@akashi/integrity';
import {
  changesOf,
  writeCampaignArchive,
  writeChange,
  type CampaignArchive,
  type StopsBefore,
  type WriterPlan,
} from './campaign-archive.ts';
import { resultOf, withCampaign, type Campaign } from './campaign.ts';
import type { DrillCase, DrillResult } from './drill-case.ts';
import { judgeCase, type Tally } from './judge-mutants.ts';

const mutations = Number(process.env['AKASHI_DRILL_MUTATIONS'] ?? 2_000);

/** Statements of a kind that no checker knows, among them entry 27 and one behind the first full tile. */
const statements = (entry: number): { kind: string; content: { entry: number } } | null =>
  entry % 10 === 7 ? { kind: 'later-kind', content: { entry } } : null;

/** Alters small archives in thousands of ways; both checkers must find every one, agree, and name the object. */
async function alterAtRandom(campaign: Campaign): Promise<DrillResult> {
  const { checkers, source, work, keyFile: key } = campaign;
  const seed = Number(process.env['AKASHI_DRILL_SEED'] ?? Date.now() % 1_000_000_000);
  const archive = (name: string, plan: WriterPlan, stopsBefore: StopsBefore = null): CampaignArchive =>
    writeCampaignArchive(source, { name, folder: join(work, name), stopsBefore, ...plan });
  const pointer = /^log\/checkpoint$/;
  const tile = /^log\/tile\/0\//;
  // Block 69 is the first of its hour; block 27 is a heartbeat, which has no object.
  const [hour, heartbeat] = [{ blocks: 70 }, { blocks: 28 }];
  const versionOne = { blocks: 25, versionOne: 25 };
  const statement = { blocks: 28, statements };
  const archives = [
    archive('of version 1', { blocks: 36, versionOne: 36 }),
    archive('of version 1, cut short before the pointer', versionOne, pointer),
    archive('of version 1, cut short before the checkpoint', versionOne, /^log\/checkpoints\//),
    archive('of version 1, cut short before the log', versionOne, /^log\/tile\/entries\//),
    archive('whole', { blocks: 36, handedOut: [20, 30] }),
    archive('of version 2', { blocks: 36, versionOne: 0, handedOut: [8] }),
    archive('cut short before the pointer', hour, pointer),
    archive('cut short before the checkpoint', hour, /^log\/checkpoints\//),
    archive('cut short before the log', hour, /^log\/tile\/entries\//),
    archive('a heartbeat cut short before the pointer', heartbeat, pointer),
    archive('a heartbeat cut short before its tile', heartbeat, tile),
    archive('a statement cut short before the pointer', statement, pointer),
    archive('a statement cut short before its tile', statement, tile),
    archive('with full tiles', { blocks: 300, handedOut: [270, 290], statements }),
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
  const objects = new Map<string, Buffer>();
  const failures: string[] = [];
  const folder = join(work, 'stopped');
  let [sealed, states] = [0, 0];
  for (const step of source.archiveSteps({ blocks: tileWidth + 3, handedOut: [18, 20, 255], statements })) {
    for (const change of changesOf(step, objects)) {
      writeChange(folder, change);
      if (change.bytes === null) objects.delete(change.object);
      else objects.set(change.object, change.bytes);
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
