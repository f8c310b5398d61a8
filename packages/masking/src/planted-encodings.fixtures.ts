/*
 * Text in the encodings that sources send, written and read apart from the masker: encoders are turned from the platform's
 * decoders, and a masked record is read by these decoders again.
 */

export interface Encoding {
  name: string;
  /** A question mark stands for what the encoding cannot say. */
  encode(text: string): Buffer;
  decode(bytes: Buffer): string;
}

const byCharacter = new Map<string, Map<string, Buffer>>();

/** The bytes of every character of two bytes, found by decoding all pairs. */
function pairsOf(label: string): Map<string, Buffer> {
  let pairs = byCharacter.get(label);
  if (pairs !== undefined) return pairs;
  pairs = new Map();
  const decoder = new TextDecoder(label, { fatal: true });
  for (let lead = 0x81; lead < 0xff; lead++) {
    for (let trail = 0x40; trail < 0xff; trail++) {
      const bytes = Buffer.of(lead, trail);
      try {
        const text = decoder.decode(bytes);
        if (text.length === 1 && !pairs.has(text)) pairs.set(text, bytes);
      } catch {
        // No character.
      }
    }
  }
  byCharacter.set(label, pairs);
  return pairs;
}

function doubleByte(label: string): Encoding {
  return {
    name: label,
    encode: (text) =>
      Buffer.concat(
        Array.from(text, (character) =>
          character < '\u0080' ? Buffer.from(character) : (pairsOf(label).get(character) ?? Buffer.from('?')),
        ),
      ),
    decode: (bytes) => new TextDecoder(label).decode(bytes),
  };
}

/** RFC 1468, from the bytes of EUC-JP. */
function encodeIso2022(text: string): Buffer {
  const parts: Buffer[] = [];
  let isDouble = false;
  for (const character of Array.from(text)) {
    const pair = character < '\u0080' ? undefined : pairsOf('euc-jp').get(character);
    if ((pair !== undefined) !== isDouble) parts.push(Buffer.from(pair === undefined ? '\u001b(B' : '\u001b$B'));
    isDouble = pair !== undefined;
    parts.push(
      pair === undefined
        ? Buffer.from(character < '\u0080' ? character : '?')
        : (pair.map((byte) => byte & 0x7f) as Buffer),
    );
  }
  if (isDouble) parts.push(Buffer.from('\u001b(B'));
  return Buffer.concat(parts);
}

function encode32(text: string): Buffer {
  return Buffer.concat(
    Array.from(text, (character) => {
      const unit = Buffer.alloc(4);
      unit.writeUInt32LE(character.codePointAt(0) ?? 0);
      return unit;
    }),
  );
}

function decode32(bytes: Buffer): string {
  let text = '';
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const point = bytes.readUInt32LE(at);
    text += point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd';
  }
  return text;
}

const whole = (bytes: Buffer, unit: number): Buffer =>
  Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % unit)));

export const utf8: Encoding = {
  name: 'utf-8',
  encode: (text) => Buffer.from(text),
  decode: (bytes) => bytes.toString(),
};

export const encodings: readonly Encoding[] = [
  utf8,
  doubleByte('shift_jis'),
  doubleByte('euc-jp'),
  doubleByte('gb18030'),
  doubleByte('big5'),
  doubleByte('euc-kr'),
  { name: 'iso-2022-jp', encode: encodeIso2022, decode: (bytes) => new TextDecoder('iso-2022-jp').decode(bytes) },
  {
    name: 'utf-16le',
    encode: (text) => Buffer.from(text, 'utf16le'),
    decode: (bytes) => whole(bytes, 2).toString('utf16le'),
  },
  {
    name: 'utf-16be',
    encode: (text) => Buffer.from(text, 'utf16le').swap16(),
    decode: (bytes) => whole(bytes, 2).swap16().toString('utf16le'),
  },
  { name: 'utf-32le', encode: encode32, decode: decode32 },
  {
    name: 'utf-32be',
    encode: (text) => encode32(text).swap32(),
    decode: (bytes) => decode32(whole(bytes, 4).swap32()),
  },
];

/** Ways to write bytes that are no ASCII in ASCII, and to read them again. */
export interface Wrapping {
  name: string;
  wrap: (byte: number) => string;
  /** Finds what `wrap` writes; its first group that matched is the byte in `base`. */
  pattern: RegExp;
  base: number;
}

const hex = (byte: number): string => byte.toString(16).padStart(2, '0');

export const wrappings: readonly Wrapping[] = [
  { name: '\\x', wrap: (byte) => `\\x${hex(byte)}`, pattern: /\\x([89a-f][\da-f])/g, base: 16 },
  { name: '%', wrap: (byte) => `%${hex(byte).toUpperCase()}`, pattern: /%([89A-F][\dA-F])/g, base: 16 },
  { name: '#', wrap: (byte) => `#${byte.toString(8)}`, pattern: /#([23][0-7][0-7])/g, base: 8 },
  { name: '\\', wrap: (byte) => `\\${byte.toString(8)}`, pattern: /\\([23][0-7][0-7])/g, base: 8 },
  { name: '=', wrap: (byte) => `=${hex(byte).toUpperCase()}`, pattern: /=([89A-F][\dA-F])/g, base: 16 },
];

export function wrapBytes(bytes: Buffer, { wrap }: Wrapping): Buffer {
  return Buffer.from(Array.from(bytes, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : wrap(byte))).join(''));
}

export function unwrapBytes(bytes: Buffer, { pattern, base }: Wrapping): Buffer {
  const text = bytes.toString('latin1');
  return Buffer.from(
    text.replaceAll(pattern, (_, code: string) => String.fromCharCode(Number.parseInt(code, base))),
    'latin1',
  );
}
