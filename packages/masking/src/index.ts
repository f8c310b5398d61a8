export { cardNumbersIn, type CardNumberPlace } from './card-numbers-in.ts';
export { createMasker, type MaskedRecord, type Masker, type MaskPolicy } from './create-masker.ts';
export { type IssuerRange, issuerRanges } from './issuer-ranges.ts';
export { maskFailClosed } from './mask-fail-closed.ts';
export type { MaskNote } from './record-edits.ts';
export type { OpenEnds } from './open-ends.ts';
