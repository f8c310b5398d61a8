import type { Database, IncidentDetails, TenantId } from '@akashi/database';
import type { IncidentKind } from '@akashi/policy';
import type { Logger } from '@akashi/server-kit';

/** Whose incident it is; `platform` is the organisation of the installation's own people. */
export type IncidentOwner = TenantId | 'platform';

export interface Sighting {
  readonly kind: IncidentKind;
  readonly where: string;
  /** A code. */
  readonly cause: string;
  readonly details?: IncidentDetails | undefined;
  readonly count?: number | undefined;
}

export interface IncidentDeskParts {
  readonly database: {
    forTenant(id: TenantId): {
      readonly incidents: Pick<ReturnType<Database['forTenant']>['incidents'], 'notice' | 'cease'>;
    };
    readonly platform: { readonly incidents: Pick<Database['platform']['incidents'], 'unfinished'> };
  };
  /** Null while the platform's organisation is not there. */
  readonly platformTenant: () => Promise<TenantId | null>;
  readonly logger: Pick<Logger, 'warn'>;
  readonly now: () => Date;
}

/** As of the last look, or of what was noticed here since. */
export interface OpenIncident {
  readonly owner: TenantId;
  readonly kind: IncidentKind;
  readonly where: string;
  readonly lastSeenAt: Date;
}

interface Waiting {
  readonly owner: IncidentOwner;
  readonly sighting: Sighting;
  readonly at: Date;
  readonly count: number;
}

/** Beyond so many different ones that cannot be written, further ones say nothing new. */
const mostWaiting = 1_000;

/**
 * Where everything in the worker that notices something says so. What cannot be written now, because the database is away,
 * waits here with its time and its count. Only what is known to be open is written to when it ends, so that an end may be
 * told as often as one likes.
 */
export class IncidentDesk {
  readonly #parts: IncidentDeskParts;
  readonly #waiting = new Map<string, Waiting>();
  #open = new Map<string, OpenIncident>();

  constructor(parts: IncidentDeskParts) {
    this.#parts = parts;
  }

  /** Never rejects. */
  async notice(owner: IncidentOwner, sighting: Sighting): Promise<void> {
    await this.#write({ owner, sighting, at: this.#parts.now(), count: sighting.count ?? 1 });
  }

  /** Never rejects: an end that cannot be written is told again by whatever told it. */
  async cease(owner: IncidentOwner, { kind, where }: Pick<Sighting, 'kind' | 'where'>): Promise<void> {
    const at = this.#parts.now();
    const key = keyOf(owner, { kind, where });
    this.#waiting.delete(key);
    try {
      const tenant = await this.#tenantOf(owner);
      if (tenant === null || !this.#open.has(keyOf(tenant, { kind, where }))) return;
      await this.#parts.database.forTenant(tenant).incidents.cease({ kind, where, at });
      this.#open.delete(keyOf(tenant, { kind, where }));
    } catch (cause) {
      this.#parts.logger.warn({ owner, kind, where, err: cause }, 'The end of an incident could not be written yet.');
    }
  }

  openOf(kinds: ReadonlySet<IncidentKind>): OpenIncident[] {
    return [...this.#open.values()].filter(({ kind }) => kinds.has(kind));
  }

  /** Writes what waits, then learns what is open, by this process and by others. */
  async refresh(): Promise<void> {
    for (const [key, waiting] of this.#waiting) {
      this.#waiting.delete(key);
      await this.#write(waiting);
    }
    const unfinished = await this.#parts.database.platform.incidents.unfinished();
    this.#open = new Map(
      unfinished
        .filter(({ hasEnded }) => !hasEnded)
        .map(({ tenantId: owner, hasEnded: _ended, ...open }) => [keyOf(owner, open), { owner, ...open }]),
    );
  }

  async #write(noticed: Waiting): Promise<void> {
    const { owner, sighting, at, count } = noticed;
    try {
      const tenant = await this.#tenantOf(owner);
      if (tenant === null) return this.#keep(noticed);
      await this.#parts.database.forTenant(tenant).incidents.notice({ ...sighting, at, count });
      const { kind, where } = sighting;
      this.#open.set(keyOf(tenant, sighting), { owner: tenant, kind, where, lastSeenAt: at });
    } catch (cause) {
      this.#parts.logger.warn({ owner, kind: sighting.kind, err: cause }, 'An incident waits for the database.');
      this.#keep(noticed);
    }
  }

  #keep(noticed: Waiting): void {
    const key = keyOf(noticed.owner, noticed.sighting);
    const before = this.#waiting.get(key);
    if (before === undefined && this.#waiting.size >= mostWaiting) return;
    this.#waiting.set(key, { ...noticed, count: noticed.count + (before?.count ?? 0) });
  }

  #tenantOf(owner: IncidentOwner): Promise<TenantId | null> {
    return owner === 'platform' ? this.#parts.platformTenant() : Promise.resolve(owner);
  }
}

function keyOf(owner: IncidentOwner, { kind, where }: Pick<Sighting, 'kind' | 'where'>): string {
  return JSON.stringify([owner, kind, where]);
}
