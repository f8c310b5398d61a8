/** Longer texts are cut: one look must never be too large to be recorded. */
export const textLimit = { query: 4000, name: 512, address: 128, userAgent: 512, detail: 1000, value: 1000 } as const;

/** At most `limit` UTF-16 units, never half of a surrogate pair; control characters become spaces. */
export function boundedText(text: string, limit: number): string {
  const flat = text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').toWellFormed();
  if (flat.length <= limit) return flat;
  return `${flat
    .slice(0, limit - 1)
    .toWellFormed()
    .replace(/\uFFFD$/, '')}…`;
}
