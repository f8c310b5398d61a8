import { writeFileSync } from 'node:fs';
import type { Asked, Verdicts } from './both-checkers.ts';
import { byteMutations } from './byte-mutations.ts';
import { writeChange, type CampaignArchive } from './campaign-archive.ts';
import type { Campaign } from './campaign.ts';
import { isHarmless } from './harmless-mutants.ts';
import { makeMutant, type Mutant } from './mutants.ts';
import { SeededRandom } from './seeded-random.ts';

/** Every so many mutants alter the key file that is given to both, not the archive. */
const keyFileEvery = 25;
/** Every so many mutants are judged by the commands themselves, too, which takes seconds. */
const commandEvery = 100;

/** Counts and failures of one run. */
export interface Tally {
  harmful: number;
  harmless: number;
  commands: number;
  readonly failures: string[];
}

/** Alters the key file that both are given; the archive stays as it is. */
async function judgeKeyFile(
  campaign: Campaign,
  folder: string,
  random: SeededRandom,
): Promise<{ expected: 0 | 2; failures: string[] }> {
  const { checkers, keyFile, source } = campaign;
  const name = random.pick(Object.keys(byteMutations));
  const altered = byteMutations[name]?.(Buffer.from(source.verifierKey), random) ?? Buffer.alloc(0);
  const expected = altered.toString().trim() === source.verifierKey ? 0 : 2;
  writeFileSync(keyFile, altered);
  const { verifier, checker } = await checkers.judge({ folder, key: keyFile });
  writeFileSync(keyFile, source.verifierKey);
  if (verifier.code === expected && checker.code === expected) return { expected, failures: [] };
  return { expected, failures: [`${name}: the key file gives ${verifier.code} and ${checker.code}, not ${expected}`] };
}

/** Objects of which a checker has to name one. */
function suspects({ unsealed }: CampaignArchive, { changes }: Mutant): readonly string[] {
  const altered = changes.map(({ object }) => object);
  // Before a checkpoint commits to a block and its log files, nothing tells which of them was altered.
  return altered.some((object) => unsealed.includes(object)) ? [...altered, ...unsealed] : altered;
}

function failuresOf(archive: CampaignArchive, mutant: Mutant, { verifier, checker }: Verdicts): string[] {
  const failures: string[] = [];
  const codes = `${verifier.code} and ${checker.code}`;
  const harmless = isHarmless(archive, mutant);
  if (verifier.code !== checker.code) failures.push(`the two disagree: ${codes}`);
  else if ((verifier.code === 0) !== harmless) {
    failures.push(`${harmless ? 'harmless' : 'harmful'}, but both say ${codes}`);
  }
  const objects = suspects(archive, mutant);
  for (const [who, { code, named }] of Object.entries({ verifier, checker })) {
    if (code === 1 && !objects.some((object) => named.includes(object)))
      failures.push(`the ${who} names ${named.slice(0, 3).join(' and ')}`);
  }
  return failures;
}

async function judgeMutant(
  campaign: Campaign,
  mutated: { archive: CampaignArchive; mutant: Mutant; asked: Asked; byCommand: boolean },
): Promise<string[]> {
  const { archive, mutant, asked, byCommand } = mutated;
  const { checkers } = campaign;
  for (const change of mutant.changes) writeChange(archive.folder, change);
  try {
    const verdicts = await checkers.judge(asked);
    const failures = failuresOf(archive, mutant, verdicts);
    if (byCommand) {
      const { verifier, checker } = await checkers.judgeByCommand(asked);
      if (verifier !== verdicts.verifier.code || checker !== verdicts.checker.code) {
        failures.push(`the commands themselves say ${verifier} and ${checker}`);
      }
    }
    return failures;
  } finally {
    for (const { object } of mutant.changes) {
      writeChange(archive.folder, { object, bytes: archive.objects.get(object) ?? null });
    }
  }
}

/** Makes the mutant of that number from the seed, and has both judge it. */
export async function judgeCase(
  campaign: Campaign,
  tally: Tally,
  place: { seed: number; index: number; archives: readonly CampaignArchive[] },
): Promise<void> {
  const { keyFile: key, dataKeyFile } = campaign;
  const { index, seed } = place;
  const random = new SeededRandom(seed, index);
  const archive = random.pick(place.archives);
  const { folder } = archive;
  if (index % keyFileEvery === 0) {
    const { expected, failures } = await judgeKeyFile(campaign, folder, random);
    tally[expected === 0 ? 'harmless' : 'harmful'] += 1;
    tally.failures.push(...failures.map((failure) => `#${index} ${failure}`));
    return;
  }
  const mutant = makeMutant(archive, random);
  tally[isHarmless(archive, mutant) ? 'harmless' : 'harmful'] += 1;
  const asked: Asked = {
    folder,
    key,
    dataKeyFile: random.below(2) === 0 ? dataKeyFile : undefined,
    since: random.below(2) === 0 ? archive.heldFile : undefined,
  };
  const byCommand = index % commandEvery === 1;
  if (byCommand) tally.commands += 1;
  const failures = await judgeMutant(campaign, { archive, mutant, asked, byCommand });
  tally.failures.push(...failures.map((failure) => `#${index} ${archive.name}, ${mutant.about}: ${failure}`));
}
