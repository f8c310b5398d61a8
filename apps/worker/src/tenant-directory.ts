import type { Database, Tenant, TenantId } from '@akashi/database';
import type { NormalizerSettings } from '@akashi/log-event';

const freshForMs = 5_000;

/** The tenants of the installation, read again when the copy is older than a few seconds. */
export class TenantDirectory {
  readonly #database: Database;
  readonly #now: () => number;
  #tenants: Promise<Tenant[]> | undefined;
  #readAt = 0;

  constructor(database: Database, now: () => number) {
    this.#database = database;
    this.#now = now;
  }

  list(): Promise<Tenant[]> {
    if (this.#tenants === undefined || this.#now() - this.#readAt > freshForMs) {
      this.#readAt = this.#now();
      this.#tenants = this.#database.platform.listTenants();
      this.#tenants.catch(() => (this.#tenants = undefined));
    }
    return this.#tenants;
  }

  /** Everything of an organisation's settings that takes part in reading its records. */
  async settingsOf(tenantId: TenantId): Promise<NormalizerSettings> {
    const tenant = (await this.list()).find(({ id }) => id === tenantId);
    return { timeZone: tenant?.timeZone ?? 'UTC' };
  }
}
