import { Inject, Injectable } from '@nestjs/common';
import { parseEventId } from '@akashi/log-event';
import type { StoredDocument } from '@akashi/search';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { ArchivedBlocks } from './archived-blocks.ts';
import { BlockFault, findInBlock } from './search-block.ts';

/** Single events that are online no more, read from the archive by the caller's own scope. */
@Injectable()
export class ArchivedEventsService {
  readonly #parts: Pick<ApiParts, 'database' | 'archive' | 'keyring' | 'clock'>;

  constructor(@Inject(apiParts) parts: Pick<ApiParts, 'database' | 'archive' | 'keyring' | 'clock'>) {
    this.#parts = parts;
  }

  /** Undefined while the index has it, when it has gone for good, and for an event out of the scope. */
  async get({ tenantId, scope }: RequestContext, id: string): Promise<StoredDocument | undefined> {
    const place = parseEventId(id);
    if (place === undefined) return undefined;
    const now = this.#parts.clock.now();
    const block = await this.#parts.database.forTenant(tenantId).archivedRecords.offlineBlockOf(place.segmentId, now);
    if (block === null) return undefined;
    const read = await new ArchivedBlocks(this.#parts, tenantId).read(block);
    if (read === null) return undefined;
    try {
      return findInBlock(read, { tenantId, ...place }, scope) ?? undefined;
    } catch (error) {
      if (!(error instanceof BlockFault)) throw error;
      throw new AppError('evidence-altered', { params: { object: block.objectKey }, reason: error.message });
    }
  }
}
