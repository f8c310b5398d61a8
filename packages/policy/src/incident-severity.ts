import type { IncidentKind } from './incident-kinds.ts';

/** From the least to the most severe. */
export const severities = ['low', 'medium', 'high', 'critical'] as const;

export type Severity = (typeof severities)[number];

/**
 * How severe an incident of a kind is. Critical is what may have cost evidence or card data, or stops logs from coming in; high is
 * what leaves a duty of PCI DSS undone while it lasts.
 */
const ofKind: Readonly<Record<Exclude<IncidentKind, 'rule-alert'>, Severity>> = {
  'integrity-mismatch': 'critical',
  'source-silent': 'high',
  'clock-skew': 'medium',
  'clock-stepped': 'high',
  'clock-unsynchronized': 'high',
  'card-data-found': 'critical',
  unparsed: 'medium',
  'lines-lost': 'high',
  'unknown-sender': 'medium',
  'inbox-failing': 'critical',
  'segment-damaged': 'critical',
  'pipeline-late': 'high',
  'index-unavailable': 'high',
  'archive-unavailable': 'critical',
  'copy-late': 'medium',
  'disk-filling': 'high',
  'duty-late': 'medium',
  'duty-failed': 'high',
  'review-missed': 'high',
  'notification-failed': 'high',
  'rule-disabled': 'medium',
};

/** What a rule's alert is taken for whose severity is not told. */
const untold: Severity = 'high';

/** The severity of an incident: that of its rule where a rule opened it, else that of its kind. */
export function severityOf(kind: IncidentKind, details: Readonly<Record<string, unknown>>): Severity {
  if (kind !== 'rule-alert') return ofKind[kind];
  return severities.find((severity) => severity === details['severity']) ?? untold;
}

/** 0 for the least severe. */
export function severityRank(severity: Severity): number {
  return severities.indexOf(severity);
}

const words: Readonly<Record<Severity, Readonly<Record<'ja' | 'en', string>>>> = {
  low: { ja: '低', en: 'Low' },
  medium: { ja: '中', en: 'Medium' },
  high: { ja: '高', en: 'High' },
  critical: { ja: '緊急', en: 'Critical' },
};

export function severityWord(severity: Severity, language: 'ja' | 'en'): string {
  return words[severity][language];
}
