import { once } from 'node:events';
import { ReadableStream, TransformStream } from 'node:stream/web';
import { Worker } from 'node:worker_threads';
import type { CertificateTask } from '../certificate/certificate-task.ts';
import type { KeyCertificateTask } from '../certificate/key-certificate-task.ts';
import type { RecordTask } from '../record/record-task.ts';
import type { RenderTask } from './render-task.ts';
import { takePlace } from './thread-places.ts';

const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
const entry = new URL(`./render-thread.${extension}`, import.meta.url);

/** A file that could not be made: its thread ended, or what it was to read could not be read. */
export class RenderingError extends Error {
  override readonly name = 'RenderingError';
  readonly code = 'rendering-failed';
}

/** Above this a thread is ended with an error, before the process is. The longest PDF needs about half. */
const heapMiB = 384;

/** What a thread makes: one file, of a run from its rows, of a record, or of a certificate. */
export type ThreadTask =
  | { readonly run: RenderTask }
  | { readonly record: RecordTask }
  | { readonly certificate: CertificateTask }
  | { readonly keyCertificate: KeyCertificateTask };

/**
 * Makes one file on a thread of its own, and gives its bytes in chunks as they are made. Reads no faster than it is read;
 * whoever stops reading ends the thread. Begins when one of the process's few places for threads is free.
 */
export async function* onThread(
  task: ThreadTask,
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const leave = await takePlace();
  try {
    yield* made(task, source);
  } finally {
    leave();
  }
}

async function* made(task: ThreadTask, source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const thread = idle.pop() ?? begin();
  clearTimeout(thread.leaves);
  thread.worker.ref();
  const chunks = source[Symbol.asyncIterator]();
  const input = ReadableStream.from<Uint8Array>({ [Symbol.asyncIterator]: () => chunks });
  const output = new TransformStream<Uint8Array, Uint8Array>();
  const reader = output.readable.getReader();
  let isWhole = false;
  try {
    thread.worker.postMessage({ task, input, output: output.writable }, [input, output.writable]);
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), thread.ended]);
      if (done) break;
      yield value;
    }
    isWhole = true;
  } catch (cause) {
    throw cause instanceof RenderingError ? cause : new RenderingError('a file could not be made', { cause });
  } finally {
    // After a file that was not made to its end nobody knows what the thread still does.
    if (isWhole) rest(thread);
    else await thread.worker.terminate();
    await chunks.return?.();
  }
}

interface Thread {
  readonly worker: Worker;
  /** Never resolves: the end of a thread is a fault to whoever waits for its file, and to nobody else. */
  readonly ended: Promise<never>;
  leaves?: NodeJS.Timeout;
}

/** Loading what makes a PDF takes longer than a short one does, and a day's reports are made one after the other. */
const idle: Thread[] = [];
const restsMs = 5_000;

function begin(): Thread {
  const worker = new Worker(entry, {
    ...(extension === 'ts' ? { execArgv: ['--conditions=source'] } : {}),
    resourceLimits: { maxOldGenerationSizeMb: heapMiB },
  });
  const ended = endOf(worker);
  const thread: Thread = { worker, ended };
  ended.catch(() => forget(thread));
  return thread;
}

/** Waits for another file for some seconds; keeps no process alive meanwhile. */
function rest(thread: Thread): void {
  thread.worker.unref();
  thread.leaves = setTimeout(() => {
    forget(thread);
    void thread.worker.terminate();
  }, restsMs).unref();
  idle.push(thread);
}

function forget(thread: Thread): void {
  const place = idle.indexOf(thread);
  if (place >= 0) idle.splice(place, 1);
}

async function endOf(worker: Worker): Promise<never> {
  await once(worker, 'exit');
  throw new RenderingError('the thread that made a file ended');
}
