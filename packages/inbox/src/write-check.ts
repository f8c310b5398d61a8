import { randomUUID } from 'node:crypto';
import { open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { syncDirectory } from '@akashi/durable-files';
import { InboxError } from './inbox-error.ts';
import { namesIn } from './read-segment.ts';

const fileNameStart = 'write-check.';
/** As much as a usual batch, so that the last free block of a disk does not pass for room. */
const checkBytes = 64 * 1024;

/**
 * Whether what comes next would become durable. The last commit says so as long as it succeeded; after one that failed,
 * who is asked writes a little by himself, because nobody may send any more to a place that takes nothing.
 */
export class WriteCheck {
  readonly #dir: string;
  #isFailing = false;
  #running: Promise<void> | undefined;

  constructor(dir: string) {
    this.#dir = dir;
  }

  committed(): void {
    this.#isFailing = false;
  }

  failed(): void {
    this.#isFailing = true;
  }

  /** Rejects while writes fail. Those who ask at the same time share one write, also when it hangs. */
  async run(): Promise<void> {
    if (!this.#isFailing) return;
    this.#running ??= this.#write().finally(() => {
      this.#running = undefined;
    });
    await this.#running;
  }

  /** Removes what a process that died in the middle left. */
  async removeLeftovers(): Promise<void> {
    const left = (await namesIn(this.#dir)).filter((name) => name.startsWith(fileNameStart));
    await Promise.all(left.map((name) => unlink(join(this.#dir, name))));
  }

  /** The calls that make a segment durable, on a file that is new each time: one whose sync failed says nothing any more. */
  async #write(): Promise<void> {
    const path = join(this.#dir, `${fileNameStart}${randomUUID()}`);
    try {
      const handle = await open(path, 'wx', 0o600);
      try {
        const { bytesWritten } = await handle.writev([Buffer.alloc(checkBytes)], 0);
        if (bytesWritten < checkBytes) throw new Error('the write was cut short');
        await handle.datasync();
        await syncDirectory(this.#dir);
      } finally {
        await handle.close();
        await unlink(path);
      }
    } catch (cause) {
      throw new InboxError('inbox-not-writable', 'writes to the inbox fail', { cause });
    }
    this.#isFailing = false;
  }
}
