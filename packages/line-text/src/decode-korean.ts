import { characterIn } from './decode-multi-byte.ts';
import { pairDecoder } from './pair-decoder.ts';

const firstSyllable = 0xac00;
const lastSyllable = 0xd7a3;

let extension: ReadonlyMap<number, string> | undefined;

/** Microsoft's extension of KS X 1001 (code page 949): the syllables that it lacks, in the order of Unicode. */
function extensionPairs(): ReadonlyMap<number, string> {
  const standard = new Set<string>();
  for (let lead = 0xb0; lead <= 0xc8; lead += 1)
    for (let trail = 0xa1; trail <= 0xfe; trail += 1) standard.add(characterIn('euc-kr', lead, trail) ?? '');
  const pairs = new Map<number, string>();
  let syllable = firstSyllable;
  for (let lead = 0x81; lead <= 0xc6; lead += 1) {
    for (let trail = 0x41; trail <= (lead < 0xa1 ? 0xfe : 0xa0); trail += 1) {
      if ((trail > 0x5a && trail < 0x61) || (trail > 0x7a && trail < 0x81)) continue;
      while (standard.has(String.fromCharCode(syllable))) syllable += 1;
      if (syllable > lastSyllable) return pairs;
      pairs.set(lead * 256 + trail, String.fromCharCode(syllable));
      syllable += 1;
    }
  }
  return pairs;
}

/** EUC-KR with the extension of code page 949. */
export const eucKrDecoder = pairDecoder((lead, trail) => {
  if (trail >= 0xa1 && lead >= 0xa1) return characterIn('euc-kr', lead, trail);
  extension ??= extensionPairs();
  return extension.get(lead * 256 + trail) ?? null;
});

/** Places of the letters of a syllable in Johab's five bits; 0 fills, -1 is none. */
const medials = [
  -1, -1, 0, 1, 2, 3, 4, 5, -1, -1, 6, 7, 8, 9, 10, 11, -1, -1, 12, 13, 14, 15, 16, 17, -1, -1, 18, 19, 20, 21,
];
const compatibilityInitials = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ';

const compatibilityFinals = 'ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ';

function finalOf(bits: number): number {
  if (bits >= 1 && bits <= 17) return bits - 1;
  return bits >= 19 && bits <= 29 ? bits - 2 : -1;
}

function syllableOf(code: number): string | null {
  const initial = ((code >> 10) & 31) - 2;
  const medial = medials[(code >> 5) & 31] ?? -1;
  const final = finalOf(code & 31);
  if (final < 0 || medial < 0 || initial < -1 || initial > 18) return null;
  if (initial < 0 && medial === 0) return final === 0 ? '\u3000' : compatibilityFinals.charAt(final - 1);
  if (initial >= 0 && medial > 0) return String.fromCharCode(firstSyllable + (initial * 21 + medial - 1) * 28 + final);
  if (initial >= 0 && final === 0) return compatibilityInitials.charAt(initial);
  return initial < 0 && medial > 0 && final === 0 ? String.fromCharCode(0x314e + medial) : null;
}

/** Johab (KS X 1001 annex 3): syllables by their letters, all else by the rows of KS X 1001. */
export const johabDecoder = pairDecoder((lead, trail) => {
  if (lead >= 0x84 && lead <= 0xd3) return syllableOf(lead * 256 + trail);
  if (trail < 0x31 || (trail > 0x7e && trail < 0x91) || lead < 0xd9 || lead > 0xf9 || lead === 0xdf) return null;
  const isEven = trail >= 0xa1;
  const cell = isEven ? trail : trail + (trail >= 0x91 ? 0x5e : 0x70);
  const row = lead < 0xe0 ? (lead - 0xd9) * 2 + 0xa1 : (lead - 0xe0) * 2 + 0xca;
  return characterIn('euc-kr', row + (isEven ? 1 : 0), cell);
});
