/** The rules of a witness (C2SP tlog-witness): one history for each log, remembered before it is cosigned. */
import { parseCheckpoint, sha256, verifyCheckpointByAny, verifyConsistency, type TreeHead } from '@akashi/integrity';
import { cosign, parseAddCheckpoint, sizeContentType, type Cosigner } from '@akashi/integrity/witness';
import type { WitnessMemory } from './witness-memory.ts';

export interface WitnessAnswer {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422;
  readonly contentType: string;
  readonly body: string;
}

export interface WitnessParts {
  /** The verifier keys of the logs that are witnessed; several of one origin when its key changed. */
  readonly logKeys: readonly string[];
  /** Each signs; one name may stand for two algorithms. */
  readonly cosigners: readonly Cosigner[];
  readonly memory: Pick<WitnessMemory, 'lastCosigned' | 'remember' | 'keepRefused'>;
  readonly now: () => Date;
}

const text = 'text/plain; charset=utf-8';
const emptyRoot = sha256(new Uint8Array(0));

export class Witness {
  readonly #parts: WitnessParts;
  /** What each log waits for: requests of one log follow one another, so that none is answered from an older head. */
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(parts: WitnessParts) {
    this.#parts = parts;
  }

  async addCheckpoint(body: string): Promise<WitnessAnswer> {
    const request = parseAddCheckpoint(body);
    if (request === null) return refuse(400, 'The request is malformed.');
    const { note, oldSize, checkpoint } = request;
    const { origin, size } = checkpoint;
    const keys = this.#parts.logKeys.filter((key) => key.startsWith(`${origin}+`));
    if (keys.length === 0) return refuse(404, 'This log is not witnessed here.');
    if (!verifyCheckpointByAny(note, keys).ok) return refuse(403, 'The checkpoint is not signed by a key of this log.');
    if (oldSize > size) return refuse(400, 'The old size is above that of the checkpoint.');
    return this.#inTurn(origin, () => this.#extend(body, request));
  }

  async #extend(body: string, request: NonNullable<ReturnType<typeof parseAddCheckpoint>>): Promise<WitnessAnswer> {
    const { memory, cosigners, now } = this.#parts;
    const { checkpoint, oldSize, proof, note } = request;
    const { origin, size, root } = checkpoint;
    const held = headOf(await memory.lastCosigned(origin));
    const isFork = size === held.size && !held.root.equals(root);
    if (isFork) await memory.keepRefused(origin, body);
    // Both are one answer: that the client is not where the witness is.
    if (oldSize !== held.size || isFork) return { status: 409, contentType: sizeContentType, body: `${held.size}\n` };
    if (!verifyConsistency({ oldSize, newSize: size, oldRoot: held.root, newRoot: root, proof })) {
      await memory.keepRefused(origin, body);
      return refuse(422, 'The checkpoint does not go on from the one that was cosigned last.');
    }
    await memory.remember(origin, note);
    const at = Math.floor(now().getTime() / 1000);
    return { status: 200, contentType: text, body: cosigners.map((own) => cosign(checkpoint, own, at)).join('') };
  }

  /** Checking the old size and keeping the new head are one step for each log. */
  async #inTurn<T>(origin: string, work: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(origin) ?? Promise.resolve();
    const turn = before.then(work, work);
    this.#turns.set(origin, turn);
    try {
      return await turn;
    } finally {
      if (this.#turns.get(origin) === turn) this.#turns.delete(origin);
    }
  }
}

/** A note that is there and cannot be read is a fault: a witness that starts anew would cosign a second history. */
function headOf(note: string | null): { size: number; root: Buffer } {
  if (note === null) return { size: 0, root: emptyRoot };
  const parsed = parseCheckpoint(note);
  if (!parsed.ok) throw new Error('the checkpoint that was cosigned last is not readable');
  const { size, root }: TreeHead = parsed.checkpoint;
  return { size, root: Buffer.from(root) };
}

function refuse(status: 400 | 403 | 404 | 422, sentence: string): WitnessAnswer {
  return { status, contentType: text, body: `${sentence}\n` };
}
