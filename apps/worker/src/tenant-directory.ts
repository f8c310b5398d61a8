import type { Database, Tenant, TenantId } from '@akashi/database';
import { liveFormatsOf, type LiveFormat, type NormalizerSettings } from '@akashi/log-event';

const freshForMs = 5_000;
const keptTenants = 10_000;

/** The tenants of the installation, read again when the copy is older than a few seconds. */
export class TenantDirectory {
  readonly #database: Database;
  readonly #now: () => number;
  #tenants: Promise<Tenant[]> | undefined;
  #readAt = 0;
  /** Only of those whose lines come or are looked at. */
  readonly #formats = new Map<TenantId, { readonly formats: Promise<LiveFormat[]>; readonly readAt: number }>();

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
    const [tenants, ownFormats] = await Promise.all([this.list(), this.#formatsOf(tenantId)]);
    const tenant = tenants.find(({ id }) => id === tenantId);
    return { timeZone: tenant?.timeZone ?? 'UTC', ownFormats };
  }

  #formatsOf(tenantId: TenantId): Promise<LiveFormat[]> {
    const nowMs = this.#now();
    const known = this.#formats.get(tenantId);
    if (known !== undefined && nowMs - known.readAt <= freshForMs) return known.formats;
    if (this.#formats.size >= keptTenants) this.#formats.clear();
    const formats = this.#database.forTenant(tenantId).ownFormats.live().then(liveFormatsOf);
    formats.catch(() => this.#formats.delete(tenantId));
    this.#formats.set(tenantId, { formats, readAt: nowMs });
    return formats;
  }
}
