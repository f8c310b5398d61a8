import { SigmaRefusal } from './sigma-problem.ts';

/** A piece of a value: text, or a wildcard. */
export type SigmaPiece = string | { readonly wild: 'any' | 'one' };

/** A value of a search: what a field is compared with. Null is a field that is absent or empty. */
export type SigmaValue = readonly SigmaPiece[] | null;

/** `*` and `?` are wildcards; a backslash takes the meaning from them and from a backslash before them, else it is itself. */
export function readPieces(text: string): SigmaPiece[] {
  const pieces: SigmaPiece[] = [];
  let plain = '';
  const wildcard = (wild: 'any' | 'one'): void => {
    if (plain !== '') pieces.push(plain);
    plain = '';
    pieces.push({ wild });
  };
  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at);
    const next = text.charAt(at + 1);
    if (sign === '\\' && (next === '*' || next === '?' || next === '\\')) {
      plain += next;
      at++;
    } else if (sign === '*') wildcard('any');
    else if (sign === '?') wildcard('one');
    else plain += sign;
  }
  if (plain !== '' || pieces.length === 0) pieces.push(plain);
  return pieces;
}

const dashes = ['-', '/', '\u2013', '\u2014', '\u2015'];
const mostVariants = 1_000;

/** A dash at the beginning of a word of a command line in each of its forms. */
export function windashVariants(text: string): string[] {
  const places = [...text.matchAll(/(?<=^|[\s'"`*])[-/](?=[^\s-/*])/g)].map(({ index }) => index);
  let variants = [text];
  for (const place of places) {
    variants = variants.flatMap((variant) =>
      dashes.map((dash) => variant.slice(0, place) + dash + variant.slice(place + 1)),
    );
    if (variants.length > mostVariants) throw new SigmaRefusal('value-unreadable', text);
  }
  return variants;
}

export function encodeUtf16(text: string, modifier: string): Buffer {
  const little = Buffer.from(text, 'utf16le');
  if (modifier === 'utf16be') return Buffer.from(little).swap16();
  // `utf16` alone stands for a text with a byte order mark.
  return modifier === 'utf16' ? Buffer.concat([Buffer.from([0xff, 0xfe]), little]) : little;
}

/** What stands in a Base64 text that holds these bytes at any of the three offsets. */
export function base64Offsets(bytes: Buffer): string[] {
  const starts = [0, 2, 3];
  const ends = [0, 3, 2];
  return [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset, 32), bytes]).toString('base64');
    const cut = ends[(bytes.length + offset) % 3] ?? 0;
    return text.slice(starts[offset], cut === 0 ? undefined : -cut);
  });
}

/** The whole text matches the pieces, anchored where `open` does not leave an end open. Steps grow with pieces × text. */
export function piecesTest(pieces: readonly SigmaPiece[]): (text: string) => boolean {
  const [only] = pieces;
  if (pieces.length === 1 && typeof only === 'string') return (text) => text === only;
  const middle = pieces.slice(1, -1);
  const isOpen = (piece: SigmaPiece | undefined): boolean => typeof piece === 'object' && piece.wild === 'any';
  const [inner] = middle;
  if (isOpen(pieces[0]) && isOpen(pieces.at(-1)) && middle.length === 1 && typeof inner === 'string') {
    return (text) => text.includes(inner);
  }
  const [first, second] = pieces;
  if (pieces.length === 2 && isOpen(first) && typeof second === 'string') return (text) => text.endsWith(second);
  if (pieces.length === 2 && typeof first === 'string' && isOpen(second)) return (text) => text.startsWith(first);
  return (text) => matchesPieces(pieces, text);
}

function matchesPieces(pieces: readonly SigmaPiece[], text: string): boolean {
  let at = 0;
  let piece = 0;
  let anyPiece = -1;
  let anyAt = 0;
  for (;;) {
    const current = pieces[piece];
    if (current === undefined && at === text.length) return true;
    if (typeof current === 'object' && current.wild === 'any') {
      if (piece === pieces.length - 1) return true;
      anyPiece = piece++;
      anyAt = at;
    } else if (typeof current === 'object' && at < text.length) {
      piece++;
      at++;
    } else if (typeof current === 'string' && text.startsWith(current, at)) {
      piece++;
      at += current.length;
    } else if (anyPiece >= 0 && anyAt < text.length) {
      piece = anyPiece + 1;
      at = ++anyAt;
    } else return false;
  }
}
