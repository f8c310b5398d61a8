import { createServer } from 'node:net';

/**
 * A port base whose ports at these offsets nobody has. Below the range that the kernel hands out by itself, so that nobody takes
 * one between the check and its use.
 */
export async function freePortBase(offsets: readonly number[]): Promise<number> {
  for (let base = 20_000 + (process.pid % 500) * 20; base < 32_000; base += 20) {
    const free = await Promise.all(offsets.map((offset) => isFree(base + offset)));
    if (free.every(Boolean)) return base;
  }
  throw new Error('no free ports were found');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
