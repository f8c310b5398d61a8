/**
 * Issuer ranges as data, at the granularity of the first four digits (ISO/IEC 7812-1 issuer identification numbers).
 * Sources: the networks' published ranges (Visa Core Rules, Mastercard BIN table, American Express, JCB, Diners Club and
 * Discover network ranges, UnionPay, NPCI RuPay, Troy, Mir, Verve, Uzcard/Humo). Where a network publishes six digits,
 * the four-digit prefix that holds them is listed: a wider net here costs a few extra masks, a narrower one a leak.
 */
export interface IssuerRange {
  readonly network: string;
  /** First and last four-digit prefix, both included. */
  readonly from: number;
  readonly to: number;
  readonly lengths: readonly number[];
}

export const issuerRanges: readonly IssuerRange[] = [
  { network: 'visa', from: 4000, to: 4999, lengths: [13, 16, 18, 19] },
  { network: 'mastercard', from: 5100, to: 5599, lengths: [16] },
  { network: 'mastercard', from: 2221, to: 2720, lengths: [16] },
  { network: 'american-express', from: 3400, to: 3499, lengths: [15] },
  { network: 'american-express', from: 3700, to: 3799, lengths: [15] },
  { network: 'jcb', from: 3528, to: 3589, lengths: [16, 17, 18, 19] },
  { network: 'diners-club', from: 3000, to: 3059, lengths: [14, 15, 16, 17, 18, 19] },
  { network: 'diners-club', from: 3095, to: 3095, lengths: [14, 15, 16, 17, 18, 19] },
  { network: 'diners-club', from: 3600, to: 3699, lengths: [14, 15, 16, 17, 18, 19] },
  { network: 'diners-club', from: 3800, to: 3999, lengths: [14, 15, 16, 17, 18, 19] },
  { network: 'discover', from: 6011, to: 6011, lengths: [16, 17, 18, 19] },
  { network: 'discover', from: 6440, to: 6599, lengths: [16, 17, 18, 19] },
  { network: 'unionpay', from: 6200, to: 6299, lengths: [16, 17, 18, 19] },
  { network: 'unionpay', from: 8100, to: 8171, lengths: [16, 17, 18, 19] },
  { network: 'maestro', from: 5000, to: 5099, lengths: [13, 14, 15, 16, 17, 18, 19] },
  { network: 'maestro', from: 5600, to: 5899, lengths: [13, 14, 15, 16, 17, 18, 19] },
  { network: 'maestro', from: 6304, to: 6304, lengths: [13, 14, 15, 16, 17, 18, 19] },
  { network: 'maestro', from: 6390, to: 6390, lengths: [13, 14, 15, 16, 17, 18, 19] },
  { network: 'maestro', from: 6700, to: 6799, lengths: [13, 14, 15, 16, 17, 18, 19] },
  { network: 'interpayment-instapayment-elo', from: 6360, to: 6399, lengths: [16, 17, 18, 19] },
  { network: 'rupay', from: 6000, to: 6099, lengths: [16, 19] },
  { network: 'rupay', from: 8172, to: 8299, lengths: [16] },
  { network: 'verve', from: 5060, to: 5079, lengths: [16, 18, 19] },
  { network: 'verve', from: 6500, to: 6500, lengths: [16, 18, 19] },
  { network: 'troy', from: 9792, to: 9792, lengths: [16] },
  { network: 'mir', from: 2200, to: 2204, lengths: [16, 17, 18, 19] },
  { network: 'borica', from: 2205, to: 2205, lengths: [16] },
  { network: 'uzcard', from: 8600, to: 8600, lengths: [16] },
  { network: 'humo', from: 9860, to: 9860, lengths: [16] },
];

export const shortestPan = 13;
export const longestPan = 19;

/** Bit n of entry p is set when prefix p is issued with n digits. */
function lengthsByPrefix(): Uint32Array {
  const table = new Uint32Array(10_000);
  for (const range of issuerRanges) {
    let bits = 0;
    for (const length of range.lengths) bits |= 1 << length;
    for (let prefix = range.from; prefix <= range.to; prefix++) table[prefix] = (table[prefix] ?? 0) | bits;
  }
  return table;
}

const issued = lengthsByPrefix();

/** Whether some network issues numbers of this length under this four-digit prefix. */
export function isIssued(prefix: number, length: number): boolean {
  return (((issued[prefix] ?? 0) >>> length) & 1) === 1;
}
