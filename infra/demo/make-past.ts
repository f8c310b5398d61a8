import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openDatabase, tenantId, type Database, type TenantDatabase } from '@akashi/database';
import { appServices, type StoreUrls } from '../local/app-services.ts';
import { InstallationError, type Installation } from '../local/installation.ts';
import { Supervisor } from '../local/supervisor.ts';
import type { DemoFile } from './provision.ts';
import { goesOf } from './goes-of.ts';
import { organisations } from './organisations.ts';
import { planPastDuties } from './plan-past-duties.ts';
import { areasPartedBeforeMs, putAreas } from './put-areas.ts';
import { reviewPast, type PastAct } from './review-past.ts';
import { sendLines, shareOfSecond } from './send-lines.ts';
import type { Story } from './story/make-story.ts';
import { firstReviewedBefore } from './story/past-reviews.ts';
import { dayMs } from './story/story-time.ts';

export interface PastParts {
  readonly installation: Installation;
  readonly stores: StoreUrls;
  readonly supervisor: Supervisor;
  readonly say: (sentence: string) => void;
}

const sealedWithinMs = 60_000;
/** The clock's file holds whole seconds. */
const clockGrainMs = 1_000;

/** The clock that the parts go by meanwhile: they read it from a file, and nobody else writes there. */
class SteppedClock {
  readonly path: string;

  constructor(home: string) {
    this.path = join(home, 'demonstration.clock');
  }

  nowMs(): number {
    return Date.now() + Number(readFileSync(this.path, 'utf8')) * 1000;
  }

  step(toMs: number): void {
    writeFileSync(`${this.path}.new`, String(Math.round((toMs - Date.now()) / 1000)), { mode: 0o600 });
    renameSync(`${this.path}.new`, this.path);
  }

  remove(): void {
    rmSync(this.path, { force: true });
  }
}

/** What the demonstration has sent to an organisation so far; what the product writes of itself comes beside it. */
interface Sent {
  readonly tenant: TenantDatabase;
  records: number;
}

/**
 * Until what was sent can be searched, and all but what came last stands in blocks: a block waits for a minute from its first
 * record on, and that minute passes with the next hour.
 */
async function untilSealed(database: Database, sent: readonly Sent[], before: Date): Promise<void> {
  const deadline = performance.now() + sealedWithinMs;
  const isOver = async (): Promise<boolean> => {
    for (const { tenant, records } of sent) if ((await recordsOf(tenant)) < records) return false;
    return (await database.platform.findLateNodes(before)).length === 0;
  };
  while (!(await isOver())) {
    if (performance.now() > deadline)
      throw new InstallationError('the past of the demonstration was not sealed; worker.log may say why.');
    await delay(20);
  }
}

async function recordsOf({ logGroups }: TenantDatabase): Promise<number> {
  const groups = (await logGroups.list()).filter(({ name }) => !name.startsWith('akashi/'));
  return groups.reduce((sum, { records }) => sum + records, 0);
}

/**
 * Lets the story happen: intake, worker and API run by a clock that stands in the past and is stepped from hour to hour, each
 * hour's lines come in over the ordinary ways, people review their days, and each day is sealed before the next begins. Then
 * these parts stop; those that serve are started by the machine's clock, and the platform's trail tells of both.
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
  const database = openDatabase({
    url: stores.databaseUrl,
    applicationName: 'akashi-story',
    maxConnections: 2,
    clockOffsetSeconds: () => (clock.nowMs() - Date.now()) / 1000,
  });
  const [taking] = await Promise.all([
    past.start(intake),
    ...others.filter(({ name }) => name !== 'web').map((service) => past.start(service)),
  ]);
  const sent: Sent[] = file.tenants.map(({ id }) => ({ tenant: database.forTenant(tenantId(id)), records: 0 }));
  const [shop, second] = sent;
  try {
    if (shop === undefined) throw new Error('the demonstration has no organisation');
    // A day is reviewed on the day after it.
    const reviewsFromMs = story.todayMs - (firstReviewedBefore - 1) * dayMs;
    let areDutiesPlanned = false;
    const acts = [
      ...reviewPast({ file, database: shop.tenant, todayMs: story.todayMs }),
      partAreas(shop.tenant, story.todayMs - areasPartedBeforeMs),
    ];
    for (let day = story.fromMs; day <= story.todayMs; day += dayMs) {
      let lastMs = day;
      for (const { untilMs, lines } of goesOf(story, day)) {
        lastMs = untilMs;
        await letAct(clock, acts, untilMs);
        clock.step(untilMs);
        if (!areDutiesPlanned && day >= reviewsFromMs) {
          await planPastDuties(database, { id: shop.tenant.tenantId }, new Date(untilMs));
          areDutiesPlanned = true;
        }
        await sendLines(file, lines);
        shop.records += lines.length;
        if (second !== undefined) second.records += shareOfSecond(lines).length;
      }
      taking.signal('SIGUSR2');
      await untilSealed(database, sent, new Date(lastMs - clockGrainMs));
    }
  } finally {
    await past.stopParts();
    await database.close();
    clock.remove();
  }
}

function partAreas(tenant: TenantDatabase, atMs: number): PastAct {
  const run = async (): Promise<void> => {
    const [organisation] = organisations;
    if (organisation !== undefined) await putAreas(tenant, organisation, new Date(atMs));
  };
  return { atMs, run };
}

/** Lets people do what they did before a moment, each at its own. */
async function letAct(clock: SteppedClock, acts: PastAct[], untilMs: number): Promise<void> {
  for (let act = acts[0]; act !== undefined && act.atMs < untilMs; act = acts[0]) {
    acts.shift();
    if (clock.nowMs() < act.atMs) clock.step(act.atMs);
    await act.run((ms) => {
      if (ms > 0) clock.step(clock.nowMs() + ms);
      return clock.nowMs();
    });
  }
}
