/** No line begins with these, as far as the line before has room for it (JIS X 4051). */
const neverFirst = new Set('、。，．・：；？！）］｝〉》」』】〕ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.;:!?)]}');
const breaksAfter = new Set(' /,;&=-_|:?)]}　、。・');

/**
 * Breaks a text into lines no wider than `width`: behind a space or a sign that parts words where one stands in the second
 * half of the line, otherwise anywhere. Gives the text back unchanged when its lines are joined, line feeds apart.
 */
export function wrapText(text: string, width: number, widthOf: (sign: string) => number): string[] {
  return text.split('\n').flatMap((line) => wrapLine(Array.from(line), width, widthOf));
}

function wrapLine(signs: readonly string[], width: number, widthOf: (sign: string) => number): string[] {
  const lines: string[] = [];
  let start = 0;
  let used = 0;
  let opportunity = -1;
  for (let index = 0; index < signs.length; index += 1) {
    const sign = signs[index] ?? '';
    const wide = widthOf(sign);
    if (used + wide > width && index > start && sign !== ' ') {
      const end = breakBefore(signs, { start, index, opportunity });
      lines.push(signs.slice(start, end).join(''));
      start = end;
      used = signs.slice(start, index).reduce((sum, each) => sum + widthOf(each), 0);
      opportunity = -1;
    }
    used += wide;
    if (breaksAfter.has(sign) && used > width / 2) opportunity = index + 1;
  }
  lines.push(signs.slice(start).join(''));
  return lines;
}

function breakBefore(
  signs: readonly string[],
  { start, index, opportunity }: { start: number; index: number; opportunity: number },
): number {
  if (opportunity > start && !isWide(signs[index - 1])) return opportunity;
  if (neverFirst.has(signs[index] ?? '') && index - 1 > start) return index - 1;
  return index;
}

/** Between ideographs and kana a line may break anywhere. */
function isWide(sign: string | undefined): boolean {
  return sign !== undefined && (sign.codePointAt(0) ?? 0) >= 0x2e80;
}
