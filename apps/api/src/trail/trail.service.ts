import type { EventPersonAnswer, EventQuery, TrailAnswer, TrailRequest } from '@akashi/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { apiParts } from '../api-parts.ts';
import { EventService } from '../event/event.service.ts';
import { OfflineService } from '../selection/offline.service.ts';
import { readSelection } from '../selection/read-selection.ts';
import { readingOf, type ReadingParts } from '../selection/reading-of.ts';
import { searchPage } from '../selection/search-page.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { SealService } from '../seal/seal.service.ts';
import { PeopleService } from '../people/people.service.ts';

/** What one person did, across all systems that the asker may read. */
@Injectable()
export class TrailService {
  readonly #parts: ReadingParts;
  readonly #people: PeopleService;
  readonly #events: Pick<EventService, 'get'>;
  readonly #seals: Pick<SealService, 'sealed'>;
  readonly #offline: Pick<OfflineService, 'of'>;

  constructor(
    @Inject(apiParts) parts: ReadingParts,
    @Inject(PeopleService) people: PeopleService,
    @Inject(EventService) events: Pick<EventService, 'get'>,
    @Inject(SealService) seals: Pick<SealService, 'sealed'>,
    @Inject(OfflineService) offline: Pick<OfflineService, 'of'>,
  ) {
    this.#parts = parts;
    this.#people = people;
    this.#events = events;
    this.#seals = seals;
    this.#offline = offline;
  }

  async trail(
    context: RequestContext,
    { person: written, from, to, cursor, limit, includeRestored }: TrailRequest & { readonly person: string },
    signal: AbortSignal,
  ): Promise<TrailAnswer> {
    const selection = readSelection(context, { query: '', from, to, timeField: '@timestamp', includeOwnLogs: true });
    const person = await this.#people.called(context, written, selection);
    const asked = { kind: 'equals', field: 'person', value: person.id } as const;
    const { warnings: _, ...expanded } = await this.#people.expand(context, { ...selection, tree: asked });
    const [{ items, next }, offline] = await Promise.all([
      searchPage(await readingOf(this.#parts, context, { includeRestored }), {
        ...expanded,
        sort: 'oldest',
        limit,
        ...(cursor === undefined ? {} : { cursor }),
        signal,
      }),
      this.#offline.of(context, expanded),
    ]);
    const events = await this.#people.attributed(context, await this.#seals.sealed(context, items));
    return {
      person,
      items: events.map((event) => ({ event, because: reasonsFor(event.person, person.id) })),
      ...(next === undefined ? {} : { next }),
      offline,
    };
  }

  async steps(context: RequestContext, id: string, query: EventQuery): Promise<EventPersonAnswer> {
    return this.#people.steps(context, await this.#events.get(context, id, query));
  }
}

type Shown = Awaited<ReturnType<PeopleService['attributed']>>[number]['person'];

/** The event may be another's at the same time. */
function reasonsFor(shown: Shown, id: string) {
  const { conflict } = shown ?? {};
  const everybody = [shown, conflict, ...(conflict?.others ?? [])];
  return everybody.find((one) => one?.id === id)?.because ?? [];
}
