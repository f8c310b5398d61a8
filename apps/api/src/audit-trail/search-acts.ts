import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { SelectionRequest } from '@akashi/contracts';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { isObject } from './is-object.ts';
import type { RequestContext } from '../request-context/request-context.ts';

/** How a call of a search comes on record: as an act of its own, as a part of one that is on record, or within a follow. */
export type SearchManner = { kind: 'own' } | { kind: 'part' } | { kind: 'follow'; id: string };

/** A body as it came, before its defaults. */
type SentBody = Readonly<Record<string, unknown>>;

interface Act {
  id: string;
  /** Everything that decides what was looked at, but for the range. */
  selection: string;
  from: string;
  to: string;
  issuedAtMs: number;
}

/** Somebody reads on, or opens the chart, within this time; later it is another look. */
const partWithinMs = 15 * 60_000;
/** A follow that asks nothing for this long has ended. */
export const followEndsAfterMs = 60_000;

/**
 * What binds the calls of one search together. The answer to a search carries its act, sealed under the organisation's
 * secret key for this caller: what the caller saw is on record before the act is in their hands. A chart, counts of values
 * or a further page that bring it are parts of that act only if they ask the very same question in the same range with the
 * same rights. Nothing that a client can send makes another question a part of it.
 */
@Injectable()
export class SearchActs {
  readonly #keyring: ApiParts['keyring'];
  readonly #clock: ApiParts['clock'];

  constructor(@Inject(apiParts) parts: Pick<ApiParts, 'keyring' | 'clock'>) {
    this.#keyring = parts.keyring;
    this.#clock = parts.clock;
  }

  /** The act of the search that is being answered; that of the search that it continues when it is a part of one. */
  issue(context: RequestContext, body: SelectionRequest): string {
    const now = this.#clock.nowMs();
    const manner = this.mannerOf(context, { ...body });
    const continued = manner.kind === 'own' ? null : this.#open(context, body.act);
    if (manner.kind === 'part' && body.act !== undefined) return body.act;
    const act: Act = {
      id: continued?.id ?? randomBytes(12).toString('base64url'),
      selection: selectionOf(context, { ...body }),
      from: body.from,
      to: body.to,
      issuedAtMs: now,
    };
    const { secrets } = this.#keyring.forTenant(context.tenantId);
    return secrets.seal(placeOf(context), JSON.stringify(act)).toString('base64url');
  }

  /** Of a further page, a chart, counts: whether they are parts of the act that they bring. */
  mannerOf(context: RequestContext, body: SentBody): SearchManner {
    const act = this.#open(context, body['act']);
    if (act === null || act.selection !== selectionOf(context, body)) return { kind: 'own' };
    const age = this.#clock.nowMs() - act.issuedAtMs;
    if (body['follow'] === true) {
      // It only moves on: what is further back than the act began was not looked at.
      const movesOn = isNotBefore(body['from'], act.from) && isNotBefore(body['to'], act.to);
      return movesOn && age <= followEndsAfterMs ? { kind: 'follow', id: act.id } : { kind: 'own' };
    }
    const isSame = body['from'] === act.from && body['to'] === act.to;
    return isSame && age <= partWithinMs ? { kind: 'part' } : { kind: 'own' };
  }

  #open(context: RequestContext, sealed: unknown): Act | null {
    if (typeof sealed !== 'string' || sealed === '') return null;
    try {
      const { secrets } = this.#keyring.forTenant(context.tenantId);
      const opened: unknown = JSON.parse(secrets.open(placeOf(context), Buffer.from(sealed, 'base64url')));
      return isObject(opened) ? (opened as unknown as Act) : null;
    } catch {
      // Another caller's, another organisation's, or no act at all.
      return null;
    }
  }
}

function placeOf({ actor }: RequestContext) {
  return { purpose: 'search-act', id: `${actor.kind}/${actor.id}` };
}

function selectionOf(context: RequestContext, body: SentBody): string {
  const { query = '', timeField = '@timestamp', logGroups, timeZone = context.timeZone } = body;
  const { includeOwnLogs, includeRestored } = body;
  const time = timeField === '@timestamp' ? timeField : 'received_at';
  const reach = [includeOwnLogs === true, includeRestored === true];
  const question = [query, time, logGroups ?? null, timeZone, ...reach, context.scope, context.address];
  return createHash('sha256').update(JSON.stringify(question)).digest('base64url');
}

function isNotBefore(moment: unknown, other: string): boolean {
  return typeof moment === 'string' && Date.parse(moment) >= Date.parse(other);
}
