import type { LineShapeAnswer, UnparsedLinesAnswer, UnparsedLinesRequest } from '@akashi/contracts';
import { ShapeMiner } from '@akashi/log-event';
import { Inject, Injectable } from '@nestjs/common';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { showEvent } from '../seal/show-event.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { readSelection } from '../selection/read-selection.ts';
import { searchPages } from '../selection/search-page.ts';

/** What no format knew at all, and what one knew without understanding its message. */
const unread = 'parse.reason:(no-format OR unknown-message)';
const pageLines = 500;
/** The newest; a page of a person's work, not a measurement. */
const mostRead = 10_000;
const mostShown = 100;
const limits = { shapes: 500, examples: 20 } as const;
const mostStreams = 20;

type Line = Pick<ReturnType<typeof showEvent>, 'id' | 'record' | 'message' | 'logGroup' | 'logStream' | 'receivedAt'>;

/** Lines that no format reads, grouped by their shape: what to make a format of next. */
@Injectable()
export class UnparsedLinesService {
  readonly #search: ApiParts['search'];

  constructor(@Inject(apiParts) { search }: Pick<ApiParts, 'search'>) {
    this.#search = search;
  }

  /** Of the caller's scope, the newest lines of the time asked for. Lines whose text is hidden from the caller take no part. */
  async read(
    context: RequestContext,
    { from, to, logGroup }: UnparsedLinesRequest,
    signal: AbortSignal,
  ): Promise<UnparsedLinesAnswer> {
    const logGroups = logGroup === undefined ? {} : { logGroups: [logGroup] };
    const asked = { query: unread, from, to, timeField: 'received_at' as const, ...logGroups };
    const { warnings: _, ...selection } = readSelection(context, asked);
    const groups = new Map<string, ShapesOfGroup>();
    let total: UnparsedLinesAnswer['total'] | undefined;
    let read = 0;
    const request = { ...selection, limit: pageLines, sort: 'newest', signal } as const;
    for await (const page of searchPages(this.#search.forTenant(context.tenantId), request)) {
      total ??= page.total;
      for (const line of page.items.map(showEvent)) {
        if (line.textHidden === true) continue;
        const known = groups.get(line.logGroup) ?? new ShapesOfGroup();
        groups.set(line.logGroup, known);
        known.take(line);
        read += 1;
      }
      if (read >= mostRead) break;
    }
    const shapes = [...groups]
      .flatMap(([name, shapesOf]) => shapesOf.answer(name))
      .toSorted((one, other) => other.lines - one.lines);
    const items = shapes.slice(0, mostShown);
    const shown = items.reduce((sum, { lines }) => sum + lines, 0);
    return { items, read, total: total ?? { value: 0, relation: 'eq' }, others: read - shown };
  }
}

/** The lines of one log group. */
class ShapesOfGroup {
  readonly #miner = new ShapeMiner(limits);
  /** Of the examples alone. */
  readonly #lines = new Map<string, Line>();

  take(line: Line): void {
    if (this.#miner.add(line.message, line.id)) this.#lines.set(line.id, line);
  }

  answer(logGroup: string): LineShapeAnswer[] {
    return this.#miner.shapes().map(({ text, lines, examples }) => {
      const found = examples.flatMap((id) => this.#lines.get(id) ?? []);
      return {
        shape: text,
        logGroup,
        logStreams: [...new Set(found.map(({ logStream }) => logStream))].slice(0, mostStreams),
        lines,
        lastSeenAt: found[0]?.receivedAt ?? new Date(0).toISOString(),
        examples: found.map(({ id, record }) => ({ id, record })),
      };
    });
  }
}
