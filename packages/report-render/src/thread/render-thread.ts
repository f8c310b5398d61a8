import type { ReadableStream, WritableStream } from 'node:stream/web';
import { parentPort } from 'node:worker_threads';
import { runCsv } from '../csv/run-csv.ts';
import type { RenderTask } from './render-task.ts';

interface Work {
  readonly task: RenderTask;
  readonly input: ReadableStream<Uint8Array>;
  readonly output: WritableStream<Uint8Array>;
}

/** A thread makes one file and ends. What goes wrong reaches the reader of the file as its stream's error. */
parentPort?.once('message', ({ task, input, output }: Work) => {
  void write(file(task, input), output);
});

async function* file(task: RenderTask, input: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (task.format === 'csv') return yield* runCsv(task, input);
  // Loaded by the threads that need it: it opens fonts of some megabytes.
  const { runPdf } = await import('../pdf/run-pdf.ts');
  yield* runPdf(task, input);
}

async function write(file: AsyncIterable<Uint8Array>, output: WritableStream<Uint8Array>): Promise<void> {
  const writer = output.getWriter();
  try {
    for await (const chunk of file) {
      await writer.ready;
      await writer.write(chunk);
    }
    await writer.close();
  } catch (error) {
    await writer.abort(error);
  }
}
