import { Inject, Injectable } from '@nestjs/common';
import type { ContextAnswer, EventDetail, ProofAnswer } from '@akashi/contracts';
import { parseEventId } from '@akashi/log-event';
import { reachOfLogGroup } from '@akashi/policy';
import type { StoredDocument } from '@akashi/search';
import { isInRanges, parseBlockRanges, sha256, tlogProofOfEvent } from '@akashi/integrity';
import { AppError } from '@akashi/server-kit';
import { apiParts } from '../api-parts.ts';
import { ArchivedEventsService } from '../archive-search/archived-events.service.ts';
import { isMissingStream } from '../missing-stream.ts';
import { PeopleService } from '../people/people.service.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { SealService } from '../seal/seal.service.ts';
import { EventProofService } from './event-proof.service.ts';
import { resolveEventId } from '../seal/resolve-event-id.ts';
import { showEvent } from '../seal/show-event.ts';
import { readingOf, type ReadingParts } from '../selection/reading-of.ts';

/** Whether an event of a restored set is asked for as well. */
type RestoredSets = Parameters<typeof readingOf>[2];

const replacementCharacter = '\ufffd';

/** Single events. One that is out of the caller's scope is the same 404 as one that is not there. */
@Injectable()
export class EventService {
  readonly #parts: ReadingParts;
  readonly #proofs: Pick<EventProofService, 'prove' | 'sealedRecord'>;
  readonly #seals: Pick<SealService, 'sealed' | 'placeOf'>;
  readonly #people: Pick<PeopleService, 'attributed'>;
  readonly #archived: Pick<ArchivedEventsService, 'get'>;

  constructor(
    @Inject(apiParts) parts: ReadingParts,
    @Inject(EventProofService) proofs: Pick<EventProofService, 'prove' | 'sealedRecord'>,
    @Inject(SealService) seals: Pick<SealService, 'sealed' | 'placeOf'>,
    @Inject(PeopleService) people: Pick<PeopleService, 'attributed'>,
    @Inject(ArchivedEventsService) archived: Pick<ArchivedEventsService, 'get'>,
  ) {
    this.#parts = parts;
    this.#proofs = proofs;
    this.#seals = seals;
    this.#people = people;
    this.#archived = archived;
  }

  async get(context: RequestContext, id: string, sets: RestoredSets = {}): Promise<EventDetail> {
    const { found, archived } = await this.#find(context, id, sets);
    const [shown] = await this.#shown(context, [found]);
    if (shown === undefined) throw new AppError('not-found');
    const event = { ...shown, ...archived };
    const { block, leaf } = event;
    // The text may stand for bytes that are no UTF-8: those are only in the archive.
    if (block === null || leaf === null || !event.record.includes(replacementCharacter)) return event;
    const sealed = await this.#proofs.sealedRecord(context, { block, leaf });
    if (sealed.equals(Buffer.from(event.record, 'utf8'))) return event;
    return { ...event, recordBase64: sealed.toString('base64') };
  }

  /** Ids of every line of an event that the caller may see, whichever of its lines is named. */
  async lines(context: RequestContext, id: string): Promise<string[]> {
    const named = await this.get(context, id);
    const head = named.partOf === undefined ? named : await this.get(context, named.partOf);
    return [...new Set([named.id, head.id, ...(head.parts ?? [])])];
  }

