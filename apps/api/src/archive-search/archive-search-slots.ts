import { Injectable } from '@nestjs/common';
import { AppError } from '@akashi/server-kit';

const mostOfTenant = 2;
const mostOfAll = 4;
const retryAfterSeconds = 10;

/** How many searches of the archive, rules that are tried included, run at a time: each keeps a processor busy for as long as it takes. */
@Injectable()
export class ArchiveSearchSlots {
  readonly #running = new Map<string, number>();
  #all = 0;

  /** Answers the release. Who finds no room is told so at once: the others may take minutes. */
  take(tenantId: string): () => void {
    const own = this.#running.get(tenantId) ?? 0;
    if (own >= mostOfTenant || this.#all >= mostOfAll) throw new AppError('archive-search-busy', { retryAfterSeconds });
    this.#running.set(tenantId, own + 1);
    this.#all += 1;
    let isReleased = false;
    return () => {
      if (isReleased) return;
      isReleased = true;
      this.#all -= 1;
      const left = (this.#running.get(tenantId) ?? 1) - 1;
      if (left === 0) this.#running.delete(tenantId);
      else this.#running.set(tenantId, left);
    };
  }
}
