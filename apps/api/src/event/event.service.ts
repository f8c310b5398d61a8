import { Inject, Injectable } from '@nestjs/common';
import type { ContextAnswer, EventAnswer, EventDetail, ProofAnswer } from '@akashi/contracts';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { isMissingStream } from '../log-search/missing-stream.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { EventProofService } from './event-proof.service.ts';
import { showEvent } from './show-event.ts';

const replacementCharacter = '\ufffd';

/** Single events. One that is out of the caller's scope is the same 404 as one that is not there. */
@Injectable()
export class EventService {
  readonly #search: Pick<ApiParts['search'], 'forTenant'>;
  readonly #proofs: Pick<EventProofService, 'prove' | 'sealedRecord'>;

  constructor(
    @Inject(apiParts) parts: Pick<ApiParts, 'search'>,
    @Inject(EventProofService) proofs: Pick<EventProofService, 'prove' | 'sealedRecord'>,
  ) {
    this.#search = parts.search;
    this.#proofs = proofs;
  }

  async get(context: RequestContext, id: string): Promise<EventDetail> {
    const event = await this.#find(context, id);
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
    const { before, event, after } = found;
    return {
      before: before.slice(Math.max(0, before.length - wanted.before)).map(showEvent),
      event: showEvent(event),
      after: after.slice(0, wanted.after).map(showEvent),
    };
  }

  async proof(context: RequestContext, id: string): Promise<ProofAnswer> {
    return this.#proofs.prove(context, await this.#find(context, id));
  }

  async #find(context: RequestContext, id: string): Promise<EventAnswer> {
    const found = await this.#search.forTenant(context.tenantId).get(id, context.scope).catch(noneWhenMissing);
    if (found === undefined) throw new AppError('not-found');
    return showEvent(found);
  }
}

function noneWhenMissing(error: unknown): undefined {
  if (isMissingStream(error)) return undefined;
  throw error;
}
