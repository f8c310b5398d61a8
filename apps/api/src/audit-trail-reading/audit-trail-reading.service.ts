import { Inject, Injectable } from '@nestjs/common';
import { auditActions, isAuditAction } from '@akashi/audit-trail';
import type { AuditTrailAnswer, AuditTrailEntry, AuditTrailQuery, EventAnswer, SearchRequest } from '@akashi/contracts';
import { auditTrailGroup } from '@akashi/policy';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { LogSearchService } from '../log-search/log-search.service.ts';
import { readToldAct } from './read-told-act.ts';
import type { RequestContext } from '../request-context/request-context.ts';

const usualDays = 7;
const dayMs = 86_400_000;

/** The trail as a list. Underneath it is the ordinary search of the log group `akashi/audit`, with the caller's scope. */
@Injectable()
export class AuditTrailReadingService {
  readonly #clock: ApiParts['clock'];
  readonly #search: Pick<LogSearchService, 'search'>;

  constructor(
    @Inject(apiParts) parts: Pick<ApiParts, 'clock'>,
    @Inject(LogSearchService) search: Pick<LogSearchService, 'search'>,
  ) {
    this.#clock = parts.clock;
    this.#search = search;
  }

  async list(context: RequestContext, wanted: AuditTrailQuery, signal: AbortSignal): Promise<AuditTrailAnswer> {
    const now = this.#clock.nowMs();
    const to = wanted.to ?? new Date(now + 60_000).toISOString();
    const from = wanted.from ?? new Date(Math.min(now, Date.parse(to)) - usualDays * dayMs).toISOString();
    const request: SearchRequest = {
      query: queryOf(wanted),
      from,
      to,
      timeField: 'receivedAt',
      logGroups: [auditTrailGroup],
      limit: wanted.limit,
      sort: 'desc',
      ...(wanted.cursor === undefined ? {} : { cursor: wanted.cursor }),
    };
    const { items, total, next } = await this.#search.search(context, request, signal);
    return { items: items.map(describeEntry), total, ...(next === undefined ? {} : { next }) };
  }
}

function queryOf({ action, group, actor, outcome, target }: AuditTrailQuery): string {
  const parts: string[] = [];
  if (action !== undefined) parts.push(`event.action:${quoted(action)}`);
  if (group !== undefined) parts.push(`akashi.audit.group:${quoted(group)}`);
  if (outcome !== undefined) parts.push(`event.outcome:${quoted(outcome)}`);
  if (actor !== undefined) parts.push(anyOf(['user.id', 'user.name', 'user.email'], actor));
  if (target !== undefined) parts.push(anyOf(['akashi.audit.target.id', 'akashi.audit.target.name'], target));
  return parts.join(' AND ');
}

function anyOf(fields: readonly string[], value: string): string {
  return `(${fields.map((field) => `${field}:${quoted(value)}`).join(' OR ')})`;
}

function quoted(value: string): string {
  return `"${value.replace(/["\\]/g, (character) => `\\${character}`)}"`;
}

function describeEntry(event: EventAnswer): AuditTrailEntry {
  const { fields } = event;
  const told = readToldAct(event);
  const text = (name: string): string | undefined => (typeof fields[name] === 'string' ? fields[name] : undefined);
  const given = <Key extends string>(key: Key, name: string) => {
    const value = text(name);
    return value === undefined ? {} : ({ [key]: value } as Record<Key, string>);
  };
  const action = text('event.action') ?? '';
  const count = fields['akashi.audit.count'];
  return {
    id: event.id,
    seal: event.seal,
    at: event['@timestamp'],
    receivedAt: event.receivedAt,
    action,
    label: isAuditAction(action) ? auditActions[action].label : { ja: action, en: action },
    group: text('akashi.audit.group') ?? '',
    outcome: text('event.outcome') ?? 'unknown',
    ...given('reason', 'event.reason'),
    message: event.message,
    actor: {
      kind: text('akashi.audit.actor') ?? '',
      id: text('user.id') ?? '',
      name: text('user.name') ?? '',
      ...given('email', 'user.email'),
      ...given('role', 'user.roles'),
    },
    address: text('source.ip') ?? text('source.address') ?? '',
    service: text('service.name') ?? '',
    target: {
      kind: text('akashi.audit.target.kind') ?? '',
      ...given('id', 'akashi.audit.target.id'),
      ...given('name', 'akashi.audit.target.name'),
    },
    ...given('from', 'akashi.audit.from'),
    ...given('to', 'akashi.audit.to'),
    ...(typeof count === 'number' ? { count } : {}),
    ...told,
  };
}
