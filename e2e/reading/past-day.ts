import type { DemoFile } from '../installation/installation.ts';
import { eventually } from './eventually.ts';
import { LogReader } from './log-reader.ts';

const hourMs = 3_600_000;

const pastDays = 23;

/**
 * Waits until the demonstration's past is indexed and sealed: some of its lines may still be on their way when the
 * installation says that it is ready. Answers a range of its last day that no new line enters, so that counts asked for one
 * after the other agree.
 */
export async function settledRangeOf(demo: DemoFile): Promise<{ from: string; to: string }> {
  const log = new LogReader(demo);
  const at = (hours: number): string => new Date(Date.now() - hours * hourMs).toISOString();
  await eventually(
    () => log.count({ from: at(pastDays * 24), to: at(0) }),
    (count) => count >= demo.pastLines,
    120_000,
  );
  await eventually(
    () => log.recordsInBlocks(Number.POSITIVE_INFINITY),
    (sealed) => sealed >= demo.pastLines,
    180_000,
  );
  return { from: at(20), to: at(1) };
}
