/** The bodies of `POST <witness>/add-checkpoint` (C2SP tlog-witness). */
import { decodeBase64, encodeBase64 } from '../base64.ts';
import { isTreeSize } from '../merkle-ranges.ts';
import { parseCheckpoint, type Checkpoint } from '../signed-note.ts';

export interface AddCheckpoint {
  /** The size that the witness cosigned last; 0 when it never did. */
  readonly oldSize: number;
  /** From the old size to that of the checkpoint (RFC 6962 section 2.1.2); empty when the old size is 0. */
  readonly proof: readonly Uint8Array[];
  readonly note: string;
}

/** The content type of the body of a 409: the size that the witness holds. */
export const sizeContentType = 'text/x.tlog.size';
/** The specification's bound for the lines of a proof. */
const mostProofLines = 63;

export function formatAddCheckpoint({ oldSize, proof, note }: AddCheckpoint): string {
  if (!isTreeSize(oldSize) || proof.length > mostProofLines) throw new RangeError('not a request for a cosignature');
  return [`old ${oldSize}`, ...proof.map(encodeBase64), '', note].join('\n');
}

/** Reads a request; null when it is malformed. Nothing is verified. */
export function parseAddCheckpoint(body: string): (AddCheckpoint & { checkpoint: Checkpoint }) | null {
  const blank = body.indexOf('\n\n');
  if (blank < 0) return null;
  const [first = '', ...lines] = body.slice(0, blank).split('\n');
  const oldText = /^old (0|[1-9]\d{0,15})$/.exec(first)?.[1];
  const oldSize = Number(oldText);
  if (oldText === undefined || !isTreeSize(oldSize) || lines.length > mostProofLines) return null;
  const proof = lines.map(decodeBase64);
  if (!proof.every((hash) => hash?.length === 32)) return null;
  const note = body.slice(blank + 2);
  const parsed = parseCheckpoint(note);
  return parsed.ok ? { oldSize, proof: proof as Uint8Array[], note, checkpoint: parsed.checkpoint } : null;
}

/** The size in the body of a 409 that says which one the witness holds; null for any other. */
export function parseSizeAnswer(body: string): number | null {
  const text = /^(0|[1-9]\d{0,15})\n$/.exec(body)?.[1];
  const size = Number(text);
  return text !== undefined && isTreeSize(size) ? size : null;
}
