import { join } from 'node:path';
import type { Senders } from '@akashi/database';
import { replaceFile } from '@akashi/durable-files';
import type { Logger } from '@akashi/server-kit';
import { formatSenders, readSavedSenders } from './saved-senders.ts';
import { createSenderTable, type SenderTable } from './sender-table.ts';

export interface SenderDirectorySettings {
  inboxDir: string;
  /** Absent when there is no database: then only the last good copy counts. */
  load: (() => Promise<Senders>) | undefined;
  logger: Logger;
}

const refreshMs = 1000;

/**
 * The senders as PostgreSQL has them, at most a second or two old, and its last good copy while PostgreSQL is away, also
 * after a restart. A key that is withdrawn meanwhile works until PostgreSQL is back.
 */
export class SenderDirectory {
  readonly #settings: SenderDirectorySettings;
  readonly #path: string;
  #table = createSenderTable({ keys: [], sources: [], tenants: [], logGroupPolicies: [] });
  #text = '';
  #timer: NodeJS.Timeout | undefined;
  #refreshing = Promise.resolve();
  #isLoaded = false;
  #isDatabaseAway = false;

  constructor(settings: SenderDirectorySettings) {
    this.#settings = settings;
    this.#path = join(settings.inboxDir, 'senders.json');
  }

  get table(): SenderTable {
    return this.#table;
  }

  /** Rejects until senders were loaded from anywhere: without them every sender is unknown. */
  checkLoaded(): Promise<void> {
    return this.#isLoaded ? Promise.resolve() : Promise.reject(new Error('no senders are loaded'));
  }

  async start(): Promise<void> {
    const saved = await readSavedSenders(this.#path);
    if (saved !== undefined) this.#use(saved, formatSenders(saved));
    await this.refresh();
    this.#timer = setInterval(() => {
      this.#refreshing = this.refresh();
    }, refreshMs);
    this.#timer.unref();
  }

  async refresh(): Promise<void> {
    const { load, logger } = this.#settings;
    if (load === undefined) return;
    try {
      const senders = await load();
      const text = formatSenders(senders);
      if (text !== this.#text) {
        await replaceFile(this.#path, text);
        this.#use(senders, text);
      }
      if (this.#isDatabaseAway) logger.info('The senders are read from PostgreSQL again.');
      this.#isDatabaseAway = false;
    } catch (cause) {
      if (!this.#isDatabaseAway) logger.warn({ err: cause }, 'The senders cannot be read; the last good copy counts.');
      this.#isDatabaseAway = true;
    }
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#refreshing;
  }

  #use(senders: Senders, text: string): void {
    this.#table = createSenderTable(senders);
    this.#text = text;
    this.#isLoaded = true;
  }
}
