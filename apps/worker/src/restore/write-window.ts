import { createDocumentHasher, documentHashBytes } from '@akashi/integrity';
import { parseEventId, type Derivation } from '@akashi/log-event';
import type { RestoredSetStream } from '@akashi/search';
import { BlockBodies } from '../pipeline/block-bodies.ts';
import { identityOf } from '../pipeline/index-events.ts';
import { replaceHashes } from '../pipeline/noted-documents.ts';
import { withoutOthers } from './chosen-records.ts';
import type { RestoreInHand, RestoreParts } from './restore-parts.ts';

/** A segment of a sealed block, and which of its records the set holds. */
export interface ChosenSegment {
  readonly segmentId: string;
  readonly payload: Buffer;
  /** In ascending order; never empty. */
  readonly positions: readonly number[];
}

/** A segment whose documents were written, with what they must be when they are read back. */
export interface WrittenSegment extends ChosenSegment {
  /** The keyed hash of each record's document by position, also of those that are not chosen. */
  readonly hashes: Buffer;
}

/** Small bodies go together, so that a quiet log's minutes are not a request each. */
const gatheredBytes = 1024 * 1024;
/** One on its way while the next is computed: what new records need of the index and the processors stays with them. */
const bodiesInFlight = 2;
const retry = { maxAttempts: 6, firstDelayMs: 250, maxDelayMs: 5_000 } as const;

/** Derives the documents of some segments as the pipeline does, and writes those that are chosen into the set's stream. */
export async function writeSegments(
  parts: RestoreParts,
  { tenantId, signal }: Pick<RestoreInHand, 'tenantId' | 'signal'>,
  {
    segments,
    stream,
    derivation,
  }: { segments: readonly ChosenSegment[]; stream: RestoredSetStream; derivation: Derivation },
): Promise<WrittenSegment[]> {
  const documentsKey = parts.keyring.forTenant(tenantId).documentsKey();
  const works = segments.map((segment) => {
    const identity = identityOf(parts.search, tenantId, segment.segmentId);
    const { payload } = segment;
    return {
      segment,
      identity,
      bodies: new BlockBodies(parts.compute, { payload, segment: identity, derivation, documentsKey }),
    };
  });
  const bodies = async function* (): AsyncGenerator<Buffer> {
    for (const { segment, bodies: own } of works) yield* chosenBodies(segment, own);
  };
  const outcome = await stream.bulkCreate(gathered(bodies()), {
    signal,
    retry,
    slots: parts.bulkSlots,
    concurrency: bodiesInFlight,
    onDone: (body) => parts.compute.giveBack(body),
  });
  const refused = new Map<string, number[]>();
  for (const { id } of outcome.rejected) {
    const place = parseEventId(id);
    if (place !== null && place !== undefined)
      refused.set(place.segmentId, [...(refused.get(place.segmentId) ?? []), place.position]);
  }
  const written: WrittenSegment[] = [];
  for (const { segment, identity, bodies: own } of works) {
    // The payload's memory has been with the threads: it is whole again in another place.
    const { payload: moved } = own;
    const payload = Buffer.from(moved.buffer, moved.byteOffset, moved.byteLength);
    const hashes = own.documentHashes;
    const positions = (refused.get(segment.segmentId) ?? []).toSorted((a, b) => a - b);
    if (positions.length > 0) {
      // What the index refused is found as plain text, here as online.
      const lines = Buffer.from(await parts.compute.plainText({ payload, positions, segment: identity }));
      replaceHashes(hashes, positions, createDocumentHasher(documentsKey).ofBulk(lines));
      await stream.bulkCreate([lines], { signal, retry });
    }
    written.push({ segmentId: segment.segmentId, positions: segment.positions, payload, hashes });
  }
  return written;
}

async function* chosenBodies({ positions }: ChosenSegment, bodies: BlockBodies): AsyncGenerator<Buffer> {
  const chosen = new Set(positions);
  let first = 0;
  for await (const whole of bodies) {
    const { body, items } = withoutOthers(whole, { first, chosen });
    first += items;
    if (body.length > 0) yield body;
  }
}

async function* gathered(bodies: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let bytes = 0;
  for await (const body of bodies) {
    if (held.length === 0 && body.length >= gatheredBytes) {
      yield body;
      continue;
    }
    held.push(body);
    bytes += body.length;
    if (bytes < gatheredBytes) continue;
    yield Buffer.concat(held);
    held = [];
    bytes = 0;
  }
  if (held.length > 0) yield Buffer.concat(held);
}

/** The hash that the document of a position must have. */
export function hashAt({ hashes }: WrittenSegment, position: number): Buffer {
  return hashes.subarray(position * documentHashBytes, (position + 1) * documentHashBytes);
}
