import { Inject, Injectable } from '@nestjs/common';
import type { PlatformHealth } from '@akashi/contracts';
import type { TenantBacklog } from '@akashi/database';
import { apiParts, type ApiParts } from '../api-parts.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { UnknownSendersService } from './unknown-senders.service.ts';

type Part = PlatformHealth['parts'][number];
type TenantHealth = PlatformHealth['tenants'][number];

const askWithinMs = 3_000;
const outcomes = ['proven', 'altered', 'unreadable'] as const;

/** How the installation is: states and figures, never a line. */
@Injectable()
export class PlatformHealthService {
  readonly #parts: Pick<ApiParts, 'database' | 'search' | 'archive' | 'partUrls' | 'clock'>;

  readonly #unknownSenders: Pick<UnknownSendersService, 'lastHour'>;

  constructor(
    @Inject(apiParts) parts: Pick<ApiParts, 'database' | 'search' | 'archive' | 'partUrls' | 'clock'>,
    @Inject(UnknownSendersService) unknownSenders: Pick<UnknownSendersService, 'lastHour'>,
  ) {
    this.#parts = parts;
    this.#unknownSenders = unknownSenders;
  }

  async read(context: RequestContext): Promise<PlatformHealth> {
    const { database, search, archive, partUrls, clock } = this.#parts;
    const [parts, backlogs, unknownSenders] = await Promise.all([
      Promise.all([
        askStore('database', () => database.platform.ping()),
        askStore('search', () => search.platform.ping()),
        askStore('archive', () => archive.probe()),
        askPart('ingest', partUrls.ingest),
        askPart('worker', partUrls.worker),
      ]),
      database.platform.tenantBacklogs(),
      // An index that is away is among what is told here.
      this.#unknownSenders.lastHour(context, AbortSignal.timeout(askWithinMs)).catch(() => null),
    ]);
    return { parts, tenants: backlogs.map((each) => describeBacklog(each, clock.nowMs())), unknownSenders };
  }
}

async function askStore(name: Part['name'], ask: () => Promise<unknown>): Promise<Part> {
  const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), askWithinMs).unref());
  const isReady = await Promise.race([
    ask().then(
      () => true,
      () => false,
    ),
    late,
  ]);
  return { name, state: isReady ? 'ready' : 'unreachable', missing: [] };
}

/** `/readyz` names what is missing; a part that does not answer is unreachable. */
async function askPart(name: Part['name'], url: string): Promise<Part> {
  try {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(askWithinMs) });
    const body: unknown = await answer.json();
    return { name, state: answer.ok ? 'ready' : 'not-ready', missing: answer.ok ? [] : missingIn(body) };
  } catch {
    return { name, state: 'unreachable', missing: [] };
  }
}

function missingIn(body: unknown): string[] {
  if (typeof body !== 'object' || body === null || !('missing' in body) || !Array.isArray(body.missing)) return [];
  return body.missing.filter((each): each is string => typeof each === 'string');
}

function describeBacklog(backlog: TenantBacklog, nowMs: number): TenantHealth {
  const { oldestAcceptedAt } = backlog;
  const ageMs = oldestAcceptedAt === null ? null : Math.max(0, nowMs - oldestAcceptedAt.getTime());
  return {
    id: backlog.id,
    slug: backlog.slug,
    waitingSegments: backlog.waitingSegments,
    waitingBytes: backlog.waitingBytes,
    oldestWaitingSeconds: ageMs === null ? null : Math.round(ageMs / 1000),
    verification: outcomes.find((outcome) => outcome === backlog.verification) ?? null,
    verifiedAt: backlog.verifiedAt?.toISOString() ?? null,
  };
}
