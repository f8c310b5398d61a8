export { cardNumbersIn, type CardNumberPlace } from './card-numbers-in.ts';
export { createMasker, type Masker, type MaskPolicy } from './create-masker.ts';
export { type IssuerRange, issuerRanges } from './issuer-ranges.ts';
export { maskFailClosed } from './mask-fail-closed.ts';
export type { MaskedRecord, MaskNote } from './mask-marks.ts';
export type { OpenEnds } from './open-ends.ts';
