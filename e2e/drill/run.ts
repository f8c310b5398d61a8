import type { DrillCase, DrillResult } from './drill-case.ts';
import { DrillInstallation } from './drill-installation.ts';
import { agentCases } from './agent-cases.ts';
import { campaignCases } from './campaign-cases.ts';
import { diskCases } from './disk-cases.ts';
import { dutyCases } from './duty-cases.ts';
import { faultCases } from './fault-cases.ts';
import { isolationCases } from './isolation-cases.ts';
import { keepingCases } from './keeping-cases.ts';
import { keyCases } from './key-cases.ts';
import { movedClockCases } from './moved-clock-cases.ts';
import { neighbourCases } from './neighbour-cases.ts';
import { nodeCases } from './node-cases.ts';
import { outsideCases } from './outside-cases.ts';
import { powerCutCases } from './power-cut-cases.ts';
import { queueCases } from './queue-cases.ts';
import { reportCases } from './report-cases.ts';
import { ruleCases } from './rule-cases.ts';
import { syncCases } from './sync-cases.ts';
import { typedNumberCases } from './typed-number-cases.ts';
import { tamperCases } from './tamper-cases.ts';
import { watchingCases } from './watching-cases.ts';

async function runCase(drill: DrillCase): Promise<DrillResult> {
  console.error(`— ${drill.name}: ${drill.about}`);
  try {
    return await drill.run();
  } catch (error) {
    return { drill: drill.name, result: 'fail', detail: error instanceof Error ? error.message : String(error) };
  }
}

/** Those that share one installation. */
function sharedCases(installation: DrillInstallation): DrillCase[] {
  return [
    ...faultCases(installation),
    ...agentCases(installation),
    ...isolationCases(installation),
    ...typedNumberCases(installation),
    ...neighbourCases(installation),
    ...dutyCases(installation),
    ...reportCases(installation),
    ...keyCases(installation),
    // Last: what they break stays broken.
    ...tamperCases(installation),
  ];
}

/** `--archive=s3` runs the drills that share an installation with their evidence in a bucket. */
const archiveOption = /^--archive=(folder|s3)$/;
const options = process.argv.slice(2).filter((argument) => argument.startsWith('--'));
/** Drills that are asked for by one name. */
const together: Readonly<Record<string, readonly string[]>> = { keeping: ['K1', 'K1-s3', 'K5'] };
const wanted = process.argv
  .slice(2)
  .filter((argument) => !argument.startsWith('--'))
  .flatMap((name) => together[name] ?? [name]);
const strange = options.find((option) => !archiveOption.test(option));
if (strange !== undefined) throw new Error(`${strange} is no option; there is --archive=folder and --archive=s3`);
const archive = options.includes('--archive=s3') ? 's3' : 'folder';
const ownCases = [
  ...campaignCases(),
  ...diskCases(),
  ...queueCases(),
  ...powerCutCases(),
  ...syncCases(),
  ...nodeCases(),
  ...movedClockCases(),
  ...keepingCases(),
  ...outsideCases(),
  ...ruleCases(),
  ...watchingCases(),
];
const standAlone = wanted.length > 0 && wanted.every((name) => ownCases.some((drill) => drill.name === name));
const installation = standAlone ? undefined : await DrillInstallation.start({ archive });
const cases = [...ownCases, ...(installation === undefined ? [] : sharedCases(installation))];
const unknown = wanted.find((name) => !cases.some((drill) => drill.name === name));
let failed = 0;
try {
  if (unknown !== undefined)
    throw new Error(`there is no drill "${unknown}"; the drills are ${cases.map(({ name }) => name).join(', ')}`);
  for (const drill of cases) {
    if (wanted.length > 0 && !wanted.includes(drill.name)) continue;
    const result = await runCase(drill);
    if (result.result === 'fail') failed += 1;
    console.log(JSON.stringify(result));
  }
} catch (error) {
  failed += 1;
  console.error(error instanceof Error ? error.message : String(error));
} finally {
  await installation?.stop();
}
process.exit(failed === 0 ? 0 : 1);
