import { decodeEntries, encodeEntries } from '@akashi/integrity';
import type { SeededRandom } from './seeded-random.ts';

/** Null when the bytes offer nothing to change in this way. */
export type FormatMutation = (bytes: Buffer, random: SeededRandom) => Buffer | null;

const hashBytes = 32;
const signatureOrder = 2n ** 252n + 27742317777372353535851937790883648493n;

function rearranged(parts: readonly Buffer[], random: SeededRandom): Buffer[] {
  const [first, second] = [random.below(parts.length), random.below(parts.length)];
  const [a, b] = [parts[first] ?? Buffer.alloc(0), parts[second] ?? Buffer.alloc(0)];
  return random.pick([
    parts.with(first, b).with(second, a),
    parts.with(first, b),
    parts.toSpliced(first, 1),
    parts.toSpliced(second, 0, a),
  ]);
}

/** Exchanges, repeats, takes out or puts in one element of a tile. */
export const hashTileMutation: FormatMutation = (bytes, random) => {
  const hashes = Array.from({ length: bytes.length / hashBytes }, (_, index) =>
    bytes.subarray(index * hashBytes, (index + 1) * hashBytes),
  );
  return Buffer.concat(rearranged(hashes, random));
};

export const entryBundleMutation: FormatMutation = (bytes, random) => {
  const entries = decodeEntries(bytes);
  return entries === null ? null : encodeEntries(rearranged(entries, random));
};

/** Gives one line of a block's header another value that a header may have. */
export const blockHeaderMutation: FormatMutation = (bytes, random) => {
  const end = bytes.indexOf('\n\n');
  const lines = bytes.subarray(0, end).toString().split('\n');
  const at = 1 + random.below(lines.length - 1);
  const line = lines[at] ?? '';
  const other = line.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1 + random.below(9)) % 10));
  if (other === line) return null;
  return Buffer.concat([Buffer.from(lines.with(at, other).join('\n')), bytes.subarray(end)]);
};

function editSignature(note: string, edit: (signature: Buffer) => Buffer): string {
  return note.replace(/(\n— \S+ )(\S+)\n$/, (_, lead: string, encoded: string) => {
    const bytes = Buffer.from(encoded, 'base64');
    return `${lead}${Buffer.concat([bytes.subarray(0, 4), edit(bytes.subarray(4))]).toString('base64')}\n`;
  });
}

/** The same signature with the group's order added to its scalar: valid to careless checkers. */
function addOrder(signature: Buffer): Buffer {
  let scalar = signatureOrder;
  for (let at = 63; at >= 32; at -= 1) scalar += BigInt(signature[at] ?? 0) << BigInt(8 * (at - 32));
  const tail = Buffer.from(Array.from({ length: 32 }, (_, at) => Number((scalar >> BigInt(8 * at)) & 0xffn)));
  return Buffer.concat([signature.subarray(0, 32), tail]);
}

/** Bits behind the last byte of a Base64 text: another text for the same bytes. */
function setSpareBits(note: string): string {
  return note.replace(/([A-Za-z0-9+/])(=+\n)$/, (_, last: string, tail: string) => {
    return `${String.fromCharCode((last.codePointAt(0) ?? 0) + 1)}${tail}`;
  });
}

const noteEdits: Readonly<Record<string, (note: string, random: SeededRandom) => string>> = {
  'another size': (note, random) =>
    note.replace(
      /\n(\d+)\n/,
      (_, size: string) => `\n${Math.max(0, Number(size) + random.pick([-2, -1, 1, 2, 100]))}\n`,
    ),
  'a size with a zero in front': (note) => note.replace(/\n(\d+)\n/, '\n0$1\n'),
  'another origin': (note) => note.replace('akashi.log/', 'akashi.log/x'),
  'a further line': (note) => note.replace('\n\n', '\nfurther\n\n'),
  'CR LF': (note) => note.replaceAll('\n', '\r\n'),
  'no signature': (note) => note.slice(0, note.indexOf('\n\n') + 2),
  'a cut signature': (note) => editSignature(note, (signature) => signature.subarray(0, 63)),
  'an altered signature': (note, random) =>
    editSignature(
      note,
      (signature) => signature.map((byte, at) => (at === random.below(64) ? byte ^ 1 : byte)) as Buffer,
    ),
  'the order added to the signature': (note) => editSignature(note, addOrder),
  'spare bits in the signature': setSpareBits,
  'a signature line of two words': (note) => `${note}— other\n`,
  'a foreign key name with a plus': (note) => `${note}— other+name AAAAAAAAAAA=\n`,
  'a foreign key without a name': (note) => `${note}—  AAAAAAAAAAA=\n`,
  'a false signature beside the true one': (note) =>
    note + editSignature(note, (signature) => Buffer.from(signature).fill(0, 0, 8)).slice(note.indexOf('\n\n') + 2),
};

export const checkpointMutation: FormatMutation = (bytes, random) => {
  const note = bytes.toString();
  const edit = noteEdits[random.pick(Object.keys(noteEdits))];
  return edit === undefined ? null : Buffer.from(edit(note, random));
};

/** What anybody may add to a signed note: a signature that the pinned key knows nothing of, or its own once more. */
export const cosignature: FormatMutation = (bytes, random) => {
  const note = bytes.toString();
  const own = note.slice(note.indexOf('\n\n') + 2);
  const foreign = `— witness.example/${random.below(1000)} ${random.bytes(68).toString('base64')}\n`;
  return Buffer.from(`${note}${random.pick([own, foreign])}`);
};
