/** What goes between a log and its witnesses: keys, cosignatures, the request, and who has to have seen a checkpoint. */
export {
  formatAddCheckpoint,
  parseAddCheckpoint,
  parseSizeAnswer,
  sizeContentType,
  type AddCheckpoint,
} from './add-checkpoint.ts';
export {
  cosign,
  cosignaturesOf,
  validLines,
  withCosignatures,
  type Cosignature,
  type Cosigner,
} from './cosignature.ts';
export {
  cosignerKey,
  formatCosignerKey,
  parseCosignerKey,
  type CosignatureAlgorithm,
  type CosignerKey,
} from './cosigner-key.ts';
export {
  meetsQuorum,
  parseWitnessPolicy,
  type ParsedPolicy,
  type PolicyFault,
  type PolicyLog,
  type PolicyWitness,
  type WitnessPolicy,
} from './witness-policy.ts';
