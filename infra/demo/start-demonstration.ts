import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InstallationError } from '../local/installation-error.ts';
import { movedClock } from '../local/moved-clock.ts';
import type { Stoppable } from '../local/supervisor.ts';
import { startFeeding, type StoryPace } from './feed.ts';
import { makePast, type PastParts } from './make-past.ts';
import { isEmptyInstallation, provisionDemonstration, type Demonstration } from './provision.ts';
import { writeStoryFile } from './story-file.ts';
import { makeStory, usualSeed, type Story } from './story/make-story.ts';
import { hourMs } from './story/story-time.ts';

const usualLines = 100_000;
const range = { least: 1_000, most: 2_000_000 } as const;

/** How many lines the demonstration's past has; 0: it has none. */
function readPastLines(): number {
  const text = process.env['AKASHI_DEMO_LINES'];
  if (text === undefined || text === '') return usualLines;
  const lines = Number(text);
  if (lines === 0 || (Number.isInteger(lines) && lines >= range.least && lines <= range.most)) return lines;
  throw new InstallationError(
    `AKASHI_DEMO_LINES must be 0 or a whole number from ${range.least} to ${range.most}; it is "${text}".`,
  );
}

export interface PreparedDemonstration extends Pick<Demonstration, 'people'> {
  /** Sends what is written from now on. */
  goOn(): Stoppable;
}

/**
 * Makes the demonstration, or finds it again. On an installation where nothing is yet, it gets the three weeks of its story
 * first, by a clock that is stepped for that; nowhere else and never again is there a way to do so.
 */
export async function prepareDemonstration(parts: PastParts): Promise<PreparedDemonstration> {
  const { installation, stores, say } = parts;
  const { clock } = installation;
  const lines = readPastLines();
  const settings = { seed: usualSeed, nowMs: clock.now().getTime(), lines: lines === 0 ? usualLines : lines };
  const story = makeStory(settings);
  const hasPast = lines > 0 && (await isEmptyInstallation(installation, stores));
  const demonstration = await provisionDemonstration({
    installation,
    stores,
    clock: hasPast ? clockAt(story.fromMs - hourMs) : clock,
    story: hasPast ? story : undefined,
  });
  const { file, people } = demonstration;
  const path = join(installation.home, 'demo-story.json');
  if (hasPast) {
    say(`Making three weeks of the demonstration’s past (${story.lines.length.toLocaleString('en-US')} lines) …`);
    await makePast(parts, file, story);
    writeStoryFile(path, story);
  }
  return { people, goOn: () => startFeeding(file, { pace: paceOf(story, path), clock }) };
}

/** What is silent since the story stays silent, whenever the installation is started again. */
function paceOf(story: Story, path: string): StoryPace {
  const { seed, busyHourLines, planted } = story;
  if (!existsSync(path)) return { seed, busyHourLines, planted: [] };
  const told = JSON.parse(readFileSync(path, 'utf8')) as { planted: { host: string; silentFrom?: string }[] };
  const silent = new Map(
    told.planted.flatMap(({ host, silentFrom }) =>
      silentFrom === undefined ? [] : [[host, Date.parse(silentFrom)] as const],
    ),
  );
  const known = planted.flatMap((each) => {
    const silentFromMs = silent.get(each.host);
    return each.silentFromMs === undefined || silentFromMs === undefined ? [] : [{ ...each, silentFromMs }];
  });
  return { seed, busyHourLines, planted: known };
}

const clockAt = (ms: number): ReturnType<typeof movedClock> => movedClock(Math.round((ms - Date.now()) / 1000));
