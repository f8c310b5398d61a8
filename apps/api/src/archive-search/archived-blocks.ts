import type { NotedDerivation, TenantId } from '@akashi/database';
import { dataKeyIdOf, splitBlockObject } from '@akashi/integrity';
import { derivationOf, liveFormatsOf, repeatableDerivation, type Derivation } from '@akashi/log-event';
import { AppError } from '@akashi/server-kit';
import type { ApiParts } from '../api-parts.ts';
import type { BlockToSearch } from './search-block.ts';

type Parts = Pick<ApiParts, 'database' | 'archive' | 'keyring'>;

export interface BlockPlace {
  readonly number: number;
  readonly objectKey: string;
  /** Past the time that it is kept: an object that is not there has gone lawfully. */
  readonly mayBeGone: boolean;
}

/** Blocks of one organisation, read from the archive with what their documents are derived with. */
export class ArchivedBlocks {
  readonly #parts: Parts;
  readonly #tenantId: TenantId;
  #today: Promise<Derivation> | undefined;

  constructor(parts: Parts, tenantId: TenantId) {
    this.#parts = parts;
    this.#tenantId = tenantId;
  }

  /** Null for one that has gone at the end of its time. */
  async read({ number, objectKey, mayBeGone }: BlockPlace): Promise<BlockToSearch | null> {
    const { database, archive, keyring } = this.#parts;
    const object = await archive.forTenant(this.#tenantId).get(objectKey);
    if (object === null && mayBeGone) return null;
    const split = object === null ? undefined : splitBlockObject(object);
    const dataKeyId = split?.ok === true ? dataKeyIdOf(split) : null;
    if (object === null || split?.ok !== true || dataKeyId === null) {
      const reason = split === undefined ? 'missing' : split.ok ? 'heartbeat' : split.code;
      throw new AppError('evidence-altered', { params: { object: objectKey }, reason });
    }
    const { key } = keyring.forTenant(this.#tenantId).dataKey(dataKeyId);
    const noted = await database.forTenant(this.#tenantId).archivedRecords.derivationsOf(number);
    const derivations = new Map([...noted].flatMap(([segmentId, each]) => repeated(segmentId, each)));
    return { number, object, dataKey: key, derivations, today: await this.#derivationOfToday() };
  }

  #derivationOfToday(): Promise<Derivation> {
    this.#today ??= this.#readToday();
    return this.#today;
  }

  async #readToday(): Promise<Derivation> {
    const { organisation, ownFormats } = this.#parts.database.forTenant(this.#tenantId);
    const [{ timeZone }, live] = await Promise.all([organisation.get(), ownFormats.live()]);
    return derivationOf({ timeZone, ownFormats: liveFormatsOf(live) });
  }
}

/** What its documents were derived with, as far as its readers are still there. */
function repeated(segmentId: string, noted: NotedDerivation | null): [string, Derivation][] {
  const derivation = noted === null ? null : repeatableDerivation(noted);
  return derivation === null ? [] : [[segmentId, derivation]];
}
