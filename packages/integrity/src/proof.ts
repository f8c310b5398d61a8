/** Browser-safe entry of this package: the proof of one event and its check. */
export type { EventProof, ProofBytes, WithheldProof } from './event-proof.ts';
export {
  checkEventProof,
  checkWithheldProof,
  type CheckedEventProof,
  type ProofStep,
  type ProofStepCode,
} from './check-event-proof.ts';
export { parseBlockHeader, type BlockHeader } from './block-header.ts';
export { tlogProofOfEvent } from './tlog-proof.ts';
export { parseCheckpoint, type CheckpointPrimitives } from './signed-note.ts';
