import { Inject, Injectable } from '@nestjs/common';
import type { EventAnswer, PlatformHealth } from '@akashi/contracts';
import { auditTrailGroup } from '@akashi/policy';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { LogSearchService } from '../log-search/log-search.service.ts';
import type { RequestContext } from '../request-context/request-context.ts';

type UnknownSenders = NonNullable<PlatformHealth['unknownSenders']>;
type UnknownSender = UnknownSenders['items'][number];

const hourMs = 3_600_000;
const maxEntries = 1000;
/** What the intake refused; a key that the API refused is no sender. */
const query = 'event.action:(sender.refused OR key.refused) service.name:akashi-ingest';

/** Senders whom nobody knows, summed up from the platform's own trail. */
@Injectable()
export class UnknownSendersService {
  readonly #clock: ApiParts['clock'];
  readonly #search: Pick<LogSearchService, 'search'>;

  constructor(
    @Inject(apiParts) parts: Pick<ApiParts, 'clock'>,
    @Inject(LogSearchService) search: Pick<LogSearchService, 'search'>,
  ) {
    this.#clock = parts.clock;
    this.#search = search;
  }

  async lastHour(context: RequestContext, signal: AbortSignal): Promise<UnknownSenders> {
    const now = this.#clock.nowMs();
    const from = new Date(now - hourMs).toISOString();
    const { items, total } = await this.#search.search(
      context,
      {
        query,
        from,
        to: new Date(now + 60_000).toISOString(),
        timeField: 'receivedAt',
        logGroups: [auditTrailGroup],
        limit: maxEntries,
        sort: 'desc',
      },
      signal,
    );
    return { from, isWhole: total.value <= items.length, items: sumUp(items) };
  }
}

/** The latest first, as they are found. */
function sumUp(entries: readonly EventAnswer[]): UnknownSender[] {
  const senders = new Map<string, UnknownSender>();
  for (const entry of entries) {
    const sender = readSender(entry);
    const key = JSON.stringify([sender.address, sender.transport, sender.target, sender.reason]);
    const known = senders.get(key);
    if (known === undefined) senders.set(key, sender);
    else known.count += sender.count;
  }
  return [...senders.values()];
}

function readSender({ fields, labels, ...event }: EventAnswer): UnknownSender {
  const text = (name: string): string => (typeof fields[name] === 'string' ? fields[name] : '');
  const count = fields['akashi.audit.count'];
  return {
    address: text('source.ip') || text('source.address'),
    transport: labels['akashi.audit.details.transport'] ?? '',
    target: text('akashi.audit.target.name') || text('akashi.audit.target.kind'),
    reason: text('event.reason'),
    count: typeof count === 'number' ? count : 1,
    lastAt: event['@timestamp'],
  };
}
