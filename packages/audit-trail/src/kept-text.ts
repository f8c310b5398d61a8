import { createMasker, type Masker } from '@akashi/masking';

/** What a failed attempt may have told at most of each text, in UTF-16 units; and what never is a question of anybody's. */
export const textLimit = { query: 4096, name: 512, address: 128, userAgent: 512, detail: 1000, value: 1000 } as const;

/**
 * Bytes of a whole line. Intake keeps 256 KiB in one piece; an act that needs more to be told is refused, never shortened:
 * spaces in front of a condition would else hide it.
 */
export const longestLineBytes = 200 * 1024;

/** The act cannot be told in one record, so it must not happen. Holds nothing of what was told. */
export class AuditRecordTooLargeError extends Error {
  override readonly name = 'AuditRecordTooLargeError';

  constructor() {
    super(`an act takes more than ${longestLineBytes} bytes to be told`);
  }
}

/** Made when it is needed: browsers read the names of the acts and write none. */
let masker: Masker | undefined;

/** Masks card numbers in a whole text, so that no cut can hide one from the masker, and makes it well-formed UTF-16. */
export function keptText(text: string): string {
  masker ??= createMasker({ version: 'trail', keep: 'first6last4' });
  return masker.maskText(text.toWellFormed());
}

/** At most `limit` UTF-16 units of the masked text, never half of a surrogate pair; control characters become spaces. */
export function boundedText(text: string, limit: number): string {
  const flat = keptText(text).replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
  if (flat.length <= limit) return flat;
  return `${flat
    .slice(0, limit - 1)
    .toWellFormed()
    .replace(/\uFFFD$/, '')}…`;
}

/** How the texts of one act are told; `limit` is what a shortened one may take. */
export type TellText = (text: string, limit: number) => string;

/** What was answered or changed stands there as it was asked, to the last character. */
export const wholeText: TellText = (text) => keptText(text);
