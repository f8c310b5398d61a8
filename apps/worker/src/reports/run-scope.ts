import type { ReportRun } from '@akashi/database';
import { auditTrailGroup, createAccessScope, matchesLogGroup, type AccessScope, type ScopePart } from '@akashi/policy';
import { selectionOfReport, type ReportDefinition } from '@akashi/report';
import type { FlatDocument, QueryTree } from '@akashi/query';

/** What the agent writes into a stream of which it may have missed a part. */
const agentGap: QueryTree = { kind: 'words', field: 'message', text: 'akashi-agent possible gap' };

/** The looks at logs in the organisation's own trail, and nothing else of it. */
const ownLooks: ScopePart = {
  logGroups: [auditTrailGroup],
  logStreams: [],
  sources: [],
  rowFilter: { kind: 'equals', field: 'pci.class', value: 'log-access' },
  hiddenFields: [],
};

/** The events that a run may read: those that were frozen with it, and looks where it lists looks at logs. */
export function scopeOfRun({ basis, definition }: Pick<ReportRun, 'basis' | 'definition'>): AccessScope {
  return createAccessScope(listsLooks(definition) ? [...basis.scope, ownLooks] : basis.scope);
}

/** The events that a run asks the index for. Where it lists what became of logs, gaps that the agent measured are among it. */
export function treeOfRun({ basis, definition }: Pick<ReportRun, 'basis' | 'definition'>): QueryTree {
  const { tags, timeZone } = basis;
  const tree = selectionOfReport(definition, { tags, timeZone });
  return listsLogControl(definition) ? { kind: 'or', parts: [tree, agentGap] } : tree;
}

export function listsLogControl({ classes }: Pick<ReportDefinition, 'classes'>): boolean {
  return classes.includes('log-control');
}

function listsLooks({ classes }: Pick<ReportDefinition, 'classes'>): boolean {
  return classes.includes('log-access');
}

/**
 * Whether a look in the own trail was at the area: at one of its log groups, or at whatever its asker may see. What names
 * other log groups alone is another area's.
 */
export function isLookAtArea(document: FlatDocument, { area }: Pick<ReportRun, 'area'>): boolean {
  if (document['log.group'] !== auditTrailGroup || area === null) return true;
  const named = [document['akashi.audit.log_groups'], nameOfGroup(document)]
    .flatMap((text) => (typeof text === 'string' ? text.split(', ') : []))
    .filter((name) => name !== '');
  if (named.length === 0) return true;
  return named.some((name) => area.logGroups.some((pattern) => matchesLogGroup(pattern, name)));
}

function nameOfGroup(document: FlatDocument): unknown {
  return document['akashi.audit.target.kind'] === 'log-group' ? document['akashi.audit.target.name'] : undefined;
}
