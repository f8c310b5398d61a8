export type { KeyCertificateTask } from './certificate/key-certificate-task.ts';
export type { CertificateTask } from './certificate/certificate-task.ts';
export type { KeptRecord, KeptSignature, RecordTask } from './record/record-task.ts';
export { FrozenRowsError, ndjsonLine, readNdjson } from './rows/ndjson.ts';
export type { Language, RunArea, RunHead } from './rows/run-head.ts';
export { renderCertificate, renderKeyCertificate, renderRecord, renderRun } from './thread/render-run.ts';
export type { RenderTask } from './thread/render-task.ts';
