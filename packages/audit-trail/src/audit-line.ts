import { auditActions } from './audit-actions.ts';
import { categoryByGroup } from './audit-action.ts';
import type { AuditActor, AuditDetail, AuditEvent, AuditOrigin, AuditTarget } from './audit-event.ts';
import { auditSentence } from './audit-sentence.ts';
import {
  AuditRecordTooLargeError,
  boundedText,
  longestLineBytes,
  textLimit,
  wholeText,
  type TellText,
} from './kept-text.ts';
import { describeChange } from './describe-change.ts';
import { sourceOf } from './line-source.ts';

/** `BatchOrigin.format` of the trail's lines, and so the name of their format. */
export const auditFormat = 'akashi-audit';

/** One act with everything around it. */
export interface AuditEntry {
  /** Unique; the same entry sent twice is one. */
  readonly id: string;
  readonly at: Date;
  /** The product's part that records it: `api`, `worker`, `ingest`, `platform`. */
  readonly service: string;
  readonly actor: AuditActor;
  readonly origin: AuditOrigin;
  readonly event: AuditEvent;
}

/** How much of a failed attempt is told. */
const toldOfFailure: { details?: number; logGroups?: number; changes?: number } = {
  details: 40,
  logGroups: 200,
  changes: 50,
};
const encoder = new TextEncoder();
const detailName = /^[a-z][A-Za-z0-9_.]{0,63}$/;

/**
 * The entry as one line of JSON with ECS names. The six parts of PCI DSS 10.2.2 are always there: user (`user.*`), type
 * (`event.action`, `event.category`), date and time (`@timestamp`), success or failure (`event.outcome`), origination
 * (`source.*`), and what was affected (`akashi.audit.target.*`). Card numbers are masked in every text, before anything
 * is cut. What succeeded is told whole, or an `AuditRecordTooLargeError` is thrown; a failure is told in bounded texts.
 */
export function formatAuditLine(entry: AuditEntry): string {
  // A success is told in one way only; a failure in shorter texts when the first telling is too long.
  const tellings = entry.event.outcome === 'failure' ? [1, 1 / 8, 1 / 64].map(boundedTo) : [wholeText];
  for (const tell of tellings) {
    const line = JSON.stringify(lineOf(entry, tell));
    if (encoder.encode(line).length <= longestLineBytes) return line;
  }
  throw new AuditRecordTooLargeError();
}

function boundedTo(share: number): TellText {
  return (text, limit) => boundedText(text, Math.ceil(limit * share));
}

function lineOf(entry: AuditEntry, tell: TellText): Record<string, unknown> {
  const { event, actor, origin } = entry;
  const { group, type } = auditActions[event.action];
  return {
    '@timestamp': entry.at.toISOString(),
    message: auditSentence(actor, origin, event),
    event: {
      id: entry.id,
      action: event.action,
      category: categoryByGroup[group],
      type,
      outcome: event.outcome,
      ...(event.reason === undefined ? {} : { reason: boundedText(event.reason, textLimit.name) }),
    },
    user: {
      id: boundedText(actor.id ?? 'unknown', textLimit.name),
      name: boundedText(actor.name === '' ? 'unknown' : actor.name, textLimit.name),
      ...(actor.email === undefined ? {} : { email: boundedText(actor.email, textLimit.name) }),
      ...(actor.role === undefined ? {} : { roles: boundedText(actor.role, textLimit.name) }),
    },
    source: sourceOf(origin.address),
    ...(origin.userAgent === undefined
      ? {}
      : { user_agent: { original: boundedText(origin.userAgent, textLimit.userAgent) } }),
    ...(origin.requestId === undefined
      ? {}
      : { http: { request: { id: boundedText(origin.requestId, textLimit.address) } } }),
    service: { name: `akashi-${entry.service}` },
    akashi: { audit: auditPart(entry, group, tell) },
  };
}

function auditPart({ event, actor }: AuditEntry, group: string, tell: TellText): Record<string, unknown> {
  const most = event.outcome === 'failure' ? toldOfFailure : {};
  const changes = describeChange(event.before, event.after, tell).slice(0, most.changes);
  return {
    group,
    actor: actor.kind,
    target: target(event.target ?? { kind: resourceOf(event.action) }, tell),
    ...(event.query === undefined ? {} : { query: tell(event.query, textLimit.query) }),
    ...(event.from === undefined ? {} : { from: boundedText(event.from, textLimit.address) }),
    ...(event.to === undefined ? {} : { to: boundedText(event.to, textLimit.address) }),
    ...(event.logGroups === undefined
      ? {}
      : { log_groups: tell(event.logGroups.slice(0, most.logGroups).join(', '), textLimit.query) }),
    ...(event.count === undefined ? {} : { count: event.count }),
    ...(changes.length === 0
      ? {}
      : { changed: changes.map(({ field }) => field).join(', '), changes: JSON.stringify(changes) }),
    ...(event.details === undefined
      ? {}
      : { details: details(Object.entries(event.details).slice(0, most.details), tell) }),
  };
}

/** What an act without one target was about: `member` for `member.list`. */
function resourceOf(action: string): string {
  return action.slice(0, action.indexOf('.'));
}

function target({ kind, id, name }: AuditTarget, tell: TellText): Record<string, string> {
  return {
    kind: boundedText(kind, textLimit.name),
    ...(id === undefined ? {} : { id: tell(id, textLimit.name) }),
    ...(name === undefined ? {} : { name: tell(name, textLimit.name) }),
  };
}

function details(
  given: readonly (readonly [string, AuditDetail])[],
  tell: TellText,
): Record<string, string | number | boolean> {
  const kept: Record<string, string | number | boolean> = {};
  for (const [name, value] of given) {
    if (value === undefined || value === null || !detailName.test(name)) continue;
    if (typeof value === 'number' || typeof value === 'boolean') kept[name] = value;
    else kept[name] = tell(typeof value === 'string' ? value : value.join(', '), textLimit.detail);
  }
  return kept;
}
