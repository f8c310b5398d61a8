import type { ReadableStream, WritableStream } from 'node:stream/web';
import { parentPort } from 'node:worker_threads';
import { runCsv } from '../csv/run-csv.ts';
import type { ThreadTask } from './on-thread.ts';

interface Work {
  readonly task: ThreadTask;
  readonly input: ReadableStream<Uint8Array>;
  readonly output: WritableStream<Uint8Array>;
}

/**
 * A thread makes one file at a time. What goes wrong reaches the reader of the file as its stream's error. Its reader ends
 * it: one that ended by itself could do so before its last bytes have arrived.
 */
parentPort?.on('message', ({ task, input, output }: Work) => {
  void write(file(task, input), output);
});

/** What opens fonts of some megabytes is loaded by the threads that need it. */
async function* file(task: ThreadTask, input: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  if ('certificate' in task) {
    const { certificatePdf } = await import('../certificate/certificate-pdf.ts');
    yield* certificatePdf(task.certificate);
  } else if ('keyCertificate' in task) {
    const { keyCertificatePdf } = await import('../certificate/key-certificate-pdf.ts');
    yield* keyCertificatePdf(task.keyCertificate);
  } else if ('record' in task) {
    const { recordPdf } = await import('../record/record-pdf.ts');
    yield* recordPdf(task.record);
  } else if (task.run.format === 'csv') {
    yield* runCsv(task.run, input);
  } else {
    const { runPdf } = await import('../pdf/run-pdf.ts');
    yield* runPdf(task.run, input);
  }
}

async function write(chunks: AsyncIterable<Uint8Array>, output: WritableStream<Uint8Array>): Promise<void> {
  const writer = output.getWriter();
  try {
    for await (const chunk of chunks) {
      await writer.ready;
      await writer.write(chunk);
    }
    await writer.close();
  } catch (error) {
    await writer.abort(error);
  }
}
