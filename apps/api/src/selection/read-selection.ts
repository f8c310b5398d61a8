import type { SelectionRequest } from '@akashi/contracts';
import { timeZoneName } from '@akashi/log-event';
import { isOwnLogGroup, ownLogGroupPrefix, type AccessScope } from '@akashi/policy';
import {
  explainQueryError,
  explainQueryWarning,
  parseQuery,
  type ParsedQuery,
  type QueryTree,
  type QueryWarning,
} from '@akashi/query';
import { AppError } from '@akashi/server-kit';
import type { RequestContext } from '../request-context/request-context.ts';

/** A selection as the search adapter takes it, with the caller's scope inside. */
export interface ReadSelection {
  tree: QueryTree;
  scope: AccessScope;
  from: number;
  to: number;
  timeField: '@timestamp' | 'received_at';
  logGroups?: readonly string[];
  /** The product's own log groups are not asked for. */
  withoutOwnLogs: boolean;
  timeZone: string;
  warnings: readonly QueryWarning[];
}

/** Reads the query and the range; whatever cannot be read is a 400 with its place, in the caller's language. */
export function readSelection(context: RequestContext, request: SelectionRequest): ReadSelection {
  const timeZone = timeZoneName(request.timeZone ?? context.timeZone);
  if (timeZone === undefined) throw new AppError('request-invalid', { detail: 'timeZone: is no IANA time zone' });
  const parsed = readQuery({ ...context, timeZone }, request.query);
  const from = Date.parse(request.from);
  const to = ceilToMs(request.to);
  if (from >= to) throw new AppError('time-range-invalid', { detail: 'from: must be before to' });
  return {
    tree: parsed.tree,
    scope: context.scope,
    from,
    to,
    timeField: request.timeField === '@timestamp' ? '@timestamp' : 'received_at',
    ...(request.logGroups === undefined ? {} : { logGroups: request.logGroups }),
    withoutOwnLogs: !asksForOwnLogs(request, parsed.tree),
    timeZone,
    warnings: parsed.warnings,
  };
}

/**
 * Whether the product's own log groups belong to what is asked for: by the switch or by name. As with grants, a pattern
 * reaches them only when it begins as they do. Who may read nothing else finds nothing without asking for them: the first
 * page of a new administrator says what is missing rather than what they themselves have just done.
 */
function asksForOwnLogs(request: SelectionRequest, tree: QueryTree): boolean {
  if (request.includeOwnLogs === true) return true;
  if (request.logGroups !== undefined) return request.logGroups.some(isOwnLogGroup);
  return namesOwnLogs(tree);
}

const ownFieldPrefix = 'akashi.audit.';

function namesOwnLogs(tree: QueryTree): boolean {
  switch (tree.kind) {
    case 'and':
    case 'or':
      return tree.parts.some(namesOwnLogs);
    case 'all':
    case 'not':
      return false;
    case 'equals':
      return isOwnField(tree.field) || (tree.field === 'log.group' && isOwnLogGroup(String(tree.value)));
    case 'pattern':
      return (
        isOwnField(tree.field) ||
        (tree.field === 'log.group' && tree.pattern.startsWith(ownLogGroupPrefix.slice(0, -1)))
      );
    case 'words':
    case 'word-pattern':
    case 'exists':
    case 'range':
      return isOwnField(tree.field);
  }
}

/** Fields that only the audit trail has. */
function isOwnField(field: string): boolean {
  return field.startsWith(ownFieldPrefix) || field.startsWith(`labels.${ownFieldPrefix}`);
}

/** The query; one that cannot be read is refused with its place, in the caller's language. */
export function readQuery(
  context: Pick<RequestContext, 'timeZone' | 'language'>,
  text: string,
): Extract<ParsedQuery, { ok: true }> {
  const parsed = parseQuery(text, { timeZone: context.timeZone });
  if (parsed.ok) return parsed;
  throw new AppError('query-unreadable', {
    detail: explainQueryError(parsed, context.language),
    reason: parsed.code,
    position: parsed.position,
    length: parsed.length,
    params: parsed.params,
    suggestion: parsed.suggestion,
  });
}

export function explainWarning(warning: QueryWarning, language: 'ja' | 'en') {
  return { ...warning, params: { ...warning.params }, message: explainQueryWarning(warning, language) };
}

/** Date.parse cuts microseconds off; an end must not lose the events in them. */
function ceilToMs(moment: string): number {
  const finer = /\.\d{3}(\d+)/.exec(moment)?.[1];
  return Date.parse(moment) + (finer !== undefined && Number(finer) > 0 ? 1 : 0);
}
