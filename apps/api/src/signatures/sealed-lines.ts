import { Inject, Injectable } from '@nestjs/common';
import { scopeOfLogGroups, reviewsGroup } from '@akashi/policy';
import { parseQuery } from '@akashi/query';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { isMissingStream } from '../missing-stream.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { SealService } from '../seal/seal.service.ts';

const hourMs = 3_600_000;

/** Finds sealed lines of `akashi/reviews` again, by the product's own authority: what is answered are places, no content. */
@Injectable()
export class SealedLines {
  readonly #parts: ApiParts;
  readonly #seals: SealService;

  constructor(@Inject(apiParts) parts: ApiParts, @Inject(SealService) seals: SealService) {
    this.#parts = parts;
    this.#seals = seals;
  }

  /** The events of lines by the `event.id` that they were written with; none for what is not in the index yet. */
  async eventsOf(
    context: RequestContext,
    lineIds: readonly string[],
    since: Date,
  ): Promise<ReadonlyMap<string, string>> {
    if (lineIds.length === 0) return new Map();
    const query = `event.id:(${lineIds.map((id) => `"${id}"`).join(' OR ')})`;
    const parsed = parseQuery(query, { timeZone: context.timeZone });
    if (!parsed.ok) throw new Error('a list of ids is no query');
    const found = await this.#parts.search
      .forTenant(context.tenantId)
      .search({
        tree: parsed.tree,
        scope: scopeOfLogGroups([reviewsGroup]),
        logGroups: [reviewsGroup],
        timeField: 'received_at',
        from: since.getTime() - hourMs,
        limit: lineIds.length,
      })
      .catch((error: unknown) => {
        if (isMissingStream(error)) return null;
        throw error;
      });
    const items = found?.ok === true ? found.items : [];
    return new Map(
      items.flatMap(({ id, document }) => {
        const lineId = lineIdOf(document);
        return lineId === undefined ? [] : [[lineId, id] as const];
      }),
    );
  }

  /** The same, once the event's block is in the log. */
  async sealedEventOf(context: RequestContext, lineId: string, since: Date): Promise<string | null> {
    const id = (await this.eventsOf(context, [lineId], since)).get(lineId);
    if (id === undefined) return null;
    return (await this.#seals.placeOf(context, id)) === undefined ? null : id;
  }
}

function lineIdOf(document: Readonly<Record<string, unknown>>): string | undefined {
  const event = document['event'];
  const id = document['event.id'] ?? (event as { id?: unknown } | undefined)?.id;
  return typeof id === 'string' ? id : undefined;
}
