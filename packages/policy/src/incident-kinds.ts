/** What the product notices by itself (PCI DSS 10.7.2). The name is what callers, channels and tables use. */
export const incidentKinds = [
  'integrity-mismatch',
  'source-silent',
  'clock-skew',
  'clock-stepped',
  'clock-unsynchronized',
  'card-data-found',
  'unparsed',
  'lines-lost',
  'unknown-sender',
  'inbox-failing',
  'segment-damaged',
  'pipeline-late',
  'index-unavailable',
  'archive-unavailable',
  'copy-late',
  'disk-filling',
  'duty-late',
  'duty-failed',
  'review-missed',
  'notification-failed',
  'rule-disabled',
  'rule-alert',
] as const;

export type IncidentKind = (typeof incidentKinds)[number];

export function isIncidentKind(name: string): name is IncidentKind {
  return (incidentKinds as readonly string[]).includes(name);
}

/** What happened once and stays true: that nothing new is found does not undo it, so a person closes it. */
const closedByPeople: ReadonlySet<IncidentKind> = new Set<IncidentKind>([
  'integrity-mismatch',
  'clock-stepped',
  'card-data-found',
  'lines-lost',
  'segment-damaged',
  'review-missed',
  'rule-alert',
]);

/** Whether the end of the cause closes an incident of this kind. */
export function closesByItself(kind: IncidentKind): boolean {
  return !closedByPeople.has(kind);
}