  async context(
    context: RequestContext,
    id: string,
    wanted: { before: number; after: number } & RestoredSets,
  ): Promise<ContextAnswer> {
    const count = Math.max(wanted.before, wanted.after);
    const eventId = await this.#resolve(context, id);
    const reading = await readingOf(this.#parts, context, wanted);
    const found = await reading.context({ id: eventId, count }, context.scope).catch(noneWhenMissing);
    if (found === undefined) return this.#archivedContext(context, eventId);
    const before = found.before.slice(Math.max(0, found.before.length - wanted.before));
    const after = found.after.slice(0, wanted.after);
    const shown = await this.#shown(context, [...before, found.event, ...after]);
    const event = shown[before.length];
    if (event === undefined) throw new AppError('not-found');
    return { before: shown.slice(0, before.length), event, after: shown.slice(before.length + 1) };
  }

  async proof(context: RequestContext, id: string, sets: RestoredSets = {}): Promise<ProofAnswer> {
    const { found } = await this.#find(context, id, sets);
    const { id: eventId, textHidden } = showEvent(found);
    const place = await this.#seals.placeOf(context, eventId);
    if (place === undefined) throw new AppError('not-sealed-yet');
    const isWhole = context.scope.parts.every((part) => part.hiddenFields.length === 0);
    return this.#proofs.prove(context, {
      ...place,
      id: eventId,
      textHidden,
      document: isWhole ? found.document : undefined,
    });
  }

  /** The same as C2SP tlog-proof has it. Of a record whose text is hidden there is none: it would show the record. */
  async tlogProof(context: RequestContext, id: string): Promise<{ name: string; bytes: Buffer; sha256: string }> {
    const { id: eventId, proof } = await this.proof(context, id);
    const text = proof === undefined ? null : tlogProofOfEvent(proof);
    if (text === null) throw new AppError('forbidden');
    const bytes = Buffer.from(text);
    return { name: `${eventId}.tlog-proof`, bytes, sha256: sha256(bytes).toString('hex') };
  }

  async #shown(context: RequestContext, found: readonly StoredDocument[]) {
    return this.#people.attributed(context, await this.#seals.sealed(context, found));
  }

  /** The neighbours of an event that is online no more are in the archive, as it is: a restore brings them back. */
  async #archivedContext(context: RequestContext, eventId: string): Promise<ContextAnswer> {
    const found = await this.#archived.get(context, eventId);
    const [event] = found === undefined ? [] : await this.#shown(context, [found]);
    if (event === undefined) throw await this.#gone(context, eventId);
    return { before: [], event, after: [], offline: { before: true, after: true } };
  }

  /** From the index; from the archive where it is online no more. */
  async #find(
    context: RequestContext,
    id: string,
    sets: RestoredSets,
  ): Promise<{ found: StoredDocument; archived?: { archived: true } }> {
    const eventId = await this.#resolve(context, id);
    const reading = await readingOf(this.#parts, context, sets);
    const online = await reading.get(eventId, context.scope).catch(noneWhenMissing);
    const found = online ?? (await this.#archived.get(context, eventId));
    if (found === undefined) throw await this.#gone(context, eventId);
    const tombstone = await this.#tombstoneOf(context, eventId);
    if (tombstone !== undefined) throw new AppError('event-removed', { params: { tombstone } });
    return online === undefined ? { found, archived: { archived: true } } : { found };
  }

  /** The tombstone that removes the record, from its statement on: whoever saw it is told that it is gone. */
  async #tombstoneOf({ tenantId }: RequestContext, eventId: string): Promise<string | undefined> {
    const place = parseEventId(eventId);
    const { tombstones } = this.#parts.database.forTenant(tenantId);
    const found = place === undefined ? null : await tombstones.ofRecord(place);
    return found?.tombstones.find(({ positions }) => {
      const ranges = parseBlockRanges(positions);
      return ranges !== null && isInRanges(ranges, found.leaf);
    })?.id;
  }

  /** Disposed of, or not there. Nobody can look up whose the record was any more: it is told to those who saw all of its block. */
  async #gone({ tenantId, scope }: RequestContext, eventId: string): Promise<AppError> {
    const place = parseEventId(eventId);
    const { disposals } = this.#parts.database.forTenant(tenantId);
    const disposal = place === undefined ? null : await disposals.ofRecord(place);
    if (disposal === null || disposal.logGroups.length === 0) return new AppError('not-found');
    const isSeen = disposal.logGroups.every((name) => reachOfLogGroup(scope, name) === 'all');
    return isSeen ? new AppError('event-disposed', { params: { disposal: disposal.id } }) : new AppError('not-found');
  }

  async #resolve({ tenantId }: RequestContext, id: string): Promise<string> {
    const eventId = await resolveEventId(this.#parts.database.forTenant(tenantId), id);
    if (eventId === undefined) throw new AppError('not-found');
    return eventId;
  }
}

function noneWhenMissing(error: unknown): undefined {
  if (isMissingStream(error)) return undefined;
  throw error;
}
