/** Entry `@akashi/report/record`: needs node:crypto, so it stands apart from what browsers load. */
export {
  addendumFormat,
  recordBytes,
  recordFormat,
  recordSha256,
  type RecordArea,
  type RecordFinding,
  type RecordIncident,
  type RecordItem,
  type RecordPerson,
  type RecordReference,
  type RecordReport,
  type RecordRun,
  type RecordVerdict,
  type ReviewAddendum,
  type ReviewRecord,
} from './review-record.ts';
export {
  productSignedBytes,
  signatureDomain,
  signingChallenge,
  type CodeSignature,
  type PasskeySignature,
  type SignatureEnvelope,
  type SigningAction,
  type SigningStatement,
} from './signature.ts';
export {
  endingFormat,
  enrolmentChallenge,
  enrolmentDomain,
  enrolmentSha256,
  type CredentialEnding,
  type Enrolment,
  type EnrolmentStatement,
} from './enrolment.ts';
