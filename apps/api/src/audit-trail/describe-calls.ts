import type { AuditEvent } from '@akashi/audit-trail';
import { auditTrailGroup } from '@akashi/policy';
import { isObject } from './is-object.ts';
import type { AuditedCall } from './route-audit.ts';

/** What a search, a chart or a list of values looked at: the query as typed, the range, the log groups asked for. */
export function describeSelection({ body, answer }: AuditedCall): Partial<AuditEvent> {
  const logGroups = texts(body['logGroups']);
  return {
    target: { kind: 'log-group', name: logGroups === undefined ? '*' : nameOfGroups(logGroups) },
    query: text(body['query']) ?? '',
    from: text(body['from']),
    to: text(body['to']),
    logGroups,
    count: countOf(answer),
    details: {
      timeField: text(body['timeField']),
      timeZone: text(body['timeZone']),
      sort: text(body['sort']),
      limit: number(body['limit']),
      continued: body['cursor'] === undefined ? undefined : true,
      fields: texts(body['fields']),
      prefix: text(body['prefix']),
      find: text(body['find']),
      includeOwnLogs: body['includeOwnLogs'] === true ? true : undefined,
      includeRestored: body['includeRestored'] === true ? true : undefined,
    },
  };
}

/** The same of a search of the archive. */
export function describeArchiveSearch(call: AuditedCall): Partial<AuditEvent> {
  const described = describeSelection(call);
  return { ...described, details: { ...described.details, archived: true } };
}

const longestTargetName = 512;

/** The list itself stands beside it, whole. */
function nameOfGroups(logGroups: readonly string[]): string {
  const joined = logGroups.join(', ');
  return joined.length <= longestTargetName ? joined : `${logGroups.length} log groups`;
}

export function describeEvent({ params, answer }: AuditedCall): Partial<AuditEvent> {
  const found = isObject(answer) ? (isObject(answer['event']) ? answer['event'] : answer) : {};
  return {
    target: { kind: 'event', id: text(found['id']) ?? params['id'] },
    details: { logGroup: text(found['logGroup']), logStream: text(found['logStream']) },
  };
}

/** Whose trail was looked at, and from when to when. */
export function describeTrail({ params, body, answer }: AuditedCall): Partial<AuditEvent> {
  const person = isObject(answer) && isObject(answer['person']) ? answer['person'] : {};
  return {
    target: { kind: 'person', id: text(person['id']) ?? params['person'], name: text(person['name']) },
    from: text(body['from']),
    to: text(body['to']),
    count: countOf(answer),
    ...(body['cursor'] === undefined ? {} : { details: { continued: true } }),
  };
}

export function describeList({ query, answer }: AuditedCall): Partial<AuditEvent> {
  return {
    count: countOf(answer),
    ...(query['cursor'] === undefined ? {} : { details: { continued: true } }),
  };
}

/** What of the trail itself was looked at. */
export function describeTrailLook({ query, answer }: AuditedCall): Partial<AuditEvent> {
  return {
    target: { kind: 'log-group', name: auditTrailGroup },
    from: text(query['from']),
    to: text(query['to']),
    count: countOf(answer),
    details: {
      action: text(query['action']),
      group: text(query['group']),
      actor: text(query['actor']),
      outcome: text(query['outcome']),
      target: text(query['target']),
    },
  };
}

/** Which lines a format was tried on, and how many of them it read. */
export function describeTrial({ body, answer }: AuditedCall): Partial<AuditEvent> {
  const found = isObject(answer) ? answer : {};
  const logGroup = text(body['logGroup']);
  return {
    target: { kind: 'log-group', name: logGroup },
    from: text(body['from']),
    to: text(body['to']),
    logGroups: logGroup === undefined ? undefined : [logGroup],
    count: number(found['tried']),
    details: { read: number(found['read']) },
  };
}

/** Of which log groups unparsed lines were looked at. */
export function describeUnparsed({ body, answer }: AuditedCall): Partial<AuditEvent> {
  const logGroup = text(body['logGroup']);
  return {
    target: { kind: 'log-group', name: logGroup ?? '*' },
    from: text(body['from']),
    to: text(body['to']),
    logGroups: logGroup === undefined ? undefined : [logGroup],
    count: isObject(answer) ? number(answer['read']) : undefined,
  };
}

/** Which run of which report was looked at; of a file, which one was taken. */
export function describeRun({ params, query, answer }: AuditedCall): Partial<AuditEvent> {
  const found = isObject(answer) ? answer : {};
  return {
    target: { kind: 'report-run', id: params['id'], name: text(found['report']) },
    from: text(found['from']),
    to: text(found['to']),
    count: number(found['rows']),
    details: { format: text(query['format']), language: text(query['language']) },
  };
}

/** Which restored set was looked at. */
export function describeRestore({ params, answer }: AuditedCall): Partial<AuditEvent> {
  const found = isObject(answer) ? answer : {};
  return {
    target: { kind: 'restore', id: params['id'] },
    from: text(found['from']),
    to: text(found['to']),
    details: { state: text(found['state']) },
  };
}

/** Which rows of a run were read. */
export function describeRunRows({ params, query, answer }: AuditedCall): Partial<AuditEvent> {
  return {
    target: { kind: 'report-run', id: params['id'] },
    count: countOf(answer),
    details: {
      flagged: text(query['flagged']),
      flag: text(query['flag']),
      continued: query['cursor'] === undefined ? undefined : true,
    },
  };
}

/** Which day of which sources was looked at. */
export function describeCoverage({ query, answer }: AuditedCall): Partial<AuditEvent> {
  const found = isObject(answer) ? answer : {};
  return {
    target: { kind: 'log-group', name: '*' },
    from: text(found['from']),
    to: text(found['to']),
    count: countOf(answer),
    details: { day: text(query['day']) },
  };
}

/** For routes about one thing: its kind, with its id from the path. */
export function describeTarget(kind: string): (call: AuditedCall) => Partial<AuditEvent> {
  return ({ params, answer }) => ({
    target: { kind, id: params['id'], ...(isObject(answer) ? { name: text(answer['name']) } : {}) },
  });
}

function countOf(answer: unknown): number | undefined {
  if (!isObject(answer)) return undefined;
  const { total, items, buckets, facets, fields } = answer;
  if (isObject(total) && typeof total['value'] === 'number') return total['value'];
  if (Array.isArray(buckets))
    return buckets.reduce(
      (sum: number, bucket: unknown) => sum + (isObject(bucket) ? (number(bucket['total']) ?? 0) : 0),
      0,
    );
  return [items, facets, fields].find((list) => Array.isArray(list))?.length;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function texts(value: unknown): string[] | undefined {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : undefined;
}
