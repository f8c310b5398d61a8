import type { Decoder } from './decoder.ts';

type PairText = (lead: number, trail: number) => string | null;

/** ASCII, and characters of two bytes. */
export function pairDecoder(textOf: PairText): Decoder {
  return {
    walk(bytes, _state, on) {
      for (let at = 0; at < bytes.length;) {
        const lead = bytes[at] ?? 0;
        const text = lead < 0x80 ? String.fromCharCode(lead) : textOf(lead, bytes[at + 1] ?? 0);
        const end = at + (lead < 0x80 || text === null ? 1 : 2);
        on(at, end, text);
        at = end;
      }
      return '';
    },
  };
}
