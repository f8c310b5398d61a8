/**
 * The proof of one entry of a log as C2SP tlog-proof has it, for Node and browsers: what a checker of any transparency log
 * reads. The entry is the header of a block; the extra data holds what leads from it to one record.
 */
import { decodeBase64, encodeBase64 } from './base64.ts';
import { parseBlockHeader } from './block-header.ts';
import { decodeUtf8 } from './bytes.ts';
import { canonicalBytes } from './canonical-json.ts';
import { eventProofFormat, type EventProof } from './event-proof.ts';
import { isTreeSize } from './merkle-ranges.ts';
import { parseCheckpoint } from './signed-note.ts';

export interface TlogProof {
  /** Opaque to the format; null when there is none. Nothing authenticates it. */
  readonly extra: Uint8Array | null;
  readonly index: number;
  /** Hashes of the inclusion proof, from the leaf's sibling up (RFC 6962 section 2.1.1). */
  readonly path: readonly Uint8Array[];
  /** The signed note, as it is. */
  readonly checkpoint: string;
}

const firstLine = 'c2sp.org/tlog-proof@v1';
/** No tree of this system is deeper. */
const mostHashes = 64;

export function formatTlogProof({ extra, index, path, checkpoint }: TlogProof): string {
  const lines = [
    firstLine,
    ...(extra === null ? [] : [`extra ${encodeBase64(extra)}`]),
    `index ${index}`,
    ...path.map(encodeBase64),
  ];
  return `${lines.join('\n')}\n\n${checkpoint}`;
}

/** Reads a proof; null when it is malformed. Nothing is verified. */
export function parseTlogProof(text: string): TlogProof | null {
  const blank = text.indexOf('\n\n');
  if (blank < 0) return null;
  const checkpoint = text.slice(blank + 2);
  const [first, ...lines] = text.slice(0, blank).split('\n');
  if (first !== firstLine || !parseCheckpoint(checkpoint).ok) return null;
  let extra: Uint8Array | null = null;
  if (lines[0]?.startsWith('extra ') === true) {
    extra = decodeBase64(lines[0].slice('extra '.length));
    if (extra === null) return null;
    lines.shift();
  }
  const indexText = /^index (0|[1-9]\d{0,15})$/.exec(lines.shift() ?? '')?.[1];
  const index = Number(indexText);
  if (indexText === undefined || !isTreeSize(index) || lines.length > mostHashes) return null;
  const path: Uint8Array[] = [];
  for (const line of lines) {
    const hash = decodeBase64(line);
    if (hash === null || hash.length !== 32) return null;
    path.push(hash);
  }
  return { extra, index, path, checkpoint };
}

/** The whole proof of one event as a tlog-proof. Null when the proof is malformed. */
export function tlogProofOfEvent({ logPath, checkpoint, ...below }: EventProof): string | null {
  const decoded = parseBlockHeader(below.header);
  const path = logPath.map(decodeBase64);
  if (!decoded.ok || !path.every((hash) => hash !== null)) return null;
  return formatTlogProof({ extra: canonicalBytes(below), index: decoded.header.block, path, checkpoint });
}

/**
 * The event's proof of a tlog-proof that `tlogProofOfEvent` made; null for any other. Whether it holds is for
 * `checkEventProof`, which finds it malformed where members are missing.
 */
export function eventProofOfTlog(text: string): EventProof | null {
  const proof = parseTlogProof(text);
  if (proof?.extra == null) return null;
  let below: unknown;
  try {
    below = JSON.parse(decodeUtf8(proof.extra) ?? '');
  } catch {
    return null;
  }
  if (typeof below !== 'object' || below === null || !('format' in below) || below.format !== eventProofFormat)
    return null;
  const { header } = below as EventProof;
  const decoded = typeof header === 'string' ? parseBlockHeader(header) : undefined;
  // The line `index` and the header must name the same entry, or two readers would see two proofs.
  if (decoded?.ok !== true || decoded.header.block !== proof.index) return null;
  return { ...(below as EventProof), logPath: proof.path.map(encodeBase64), checkpoint: proof.checkpoint };
}
