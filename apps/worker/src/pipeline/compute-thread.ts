import { openKeyring, type Keyring } from '@akashi/keyring';
import { move, transferableSymbol, valueSymbol } from 'piscina';
import { maskRecords, type MaskedBlock, type MaskRecordsInput } from './mask-records.ts';
import {
  normalizeRecords,
  plainTextLines,
  type NormalizedBlock,
  type NormalizeInput,
  type PlainTextInput,
} from './normalize-records.ts';

/** Bytes that own their memory, so that handing them over moves it; only pooled or shared pieces are copied. */
function own(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes;
  const whole = bytes.byteOffset === 0 && bytes.byteLength === buffer.byteLength;
  return whole && buffer instanceof ArrayBuffer ? new Uint8Array(buffer) : new Uint8Array(bytes);
}

/** Hands a result to the main thread together with the memory of its bytes. */
function handOver<T extends object>(value: T, bytes: readonly Uint8Array<ArrayBuffer>[]): T {
  return move({ [transferableSymbol]: bytes.map((part) => part.buffer), [valueSymbol]: value }) as unknown as T;
}

const keyrings = new Map<string, Keyring>();

function keyringAt(dir: string): Keyring {
  const known = keyrings.get(dir) ?? openKeyring({ dir });
  keyrings.set(dir, known);
  return known;
}

/** Masks a landing segment off the main thread, which stays free for I/O and for renewing job locks. */
export async function mask(input: MaskRecordsInput & { keysFolder: string }): Promise<MaskedBlock> {
  const block = await maskRecords(input, keyringAt(input.keysFolder));
  const payload = own(block.payload);
  const compressed = own(block.compressed);
  return handOver({ ...block, payload, compressed, root: new Uint8Array(block.root) }, [payload, compressed]);
}

/** Normalizes a block's payload off the main thread. */
export function normalize(input: NormalizeInput): NormalizedBlock {
  const normalized = normalizeRecords(input);
  const chunks = normalized.chunks.map(own);
  return handOver({ ...normalized, chunks }, chunks);
}

/** Encodes refused records as plain text off the main thread. */
export function plainText(input: PlainTextInput): Uint8Array {
  return plainTextLines(input);
}
