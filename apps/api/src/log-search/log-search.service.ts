import { Inject, Injectable } from '@nestjs/common';
import type {
  FacetsAnswer,
  FacetsRequest,
  FieldsAnswer,
  HistogramAnswer,
  HistogramRequest,
  RelaxedAnswer,
  SearchAnswer,
  SearchRequest,
  SelectionRequest,
} from '@akashi/contracts';
import { eventFields, resolveFieldName } from '@akashi/log-event';
import { conjuncts, formatQuery, mostRelaxed, removeConjunct } from '@akashi/query';
import { apiParts } from '../api-parts.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { PeopleService } from '../people/people.service.ts';
import { SealService } from '../seal/seal.service.ts';
import { emptyWhenMissing } from '../missing-stream.ts';
import { OfflineService } from '../selection/offline.service.ts';
import { explainWarning, readSelection } from '../selection/read-selection.ts';
import { readingOf, type ReadingParts } from '../selection/reading-of.ts';
import { searchPage } from '../selection/search-page.ts';

@Injectable()
export class LogSearchService {
  readonly #parts: ReadingParts;
  readonly #seals: Pick<SealService, 'sealed'>;
  readonly #people: Pick<PeopleService, 'attributed' | 'expand'>;
  readonly #offline: Pick<OfflineService, 'of'>;

  constructor(
    @Inject(apiParts) parts: ReadingParts,
    @Inject(SealService) seals: Pick<SealService, 'sealed'>,
    @Inject(PeopleService) people: Pick<PeopleService, 'attributed' | 'expand'>,
    @Inject(OfflineService) offline: Pick<OfflineService, 'of'>,
  ) {
    this.#parts = parts;
    this.#seals = seals;
    this.#people = people;
    this.#offline = offline;
  }

  async search(context: RequestContext, request: SearchRequest, signal: AbortSignal): Promise<SearchAnswer> {
    const { warnings, ...selection } = await this.#people.expand(context, readSelection(context, request));
    const [{ items, total, next, tookMs }, offline] = await Promise.all([
      searchPage(await readingOf(this.#parts, context, request), {
        ...selection,
        sort: request.sort === 'asc' ? 'oldest' : 'newest',
        limit: request.limit,
        ...(request.cursor === undefined ? {} : { cursor: request.cursor }),
        signal,
      }),
      this.#offline.of(context, selection),
    ]);
    return {
      items: await this.#people.attributed(context, await this.#seals.sealed(context, items)),
      total,
      ...(next === undefined ? {} : { next }),
      tookMs,
      ...(warnings.length === 0 ? {} : { warnings: warnings.map((each) => explainWarning(each, context.language)) }),
      offline,
    };
  }

  /** How many events there would be without each of the first conditions, one after the other. */
  async relaxed(context: RequestContext, request: SelectionRequest, signal: AbortSignal): Promise<RelaxedAnswer> {
    const asked = readSelection(context, request);
    const { tree } = asked;
    const conditions: RelaxedAnswer['conditions'] = [];
    for (const index of conjuncts(tree).slice(0, mostRelaxed).keys()) {
      const query = formatQuery(removeConjunct(tree, index));
      const read = readSelection(context, { ...request, query });
      const { warnings: _warnings, ...selection } = await this.#people.expand(context, read);
      const { total } = await searchPage(await readingOf(this.#parts, context, request), {
        ...selection,
        sort: 'newest',
        limit: 1,
        signal,
      });
      conditions.push({ query, total });
    }
    return { conditions, offline: await this.#offline.of(context, asked) };
  }

  async histogram(context: RequestContext, request: HistogramRequest, signal: AbortSignal): Promise<HistogramAnswer> {
    const { warnings: _warnings, ...selection } = await this.#people.expand(context, readSelection(context, request));
    const reading = await readingOf(this.#parts, context, request);
    const found = await reading
      .histogram({ ...selection, stackBy: 'event.outcome', signal })
      .catch(emptyWhenMissing({ interval: { ms: selection.to - selection.from }, buckets: [] }));
    return {
      intervalMs: found.interval.ms,
      buckets: found.buckets.map(({ start, count, stacks }) => ({
        from: new Date(start).toISOString(),
        total: count,
        byOutcome: { ...stacks },
      })),
      offline: await this.#offline.of(context, selection),
    };
  }

  async facets(context: RequestContext, request: FacetsRequest, signal: AbortSignal): Promise<FacetsAnswer> {
    const { warnings: _warnings, ...selection } = await this.#people.expand(context, readSelection(context, request));
    const reading = await readingOf(this.#parts, context, request);
    const facets = await reading
      .facets({
        ...selection,
        fields: request.fields.map((field) => resolveFieldName(field) ?? field),
        size: request.size,
        ...(request.prefix === undefined ? {} : { valuePrefix: request.prefix }),
        ...(request.find === undefined ? {} : { valuePart: request.find }),
        signal,
      })
      .catch(emptyWhenMissing([]));
    return {
      facets: facets.map(({ field, values, error }) => ({
        field,
        approximate: error > 0,
        values: values.map(({ value, count }) => ({ value, count })),
      })),
      offline: await this.#offline.of(context, selection),
    };
  }

  async fields(context: RequestContext, request: SelectionRequest, signal: AbortSignal): Promise<FieldsAnswer> {
    const { warnings: _warnings, ...selection } = await this.#people.expand(context, readSelection(context, request));
    const reading = await readingOf(this.#parts, context, request);
    const found = await reading
      .fieldStats({ ...selection, signal })
      .catch(emptyWhenMissing({ fields: [], labels: [] }));
    const catalogued = found.fields.map(({ field: name, count }) => ({
      name,
      type: eventFields[name]?.type ?? 'keyword',
      label: eventFields[name]?.label ?? { ja: name, en: name },
      count,
    }));
    const offline = await this.#offline.of(context, selection);
    return { fields: catalogued, labels: [...found.labels], offline };
  }
}
