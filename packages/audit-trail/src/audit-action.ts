/** What kind of act it is: the word people filter by. */
export const auditGroups = [
  'sign-in',
  'credentials',
  'reading',
  'reviews',
  'people',
  'access',
  'keys',
  'sources',
  'settings',
  'support',
  'integrity',
  'platform',
  'system',
] as const;

export type AuditGroup = (typeof auditGroups)[number];

/** `event.category` of the Elastic Common Schema for each group. */
export const categoryByGroup: Readonly<Record<AuditGroup, string>> = {
  'sign-in': 'authentication',
  credentials: 'iam',
  reading: 'database',
  reviews: 'database',
  people: 'iam',
  access: 'iam',
  keys: 'iam',
  sources: 'configuration',
  settings: 'configuration',
  support: 'session',
  integrity: 'file',
  platform: 'configuration',
  system: 'process',
};

/** `event.type` of the Elastic Common Schema. */
export type AuditEventType =
  'access' | 'change' | 'creation' | 'deletion' | 'denied' | 'start' | 'end' | 'error' | 'info';

export interface AuditActionKind {
  readonly group: AuditGroup;
  readonly type: AuditEventType;
  readonly label: { readonly ja: string; readonly en: string };
}

type Row = readonly [type: AuditEventType, en: string, ja: string];

/** The actions of one group, each with its type, its English and its Japanese label. */
export function actionsOf<const Name extends string>(
  group: AuditGroup,
  rows: Readonly<Record<Name, Row>>,
): Record<Name, AuditActionKind> {
  const entries = Object.entries<Row>(rows).map(([name, [type, en, ja]]) => [name, { group, type, label: { ja, en } }]);
  return Object.fromEntries(entries) as Record<Name, AuditActionKind>;
}
