import type { CertificateTask } from '../certificate/certificate-task.ts';
import type { KeyCertificateTask } from '../certificate/key-certificate-task.ts';
import type { RecordTask } from '../record/record-task.ts';
import { onThread } from './on-thread.ts';
import type { RenderTask } from './render-task.ts';

/**
 * Makes one file of a run from its frozen NDJSON, on a thread of its own, so that a long table holds nothing else up. Gives
 * the file's bytes in chunks as they are made; the same head and rows give the same bytes. Neither the rows nor the file are
 * ever held whole.
 */
export function renderRun(
  task: RenderTask,
  ndjson: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  return onThread({ run: task }, ndjson);
}

/** Makes the PDF of a day's log review record on a thread of its own; the same task gives the same bytes. */
export function renderRecord(task: RecordTask): AsyncGenerator<Uint8Array, void, undefined> {
  return onThread({ record: task }, nothing());
}

/** Makes the PDF of a disposal's certificate on a thread of its own; the same task gives the same bytes. */
export function renderCertificate(task: CertificateTask): AsyncGenerator<Uint8Array, void, undefined> {
  return onThread({ certificate: task }, nothing());
}

/** Makes the PDF of a key destruction's certificate on a thread of its own; the same task gives the same bytes. */
export function renderKeyCertificate(task: KeyCertificateTask): AsyncGenerator<Uint8Array, void, undefined> {
  return onThread({ keyCertificate: task }, nothing());
}

async function* nothing(): AsyncGenerator<Uint8Array, void, undefined> {
  // Records and certificates stand in their tasks.
}
