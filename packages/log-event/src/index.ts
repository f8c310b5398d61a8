export {
  decodeBatchOrigin,
  encodeBatchOrigin,
  type BatchOrigin,
  type BatchSource,
  type SourceKind,
} from './batch-origin.ts';
export { createNormalizer } from './create-normalizer.ts';
export { decodeIndexDocument } from './decode-index-document.ts';
export {
  catalogueVersion,
  derivationId,
  derivationOf,
  derivationText,
  repeatableDerivation,
  type Derivation,
  type KeptDerivation,
} from './derivation.ts';
export { differingFields } from './differing-fields.ts';
export { encodeBulkLines, type BulkLinesInput } from './encode-bulk-lines.ts';
export {
  isJoined,
  type JoinedRecords,
  type OpenHead,
  type RecordJoin,
  type RecordsToJoin,
} from './joins/record-joins.ts';
export { searchText, searchTextField } from './search-text.ts';
export { encodeIndexDocument, maskedRules, type DocumentPlace } from './encode-index-document.ts';
export { documentGeneration } from './document-generation.ts';
export { readIndexTime } from './index-time.ts';
export { eventIdOf, parseEventId, shortUuid, type EventPlace } from './event-id.ts';
export type { EventField, EventFieldType } from './fields/event-field.ts';
export { eventFields, isStructuralField, labelPrefix, resolveFieldName, tenantField } from './fields/event-fields.ts';
export type { ApiEvent, ApiEventSource, IndexableRecord, IndexDocument, MaskNoteEntry } from './index-document.ts';
export { formatMicros } from './index-time.ts';
export {
  parseStatuses,
  type EventReading,
  type FieldValue,
  type LogEvent,
  type Normalizer,
  type NormalizerInput,
  type NormalizerSettings,
  type ParseReason,
  type ParseResult,
  type ParseStatus,
} from './log-event.ts';
export { compileOwnFormat, type CompiledOwnFormat } from './own-formats/compile-own-format.ts';
export { KeptNormalizers } from './kept-normalizers.ts';
export { FormatMeter, judgeFormat, type FormatCost } from './own-formats/format-meter.ts';
export { liveFormatsOf } from './own-formats/kept-formats.ts';
export type { Miss } from './own-formats/key-finder.ts';
export {
  ownFormatLimits,
  ownFormatProblems,
  type LiveFormat,
  type OwnCondition,
  type OwnFormat,
  type OwnFormatProblem,
  type OwnFormatProblemCode,
  type OwnReading,
  type OwnRule,
} from './own-formats/own-format.ts';
export { suggestFormat, type SuggestedFormat } from './own-formats/suggest-format.ts';
export { tryOwnFormat, type FormatTrial, type TriedLine } from './own-formats/try-own-format.ts';
export {
  classCatalogue,
  classesOfRequirement,
  requirementNumbers,
  requirementVersions,
  sixFieldWords,
  type ClassMeaning,
  type RequirementVersion,
} from './classes/class-catalogue.ts';
export { eventClasses, sixFields, type EventClass, type SixField } from './classes/event-class.ts';
export { expandDocument, impliedValues, priorityField } from './lean-document.ts';
export { eventShape } from './shapes/event-shape.ts';
export { ShapeMiner, type LineShape, type MinerLimits } from './shapes/shape-miner.ts';
export { decodeRecordText } from './record-text.ts';
export { timeZoneName } from './time/time-zone.ts';
export { zoneClock } from './time/zone-clock.ts';
