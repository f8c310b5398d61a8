/** The text with which the replacement of a block begins: which tombstone it follows, and what its body is. */
import { encodeBase64 } from './base64.ts';
import { HeaderLines, MalformedLine } from './header-values.ts';
import type { ReplacementBody } from './tombstone.ts';

export interface ReplacementHeader extends ReplacementBody {
  /** Entry of the tombstone. */
  readonly tombstone: number;
}

export const replacementFormatLine = 'akashi replacement v1';
const keys = ['tombstone', 'body-sha256', 'body-length', 'data-key'];

/** Its text; an empty line follows it. */
export function formatReplacementHeader({ tombstone, bodySha256, bodyLength, dataKeyId }: ReplacementHeader): string {
  const values = [String(tombstone), encodeBase64(bodySha256), String(bodyLength), dataKeyId];
  return `${replacementFormatLine}\n${keys.map((key, index) => `${key}: ${values[index] ?? ''}\n`).join('')}`;
}

/** Null for every other spelling. */
export function parseReplacementHeader(text: string): ReplacementHeader | null {
  const lines = text.split('\n');
  if (lines[0] !== replacementFormatLine) return null;
  try {
    const read = new HeaderLines(lines, keys);
    return {
      tombstone: read.count('tombstone'),
      bodySha256: read.hash('body-sha256'),
      bodyLength: read.count('body-length'),
      dataKeyId: read.name('data-key'),
    };
  } catch (error) {
    if (error instanceof MalformedLine) return null;
    throw error;
  }
}
