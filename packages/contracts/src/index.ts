export { problem, problemCodes, type Problem, type ProblemCode } from './problem.ts';
export { base64, count, cursor, eventId, logGroupPattern, logName, moment, sha256Base64 } from './values.ts';
export {
  contextAnswer,
  contextQuery,
  event,
  eventDetail,
  eventSource,
  fieldValue,
  maskNote,
  type ContextAnswer,
  type EventAnswer,
  type EventDetail,
} from './event.ts';
export { eventProof, proofAnswer, type ProofAnswer } from './event-proof.ts';
export {
  facetsAnswer,
  facetsRequest,
  fieldsAnswer,
  histogramAnswer,
  histogramRequest,
  queryWarning,
  searchAnswer,
  searchRequest,
  selectionRequest,
  type FacetsAnswer,
  type FacetsRequest,
  type FieldsAnswer,
  type HistogramAnswer,
  type HistogramRequest,
  type SearchAnswer,
  type SearchRequest,
  type SelectionRequest,
} from './search.ts';
export { session, signInRequest, type Session, type SignInRequest } from './session.ts';
export {
  logGroup,
  logGroupsAnswer,
  source,
  sourcesAnswer,
  type LogGroupsAnswer,
  type SourcesAnswer,
} from './log-catalogue.ts';
export {
  block,
  blocksAnswer,
  blocksQuery,
  checkpointAnswer,
  verification,
  verificationsAnswer,
  type BlocksAnswer,
  type CheckpointAnswer,
  type VerificationsAnswer,
} from './tenant-log.ts';
export { intakePath, receipt, type Receipt } from './intake.ts';
export {
  contact,
  organisation,
  organisationChange,
  quotas,
  reviewHours,
  type OrganisationAnswer,
  type OrganisationChangeRequest,
} from './organisation.ts';
export {
  closeRequest,
  newPlatformTenant,
  platformHealth,
  platformTenant,
  platformTenantsAnswer,
  quotasChange,
  reasonRequest,
  type CloseRequest,
  type NewPlatformTenant,
  type PlatformHealth,
  type PlatformTenant,
  type PlatformTenantsAnswer,
  type QuotasChange,
  type ReasonRequest,
} from './platform.ts';
export {
  currentSupport,
  longestSupportHours,
  newSupportAccess,
  operatorAccess,
  operatorAccessesAnswer,
  supportAccess,
  supportAccessesAnswer,
  supportAccessHeader,
  type NewSupportAccessRequest,
  type OperatorAccessesAnswer,
  type SupportAccessAnswer,
  type SupportAccessesAnswer,
} from './support-access.ts';
