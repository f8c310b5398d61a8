import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openDatabase, tenantId, type Database } from '@akashi/database';
import { appServices, type StoreUrls } from '../local/app-services.ts';
import { InstallationError, type Installation } from '../local/installation.ts';
import { Supervisor } from '../local/supervisor.ts';
import type { DemoFile } from './provision.ts';
import { goesOf } from './goes-of.ts';
import { sendLines, shareOfSecond } from './send-lines.ts';
import type { Story } from './story/make-story.ts';
import { dayMs } from './story/story-time.ts';

export interface PastParts {
  readonly installation: Installation;
  readonly stores: StoreUrls;
  readonly supervisor: Supervisor;
  readonly say: (sentence: string) => void;
}

const sealedWithinMs = 60_000;

/** The clock that the parts go by meanwhile: they read it from a file, and nobody else writes there. */
class SteppedClock {
  readonly path: string;

  constructor(home: string) {
    this.path = join(home, 'demonstration.clock');
  }

  step(toMs: number): void {
    writeFileSync(`${this.path}.new`, String(Math.round((toMs - Date.now()) / 1000)), { mode: 0o600 });
    renameSync(`${this.path}.new`, this.path);
  }

  remove(): void {
    rmSync(this.path, { force: true });
  }
}

/** How many records of an organisation stand in blocks; asked again, it reads only newer blocks. */
function sealedCounter(database: Database, id: string): () => Promise<number> {
  const { blocks } = database.forTenant(tenantId(id));
  let newest = -1;
  let sum = 0;
  return async () => {
    const listed = (await blocks.list({ limit: 100 })).filter(({ number }) => number > newest);
    newest = listed[0]?.number ?? newest;
    sum = listed.reduce((total, { records }) => total + records, sum);
    return sum;
  };
}

async function untilSealed(
  counts: readonly (readonly [expected: number, count: () => Promise<number>])[],
): Promise<void> {
  const deadline = performance.now() + sealedWithinMs;
  for (const [expected, count] of counts) {
    while ((await count()) < expected) {
      if (performance.now() > deadline)
        throw new InstallationError('the past of the demonstration was not sealed; worker.log may say why.');
      await delay(20);
    }
  }
}

/**
 * Lets the story happen: the intake and the worker run by a clock that stands in the past and is stepped from hour to hour,
 * each hour's lines come in over the ordinary ways, and each day is sealed before the next begins. Then these parts stop; those
 * that serve are started by the machine's clock, and the platform's trail tells of both.
 */
export async function makePast(parts: PastParts, file: DemoFile, story: Story): Promise<void> {
  const { installation, stores, supervisor, say } = parts;
  const clock = new SteppedClock(installation.home);
  clock.step(story.fromMs);
  const past = new Supervisor(say);
  supervisor.add({ stop: () => past.stopParts() });
  const { intake, others } = appServices(
    { ...installation, clock: { ...installation.clock, file: clock.path } },
    stores,
    say,
  );
  const worker = others.find(({ name }) => name === 'worker');
  if (worker === undefined) throw new Error('no worker is among the services');
  const database = openDatabase({ url: stores.databaseUrl, applicationName: 'akashi-story', maxConnections: 2 });
  try {
    const [taking] = await Promise.all([past.start(intake), past.start(worker)]);
    const counters = file.tenants.map(({ id }) => sealedCounter(database, id));
    const sent = [0, 0];
    for (let day = story.fromMs; day <= story.todayMs; day += dayMs) {
      for (const { untilMs, lines } of goesOf(story, day)) {
        clock.step(untilMs);
        await sendLines(file, lines);
        sent[0] = (sent[0] ?? 0) + lines.length;
        sent[1] = (sent[1] ?? 0) + shareOfSecond(lines).length;
      }
      taking.signal('SIGUSR2');
      await untilSealed(counters.map((count, index) => [sent[index] ?? 0, count]));
    }
  } finally {
    await past.stopParts();
    await database.close();
    clock.remove();
  }
}
