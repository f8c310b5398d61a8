import { Inject, Injectable } from '@nestjs/common';
import type { ContextAnswer, EventDetail, ProofAnswer } from '@akashi/contracts';
import type { StoredDocument } from '@akashi/search';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { isMissingStream } from '../missing-stream.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { SealService } from '../seal/seal.service.ts';
import { EventProofService } from './event-proof.service.ts';
import { showEvent, type ShownEvent } from '../log-search/show-event.ts';

const replacementCharacter = '\ufffd';

/** Single events. One that is out of the caller's scope is the same 404 as one that is not there. */
@Injectable()
export class EventService {
  readonly #search: Pick<ApiParts['search'], 'forTenant'>;
  readonly #proofs: Pick<EventProofService, 'prove' | 'sealedRecord'>;
  readonly #seals: Pick<SealService, 'sealed'>;

  constructor(
    @Inject(apiParts) parts: Pick<ApiParts, 'search'>,
    @Inject(EventProofService) proofs: Pick<EventProofService, 'prove' | 'sealedRecord'>,
    @Inject(SealService) seals: Pick<SealService, 'sealed'>,
  ) {
    this.#search = parts.search;
    this.#proofs = proofs;
    this.#seals = seals;
  }

  async get(context: RequestContext, id: string): Promise<EventDetail> {
    const found = showEvent(await this.#find(context, id));
    const [event] = await this.#seals.sealed(context, [found]);
    if (event === undefined) throw new AppError('not-found');
    if (!event.record.includes(replacementCharacter)) return event;
    // The text may stand for bytes that are no UTF-8: those are only in the archive.
    const sealed = await this.#proofs.sealedRecord(context, event);
    if (sealed.equals(Buffer.from(event.record, 'utf8'))) return event;
    return { ...event, recordBase64: sealed.toString('base64') };
  }

  async context(
    context: RequestContext,
    id: string,
    wanted: { before: number; after: number },
  ): Promise<ContextAnswer> {
    const count = Math.max(wanted.before, wanted.after);
    const found = await this.#search
      .forTenant(context.tenantId)
      .context({ id, count }, context.scope)
      .catch(noneWhenMissing);
    if (found === undefined) throw new AppError('not-found');
    const before = found.before.slice(Math.max(0, found.before.length - wanted.before));
    const after = found.after.slice(0, wanted.after);
    const sealed = await this.#seals.sealed(context, [...before, found.event, ...after].map(showEvent));
    const event = sealed[before.length];
    if (event === undefined) throw new AppError('not-found');
    return { before: sealed.slice(0, before.length), event, after: sealed.slice(before.length + 1) };
  }

  async proof(context: RequestContext, id: string): Promise<ProofAnswer> {
    const found = await this.#find(context, id);
    const event: ShownEvent = showEvent(found);
    const isWhole = context.scope.parts.every((part) => part.hiddenFields.length === 0);
    return this.#proofs.prove(context, isWhole ? { ...event, document: found.document } : event);
  }

  async #find(context: RequestContext, id: string): Promise<StoredDocument> {
    const found = await this.#search.forTenant(context.tenantId).get(id, context.scope).catch(noneWhenMissing);
    if (found === undefined) throw new AppError('not-found');
    return found;
  }
}

function noneWhenMissing(error: unknown): undefined {
  if (isMissingStream(error)) return undefined;
  throw error;
}
