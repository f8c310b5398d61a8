import { createServer } from 'node:net';

/** Offsets from PORT_BASE that an installation binds. */
const offsets = [0, 1, 2, 3, 14, 15, 32, 92, 93];

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** A PORT_BASE whose whole range is free now, below the ports that the kernel hands out by itself. */
export async function findFreePortBase(): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const base = 10_000 + ((process.pid * 7 + attempt) % 190) * 100;
    const free = await Promise.all(offsets.map((offset) => isFree(base + offset)));
    if (free.every(Boolean)) return base;
  }
  throw new Error('no free range of ports between 10000 and 29000');
}
