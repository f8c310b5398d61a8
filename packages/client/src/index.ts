export {
  AuditUnavailableError,
  createAuditSender,
  type AuditSender,
  type AuditSenderSettings,
} from './audit-sender.ts';
export {
  createIntakeClient,
  type IntakeAnswer,
  type IntakeBatch,
  type IntakeClient,
  type IntakeSettings,
} from './intake-client.ts';
export {
  createOwnLogSender,
  OwnLogError,
  type OwnLogLine,
  type OwnLogLines,
  type OwnLogSender,
  type OwnLogSettings,
} from './own-log-sender.ts';
export {
  createReadingClient,
  type PageOptions,
  type ReadingClient,
  type ReadingSettings,
  type Selection,
} from './reading-client.ts';
export { createRefusalTally, type Refusal, type RefusalTally, type ToldRefusals } from './refusal-tally.ts';
export { startServiceRun, type ServiceRun, type ServiceRunSettings } from './service-run.ts';
export { ReadingError } from './reading-error.ts';
export { createTrust, type Trust } from './send-request.ts';
export { createTally, type Tallied, type Tally } from './tally.ts';
