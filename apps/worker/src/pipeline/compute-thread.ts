import { openKeyring, type Keyring } from '@akashi/keyring';
import { move, transferableSymbol, valueSymbol } from 'piscina';
import { faultCode } from '../fault-code.ts';
import type { SegmentToSeal } from '@akashi/integrity';
import { joinBlock, type JoinedBlock } from '../sealing/join-block.ts';
import type { MaskedSegment } from '../sealing/masked-memory.ts';
import { maskRecords, type MaskRecordsInput } from './mask-records.ts';
import {
  normalizeRecords,
  plainTextLines,
  type NormalizedPart,
  type NormalizeInput,
  type PlainTextInput,
} from './normalize-records.ts';
import { ownBytes } from './own-bytes.ts';

/** Hands a result to the main thread together with the memory of its bytes. */
function handOver<T extends object>(value: T, bytes: readonly Uint8Array<ArrayBuffer>[]): T {
  return move({ [transferableSymbol]: bytes.map((part) => part.buffer), [valueSymbol]: value }) as unknown as T;
}

/** Between threads an error loses its code; what it was caused by arrives whole. */
function tellingCode<Input, Output>(
  work: (input: Input) => Output | Promise<Output>,
): (input: Input) => Promise<Output> {
  return async (input) => {
    try {
      return await work(input);
    } catch (error) {
      const message = error instanceof Error ? error.message : 'unknown';
      throw new Error(message, { cause: { code: faultCode(error) } });
    }
  };
}

const keyrings = new Map<string, Keyring>();

function keyringAt(dir: string): Keyring {
  const known = keyrings.get(dir) ?? openKeyring({ dir });
  keyrings.set(dir, known);
  return known;
}

/** Masks a landing segment off the main thread, which stays free for I/O and for renewing job locks. */
export const mask = tellingCode(async (input: MaskRecordsInput & { keysFolder: string }): Promise<MaskedSegment> => {
  const masked = await maskRecords(input, keyringAt(input.keysFolder));
  const payload = ownBytes(masked.payload);
  const leafHashes = ownBytes(masked.leafHashes);
  return handOver({ ...masked, payload, leafHashes }, [payload, leafHashes]);
});

/** Joins masked segments into a block and compresses it off the main thread. */
export const join = tellingCode(({ segments }: { segments: readonly SegmentToSeal[] }): JoinedBlock => {
  const block = joinBlock(segments);
  const compressed = ownBytes(block.compressed);
  return handOver({ ...block, compressed, root: new Uint8Array(block.root) }, [compressed]);
});

/** Normalizes a part of a block's payload off the main thread, and gives the payload back. */
export const normalize = tellingCode((input: NormalizeInput): NormalizedPart => {
  const part = normalizeRecords(input);
  const payload = ownBytes(part.payload);
  const chunks = part.chunks.map(ownBytes);
  const documentHashes = ownBytes(part.documentHashes);
  return handOver({ ...part, payload, chunks, documentHashes }, [payload, ...chunks, documentHashes]);
});

/** Encodes refused records as plain text off the main thread. */
export const plainText = tellingCode((input: PlainTextInput): Uint8Array => plainTextLines(input));
