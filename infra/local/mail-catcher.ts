import { randomBytes } from 'node:crypto';
import { createWriteStream, mkdirSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { callbackify } from 'node:util';
import { SMTPServer } from 'smtp-server';
import type { Stoppable } from './supervisor.ts';

const largestMailBytes = 5 * 1024 * 1024;

/**
 * Stands in for a mail server where none is set: takes every message on loopback and keeps it as a file (0600) in `folder`,
 * named by its time. Nothing leaves the machine.
 */
export async function startMailCatcher(at: { port: number; folder: string }): Promise<Stoppable> {
  mkdirSync(at.folder, { recursive: true, mode: 0o700 });
  const keep = callbackify(async (message: Readable): Promise<void> => {
    const time = new Date().toISOString().replaceAll(/[:.]/g, '-');
    const path = join(at.folder, `${time}-${randomBytes(2).toString('hex')}.eml`);
    // Renamed when it is whole, so that whoever watches the folder never reads half a message.
    await pipeline(message, createWriteStream(`${path}.part`, { mode: 0o600 }));
    await rename(`${path}.part`, path);
  });
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    size: largestMailBytes,
    onData: (stream, _session, done) => keep(stream, (error) => done(error)),
  });
  // A client that goes away in the middle is no fault of the installation.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(at.port, '127.0.0.1', resolve));
  return { stop: () => new Promise((resolve) => server.close(() => resolve())) };
}
