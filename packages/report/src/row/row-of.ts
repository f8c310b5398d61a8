import type { FlatDocument } from '@akashi/query';
import { firstLine } from './first-line.ts';
import type { ReportEvent } from './report-event.ts';
import type { FollowingAct, ReportRow, RowFlag } from './report-row.ts';

/** Fields that can say a column, the most telling first. */
const sources = {
  user: ['user.name', 'user.id', 'user.email'],
  authority: ['user.effective.name', 'user.roles', 'winlog.privileges', 'akashi.audit.actor'],
  origin: ['source.ip', 'source.address', 'entry.door', 'source.mac', 'process.tty.name'],
  object: [
    'file.path',
    'database.object',
    'registry.path',
    'akashi.audit.target.name',
    'akashi.audit.log_groups',
    'cloud.resource',
    'winlog.object_name',
    'rule.name',
    'package.name',
    'url.path',
    'service.name',
    'winlog.share',
    'database.name',
    'destination.ip',
    'akashi.audit.target.kind',
  ],
  action: ['event.action', 'event.type'],
  target: ['user.target.name', 'user.target.id', 'group.name', 'group.id'],
  host: ['host.name', 'host.ip'],
  command: ['process.command_line', 'database.statement', 'akashi.audit.query'],
  before: ['labels.OldValue', 'labels.old_value', 'labels.OldSd', 'labels.before', 'labels.old'],
  after: [
    'registry.value',
    'labels.NewValue',
    'labels.new_value',
    'labels.NewSd',
    'labels.AuditPolicyChanges',
    'labels.after',
    'labels.new',
  ],
  count: ['akashi.audit.count', 'labels.rows', 'labels.row_count', 'labels.rows_sent', 'labels.rows_examined'],
} as const;

/**
 * Fields by which events belong together, the first that an event has. A terminal is told as an origin, but those of all hosts have
 * the same names.
 */
export const columnSources = {
  user: sources.user,
  origin: sources.origin.filter((name) => name !== 'process.tty.name'),
  object: sources.object,
  host: [...sources.host, 'log.stream'],
} as const;

const outcomes = ['success', 'failure', 'unknown'] as const;
/** More of a text is in the event; a row is one line. In UTF-16 units. */
const longestText = 2_000;

/** An event as a row of a report, without flags. */
export function rowOf(
  event: ReportEvent,
  more: { readonly flags: readonly RowFlag[]; readonly followedBy?: readonly FollowingAct[] | undefined },
): ReportRow {
  const { document } = event;
  const say = (name: keyof typeof sources): string | null => firstText(document, sources[name]);
  const changes = ownChanges(document);
  const outcome = outcomes.find((each) => each === document['event.outcome']) ?? null;
  return {
    eventId: event.id,
    time: new Date(event.timeMs).toISOString(),
    receivedAt: new Date(event.receivedMs).toISOString(),
    person: event.person,
    user: say('user'),
    authority: authorityOf(event),
    action: firstText(document, sources.action),
    outcome,
    origin: say('origin'),
    object: say('object'),
    target: say('target'),
    host: say('host') ?? event.logStream,
    logGroup: event.logGroup,
    logStream: event.logStream,
    classes: listOf(document['pci.class']),
    command: say('command'),
    before: changes?.before ?? say('before'),
    after: changes?.after ?? say('after'),
    count: recordsOf(event),
    approval: event.approval,
    ...(event.approvals === undefined || event.approvals.length === 0 ? {} : { approvals: event.approvals }),
    until: event.untilMs === null ? null : new Date(event.untilMs).toISOString(),
    flags: more.flags,
    ...(more.followedBy === undefined || more.followedBy.length === 0 ? {} : { followedBy: more.followedBy }),
    recordSha256: event.recordSha256,
    record: event.record,
  };
}

/** The values by which events of one account, origin or object belong together. */
export function keyPart(event: ReportEvent, column: 'person' | 'user' | 'origin' | 'object' | 'host'): string | null {
  if (column === 'person') return event.person?.id ?? null;
  return firstText(event.document, columnSources[column]) ?? (column === 'host' ? event.logStream : null);
}

/** As whom somebody acted; null where that is the account itself. */
export function authorityOf({ document }: ReportEvent): string | null {
  const authority = firstText(document, sources.authority);
  return authority === firstText(document, sources.user) ? null : authority;
}

/** How many records one access touched, where the line says so. */
export function recordsOf({ document }: ReportEvent): number | null {
  const number = Number(firstText(document, sources.count) ?? Number.NaN);
  return Number.isSafeInteger(number) && number >= 0 ? number : null;
}

/** What was done, in one line: the command, or else the object. */
export function actOf({ document }: ReportEvent): { readonly action: string; readonly command: string } {
  const command = firstText(document, sources.command) ?? firstText(document, sources.object);
  return { action: firstText(document, sources.action) ?? '', command: firstLine(command ?? '') };
}

function firstText(document: FlatDocument, names: readonly string[]): string | null {
  for (const name of names) {
    const text = textOf(valueOf(document, name));
    if (text !== '') return text;
  }
  return null;
}

function valueOf(document: FlatDocument, name: string): unknown {
  if (!name.startsWith('labels.')) return document[name];
  const { labels } = document;
  return typeof labels === 'object' && labels !== null
    ? (labels as Record<string, unknown>)[name.slice('labels.'.length)]
    : undefined;
}

function textOf(value: unknown): string {
  const text = Array.isArray(value) ? value.map(wordOf).join(', ') : wordOf(value);
  return text.length <= longestText ? text : `${text.slice(0, longestText - 1).toWellFormed()}…`;
}

function wordOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

export function listOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'string' ? [value] : [];
}

/** The product's own trail says what a change changed as a list. */
function ownChanges(document: FlatDocument): { before: string; after: string } | undefined {
  const text = document['akashi.audit.changes'];
  if (typeof text !== 'string') return undefined;
  try {
    const changes = JSON.parse(text) as { field: string; before?: unknown; after?: unknown }[];
    const side = (name: 'before' | 'after'): string =>
      textOf(changes.map((change) => `${change.field}: ${JSON.stringify(change[name] ?? null)}`).join('; '));
    return { before: side('before'), after: side('after') };
  } catch {
    return undefined;
  }
}
