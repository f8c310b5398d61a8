import type { KeyUse } from '@akashi/database';
import type { Logger } from '@akashi/server-kit';

export interface KeyUsesSettings {
  /** Absent when there is no database: then uses are not noted. */
  save: ((uses: KeyUse[]) => Promise<void>) | undefined;
  logger: Logger;
}

const saveEveryMs = 5000;
const maxWaiting = 10_000;

/** Notes when and from where each key was used last: at most one row a key every few seconds, never in a request's way. */
export class KeyUses {
  readonly #settings: KeyUsesSettings;
  #waiting = new Map<string, KeyUse>();
  #timer: NodeJS.Timeout | undefined;
  #saving = Promise.resolve();

  constructor(settings: KeyUsesSettings) {
    this.#settings = settings;
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#saving = this.#save();
    }, saveEveryMs);
    this.#timer.unref();
  }

  note(use: KeyUse): void {
    if (this.#settings.save === undefined) return;
    if (this.#waiting.size < maxWaiting || this.#waiting.has(use.id)) this.#waiting.set(use.id, use);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#saving;
    await this.#save();
  }

  async #save(): Promise<void> {
    const { save, logger } = this.#settings;
    if (save === undefined || this.#waiting.size === 0) return;
    const uses = [...this.#waiting.values()];
    this.#waiting = new Map();
    try {
      await save(uses);
    } catch (cause) {
      logger.debug({ err: cause }, 'The last use of keys could not be noted.');
      for (const use of uses) if (!this.#waiting.has(use.id)) this.#waiting.set(use.id, use);
    }
  }
}
