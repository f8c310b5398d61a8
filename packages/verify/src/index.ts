export { openBlockPool } from './block-pool.ts';
export type { SealedBlock } from './block-contents.ts';
export type { DataKeys } from './check-block.ts';
export type { Problem, ProblemCode, Warning, WarningCode } from './findings.ts';
export type { SigningKeyChange } from './key-chain.ts';
export { folderModule } from './folder-source.ts';
export type { ObjectSource } from './object-source.ts';
export type { TimeStampRequest, TimeStampTotals } from './time-stamps/verify-time-stamps.ts';
export type { WitnessRequest, WitnessTotals } from './witnesses/verify-witnesses.ts';
export { checkBlockReports } from './reviews/check-block-reports.ts';
export type { OwnLine } from './reviews/own-lines.ts';
export type { ReviewTotals, ToldReview } from './reviews/verify-reviews.ts';
export {
  HeldCheckpointError,
  inFolder,
  verifyArchive,
  type EvidencePlace,
  type Verification,
  type VerifyRequest,
} from './verify-archive.ts';
export type { HeldCheckpoint, HeldOutcome } from './verify-log.ts';
