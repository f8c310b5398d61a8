export const utf8 = 'utf-8';

/** What a sender may be set to, by the standard names; Shift_JIS with what Windows has beyond it. */
export const encodingOptions = [
  { id: utf8, label: 'UTF-8' },
  { id: 'shift_jis', label: 'Shift_JIS (CP932, Windows-31J)' },
  { id: 'euc-jp', label: 'EUC-JP' },
  { id: 'iso-2022-jp', label: 'ISO-2022-JP' },
  { id: 'utf-16le', label: 'UTF-16LE' },
  { id: 'utf-16be', label: 'UTF-16BE' },
] as const;

export type EncodingId = (typeof encodingOptions)[number]['id'];

/** Null, and a name that is not offered, is UTF-8. */
export function encodingId(encoding: string | null | undefined): EncodingId {
  return encodingOptions.find(({ id }) => id === encoding)?.id ?? utf8;
}

export function encodingLabel(encoding: string | null): string {
  const offered = encodingId(encoding);
  return encodingOptions.find(({ id }) => id === offered)?.label ?? offered;
}
