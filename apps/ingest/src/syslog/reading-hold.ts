import type { Socket } from 'node:net';

/** A socket is read while nothing holds it back; each reason comes and goes by itself. */
export class ReadingHold {
  readonly #socket: Pick<Socket, 'pause' | 'resume'>;
  readonly #reasons = new Set<string>();

  constructor(socket: Pick<Socket, 'pause' | 'resume'>) {
    this.#socket = socket;
  }

  set(reason: string, isHeld: boolean): void {
    const wasHeld = this.#reasons.size > 0;
    if (isHeld) this.#reasons.add(reason);
    else this.#reasons.delete(reason);
    if (wasHeld === this.#reasons.size > 0) return;
    if (wasHeld) this.#socket.resume();
    else this.#socket.pause();
  }
}
