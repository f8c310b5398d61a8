/** Memory of a body. Smaller holds no whole one; larger is of a single document that is larger than any other. */
export const bodyBytes = 2 * 1024 * 1024;
const mostBytes = 2 * bodyBytes;
/** Bodies of the whole process: on their way to the index, and being written. */
const mostKept = 6;

/**
 * Memory of bodies that were sent, for those to come. Left to the collector, each body would be 2 MB outside of the heap,
 * and every few of them would have it walk through the whole heap to find a megabyte.
 */
export class SpareMemory {
  readonly #kept: Uint8Array<ArrayBuffer>[] = [];

  put(body: Uint8Array): void {
    const { buffer } = body;
    if (!(buffer instanceof ArrayBuffer) || this.#kept.length === mostKept) return;
    if (buffer.byteLength >= bodyBytes && buffer.byteLength <= mostBytes) this.#kept.push(new Uint8Array(buffer));
  }

  take(): Uint8Array<ArrayBuffer> | undefined {
    return this.#kept.pop();
  }
}
