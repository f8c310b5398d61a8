export { createSegmentBuilder, type BuiltSegment } from './segment-builder.ts';
export { cutSegment } from './cut-segment.ts';
export { joinSegments, type BlockContent, type SegmentToSeal } from './join-segments.ts';
export { splitSegmentTable, type SegmentShare } from './segment-table.ts';
export {
  placeAfter,
  readBlockOrigins,
  readBlockRecords,
  type BlockFormatCode,
  type BlockRecord,
  type RecordPlace,
} from './block-records.ts';
export {
  compressPayload,
  decodeBlockBody,
  decompressReadablePart,
  decryptBlockBodyUnverified,
  encodeBlockBody,
  type BlockBodyInput,
  type BlockPosition,
  type DecodedBlockBody,
} from './block-body.ts';
export {
  hasBlockObject,
  maxHeaderBytes,
  type BlockHeader,
  type BlockHeaderV1,
  type DecodedBlockHeader,
  type KeepUntil,
} from './block-header.ts';
export {
  blockKey,
  blockObjectKey,
  checkBlockBody,
  checkStoredBody,
  dataKeyIdOf,
  decodeBlockHeader,
  decodeStoredBlock,
  encodeBlockHeader,
  encodeBlockObject,
  parseReplacementKey,
  replacementKey,
  splitBlockObject,
  type SplitBlockObject,
  type StoredBlock,
} from './block-object.ts';
export { encodeBlock, encodeHeartbeat, type BlockInput, type EncodedBlock, type NewHeader } from './encode-block.ts';
export { decodeLogEntry, encodeStatement, type DecodedLogEntry, type EntryFacts, type LogEntry } from './log-entry.ts';
export {
  blockRangesOf,
  disposalContent,
  disposalKind,
  formatBlockRanges,
  isInRanges,
  keepUntilOf,
  numbersOf,
  parseBlockRanges,
  readDisposal,
  saysOfBlocks,
  sumDisposed,
  type BlockRange,
  type Disposal,
  type DisposalRule,
  type SealedHeader,
} from './disposal.ts';
export {
  countOf,
  fitsBlock,
  readTombstone,
  tombstoneContent,
  tombstoneKind,
  type ReplacementBody,
  type Tombstone,
  type TombstonePerson,
  type TombstoneRule,
} from './tombstone.ts';
export type { ReplacementHeader } from './replacement-header.ts';
export { encodeReplacementBody, encodeReplacementObject, type BlockToReplace } from './replace-block.ts';
export type { LogStatement, StatementValue } from './log-statement.ts';
export { canonicalBytes, canonicalJson, NotCanonicalError, parseCanonicalJson } from './canonical-json.ts';
export { formatTime } from './header-values.ts';
export type { ConsistencyClaim, InclusionClaim } from './check-merkle-proof.ts';
export {
  formatVerifierKey,
  parseVerifierKey,
  signCheckpoint,
  verifyCheckpoint,
  verifyCheckpointByAny,
  verifyEd25519,
} from './checkpoint.ts';
export { cutTile, partialTilesOf } from './cut-tile.ts';
export { decodeEntries, encodeEntries } from './entry-bundle.ts';
export {
  consistencyProof,
  hashLeaf,
  hashNode,
  inclusionProof,
  merkleRoot,
  verifyConsistency,
  verifyInclusion,
} from './merkle-tree.ts';
export { createLogReader, LogReadError, readLogEdge, type LogReadCode, type LogReader } from './read-log.ts';
export { readEdition, readGrownEdition, type ReadLogFile, type TileEdition } from './tile-edition.ts';
export {
  keyFingerprint,
  keysDestroyedContent,
  keysDestroyedKind,
  readKeysDestroyed,
  type DestroyedKey,
  type KeysDestroyed,
} from './keys-destroyed.ts';
export { recordFlags, type SealedRecord } from './sealed-record.ts';
export {
  createDocumentHasher,
  documentHashBytes,
  documentMarkBytes,
  documentsDigest,
  type DocumentHasher,
  type DocumentsDigest,
} from './index-digest.ts';
export { sha256 } from './sha256.ts';
export {
  parseCheckpoint,
  type Checkpoint,
  type ParsedCheckpoint,
  type TreeHead,
  type VerifiedCheckpoint,
  type VerifierKey,
} from './signed-note.ts';
export {
  checkpointPath,
  entriesPath,
  hashesAtLevel,
  parseTilePath,
  tilePath,
  tileWidth,
  type TileName,
} from './tile-path.ts';
export { appendToLog, emptyLogEdge, type LogEdge, type LogGrowth, type LogObject } from './tiled-log.ts';
export { buildEventProof, type BuiltEventProof, type EventProofSources } from './build-event-proof.ts';
export { checkOpenedBlock, locateAlteredRecord, type OpenedBlockCode } from './check-payload.ts';
export { checkEventProof, type CheckedEventProof, type ProofStep, type ProofStepCode } from './check-event-proof.ts';
export type { EventProof, ProofBytes } from './event-proof.ts';
export type { CheckpointPrimitives } from './signed-note.ts';
export { formatDescriptionV1 } from './format-1-text.ts';
export { formatDescriptionV2 } from './format-2-text.ts';
export { formatDescriptionV3 } from './format-3-text.ts';
export { formatDescription } from './format-4-text.ts';
export { reviewsDescription } from './format-reviews-text.ts';
export { timeStampsDescription } from './format-timestamps-text.ts';
export { eventProofOfTlog, tlogProofOfEvent } from './tlog-proof.ts';
export {
  formatInstallationKey,
  installationKeyOf,
  openKey,
  parseInstallationKey,
  readKeyEnvelope,
  sealKey,
  type InstallationKey,
  type KeyEnvelope,
  type KeyPlace,
  type OpenedKey,
} from './key-envelope.ts';
export { dataKeyKind, keyChangeContent, readKeyChange, signingKeyKind, type KeyChange } from './key-statements.ts';
export { logOrigin } from './log-origin.ts';
export { isKeyHandover, isOfVersion1, keepsCheckpoint } from './log-rules.ts';
export { ReportObjectError, type ReportObjectCode } from './report-object/report-object-error.ts';
export type { ReportHeader, ReportObjectName } from './report-object/report-header.ts';
export type { ReportFrame, ReportTable } from './report-object/report-table.ts';
export { readReportObject, type ReportObjectReader, type StoredObject } from './report-object/read-report-object.ts';
export {
  writeReportObject,
  type ReportObjectInput,
  type ReportObjectWriter,
} from './report-object/write-report-object.ts';
