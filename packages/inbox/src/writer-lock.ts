import { join } from 'node:path';
import { takeProcessLock } from '@akashi/durable-files';
import { InboxError } from './inbox-error.ts';

/**
 * One writer process per inbox directory, because recovery closes every open segment it finds. The lock of a process
 * that is gone is taken over. Answers what gives it up.
 */
export function takeWriterLock(dir: string): () => void {
  const lock = takeProcessLock(join(dir, 'writer.lock'));
  if (lock.outcome === 'taken') return lock.release;
  throw new InboxError('inbox-in-use', `process ${lock.pid} already writes to the inbox ${dir}`);
}
