import { isFree } from './ports.ts';

/** Offsets from PORT_BASE that an installation binds. */
const offsets = [0, 1, 2, 3, 4, 14, 15, 25, 32, 92, 93];

/** A PORT_BASE whose whole range is free now, below the ports that the kernel hands out by itself. */
export async function findFreePortBase(): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const base = 10_000 + ((process.pid * 7 + attempt) % 190) * 100;
    const free = await Promise.all(offsets.map((offset) => isFree(base + offset, '127.0.0.1')));
    if (free.every(Boolean)) return base;
  }
  throw new Error('no free range of ports between 10000 and 29000');
}
