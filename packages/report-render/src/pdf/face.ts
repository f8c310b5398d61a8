import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font, type Glyph } from 'fontkit';

/** One weight of a font: which code points it can draw, and how wide. */
export interface Face {
  /** For `registerFont` of pdfkit. */
  readonly font: Font;
  readonly covers: (codePoint: number) => boolean;
  /** Width of a code point in ems. */
  readonly advance: (codePoint: number) => number;
}

export type Weight = 'regular' | 'bold';

const files: Readonly<Record<Weight, string>> = {
  regular: '@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf',
  bold: '@expo-google-fonts/noto-sans-jp/700Bold/NotoSansJP_700Bold.ttf',
};

/**
 * Opens a weight of Noto Sans JP. Text is set glyph by glyph from the font's character map, without shaping: no ligature
 * may hide two signs of a log line in one, and a line is exactly as wide as its signs. Code points that share a glyph
 * (`～` and `〜`, or a radical and its ideograph) get copies of it, so that each is extracted as itself.
 */
export function openFace(weight: Weight): Face {
  const opened = create(readFileSync(createRequire(import.meta.url).resolve(files[weight])));
  if ('fonts' in opened) throw new Error('a font of the product is a collection');
  const font: Font = opened;
  const glyphs = glyphsOf(font);
  const { unitsPerEm } = font;
  Object.assign(font, {
    layout: (text: string) => setGlyphs(Array.from(text, (sign) => glyphs(sign.codePointAt(0) ?? 0))),
    createSubset: subsetWithCopies(font),
  });
  return {
    font,
    covers: (codePoint) => font.hasGlyphForCodePoint(codePoint),
    advance: (codePoint) => glyphs(codePoint).advanceWidth / unitsPerEm,
  };
}

/** Above the ids of the font's own glyphs stand those of their copies. */
const copyStep = 0x1_0000;

type SetGlyph = Pick<Glyph, 'id' | 'advanceWidth' | 'codePoints'>;

function glyphsOf(font: Font): (codePoint: number) => SetGlyph {
  const known = new Map<number, SetGlyph>();
  const uses = new Map<number, number>();
  return (codePoint) => {
    const before = known.get(codePoint);
    if (before !== undefined) return before;
    const { id, advanceWidth } = font.glyphForCodePoint(codePoint);
    const copies = uses.get(id) ?? 0;
    uses.set(id, copies + 1);
    const glyph = { id: id + copies * copyStep, advanceWidth, codePoints: [codePoint] };
    known.set(codePoint, glyph);
    return glyph;
  };
}

/** What pdfkit reads of a glyph run; it scales the positions in place. */
function setGlyphs(glyphs: readonly SetGlyph[]): object {
  const positions = glyphs.map(({ advanceWidth }) => ({ xAdvance: advanceWidth, yAdvance: 0, xOffset: 0, yOffset: 0 }));
  return {
    glyphs,
    positions,
    get advanceWidth() {
      return positions.reduce((sum, { xAdvance }) => sum + xAdvance, 0);
    },
  };
}

interface GlyphSubset {
  readonly glyphs: number[];
  readonly mapping: Record<number, number>;
  includeGlyph: (glyph: number | { readonly id: number }) => number;
}

function subsetWithCopies(font: Font): () => GlyphSubset {
  const createSubset = font.createSubset.bind(font);
  return () => {
    const subset = createSubset() as unknown as GlyphSubset;
    subset.includeGlyph = (glyph) => {
      const id = typeof glyph === 'number' ? glyph : glyph.id;
      const before = subset.mapping[id];
      if (before !== undefined) return before;
      const place = subset.glyphs.push(id % copyStep) - 1;
      subset.mapping[id] = place;
      return place;
    };
    return subset;
  };
}
