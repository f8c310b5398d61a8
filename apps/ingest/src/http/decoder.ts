import type { Transform } from 'node:stream';
import type { Turn } from './reading-turns.ts';

/** A decompressor of zlib, as far as it is used here. */
export type ZlibStream = Transform & { readonly bytesWritten: number };

/** Pieces that are left to the collector, thousands a second, would have it walk through the heap again and again. */
function giveBack({ buffer, length }: Buffer): void {
  // In a buffer that is not full zlib writes on.
  if (buffer instanceof ArrayBuffer && buffer.byteLength === length) buffer.transfer(0);
}

/**
 * One stream of zlib, fed with a chunk at a time and read until it has used it up: nothing is decompressed that nobody
 * asked for, so that a bomb costs no more memory than a piece, and each piece in a turn of its own. A piece may be read
 * until the next one is asked for.
 */
export class Decoder {
  readonly #stream: ZlibStream;
  readonly #turn: Turn;
  #failure: Error | undefined;
  #hasEnded = false;
  #fedBytes = 0;
  #wake: (() => void) | undefined;

  constructor(stream: ZlibStream, turn: Turn) {
    this.#stream = stream;
    this.#turn = turn;
    const call = (): void => this.#wake?.();
    stream.on('readable', call);
    stream.on('end', () => {
      this.#hasEnded = true;
      call();
    });
    stream.on('error', (error) => {
      this.#failure = error;
      call();
    });
  }

  /** Of the last chunk: bytes that do not belong to the compressed stream, which ended before them. */
  get unusedBytes(): number {
    return this.#fedBytes - this.#stream.bytesWritten;
  }

  /** What becomes of the chunk. Ends when it is used up, or when the compressed stream ends within it. */
  async *feed(chunk: Buffer): AsyncGenerator<Buffer> {
    let isTaken = false;
    await this.#turn.begin();
    this.#fedBytes += chunk.length;
    this.#stream.write(chunk, () => {
      isTaken = true;
      this.#wake?.();
    });
    yield* this.#readUntil(() => isTaken || this.#hasEnded);
  }

  /** What is left in it; throws when the compressed stream is not complete. */
  async *finish(): AsyncGenerator<Buffer> {
    await this.#turn.begin();
    if (!this.#hasEnded) this.#stream.end();
    yield* this.#readUntil(() => this.#hasEnded);
  }

  close(): void {
    this.#stream.destroy();
  }

  async *#readUntil(isDone: () => boolean): AsyncGenerator<Buffer> {
    for (;;) {
      if (this.#failure !== undefined) throw this.#failure;
      const piece = this.#stream.read() as Buffer | null;
      if (piece !== null) {
        yield piece;
        giveBack(piece);
        this.#turn.end();
        await this.#turn.begin();
      } else if (isDone()) {
        this.#turn.end();
        return;
      } else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
        this.#wake = undefined;
      }
    }
  }
}
