import type { Database, Tenant, TenantId } from '@akashi/database';
import type { Keyring } from '@akashi/keyring';

export const platformSlug = 'platform';

/**
 * The one organisation of kind `platform`: home of the installation's own people, with keys, log and trail like every
 * other. Made when it is not there; safe from several processes at once.
 */
export async function ensurePlatformTenant(parts: {
  database: Pick<Database, 'platform'>;
  keyring: Pick<Keyring, 'createTenantKeys'>;
}): Promise<Tenant> {
  const tenant = await parts.database.platform.createTenant({
    slug: platformSlug,
    kind: 'platform',
    nameJa: 'プラットフォーム',
    nameEn: 'Platform',
    timeZone: 'Asia/Tokyo',
    language: 'ja',
  });
  await parts.keyring.createTenantKeys(tenant.id);
  return tenant;
}

export interface PlatformTenantSettings {
  readonly ensure: () => Promise<Tenant>;
}

/** The platform's id, looked up once; a database that is away now is asked again at the next call. */
export class PlatformHome {
  readonly #ensure: () => Promise<Tenant>;
  #found: Promise<TenantId> | undefined;

  constructor({ ensure }: PlatformTenantSettings) {
    this.#ensure = ensure;
  }

  id(): Promise<TenantId> {
    this.#found ??= this.#ensure().then(({ id }) => id);
    this.#found.catch(() => (this.#found = undefined));
    return this.#found;
  }
}
