import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

// A process of its own that asks the disk for one block again and again: what takes it long, takes everybody long.

export interface Stall {
  readonly fromMs: number;
  readonly toMs: number;
}

const everyMs = 25;
/** Many times what a disk that works takes, also beside the flood. */
const stallMs = 50;
const block = Buffer.alloc(4_096, 1);

const [, , path = ''] = process.argv;
const file = openSync(path, 'w', 0o600);
let isEnding = false;
process.once('disconnect', () => (isEnding = true));
while (!isEnding) {
  const fromMs = Date.now();
  writeSync(file, block, 0, block.length, 0);
  fdatasyncSync(file);
  const toMs = Date.now();
  if (toMs - fromMs >= stallMs) process.send?.({ fromMs, toMs } satisfies Stall);
  await delay(everyMs);
}
closeSync(file);
rmSync(path, { force: true });
