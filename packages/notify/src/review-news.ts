/** A report's title in both languages. */
export interface Titles {
  readonly ja: string;
  readonly en: string;
}

/** What people are told of reports and daily log reviews. Days are the organisation's, `yyyy-mm-dd`. */
export type ReviewNews =
  /** The report that the person asked for is made. */
  | { readonly kind: 'report-ready'; readonly run: string; readonly title: Titles }
  | { readonly kind: 'report-failed'; readonly run: string; readonly title: Titles }
  /** To those who review; `open` items are not decided yet. */
  | {
      readonly kind: 'begun' | 'hour-before' | 'overdue';
      readonly day: string;
      readonly dueAt: Date;
      readonly open: number;
      readonly items: number;
    }
  /** To those who approve: the day's review is still not submitted. */
  | { readonly kind: 'escalated'; readonly day: string; readonly dueAt: Date }
  /** To those who approve: it waits for them. */
  | { readonly kind: 'submitted'; readonly day: string; readonly by: string }
  /** To the reviewer; the comment stands on the page alone. */
  | { readonly kind: 'returned' | 'approved'; readonly day: string; readonly by: string }
  /** To whoever is to review instead of somebody; the reason stands on the page alone. */
  | { readonly kind: 'delegated'; readonly day: string; readonly by: string }
  /** To those who review and approve: the day on which it was due is over. */
  | { readonly kind: 'missed'; readonly day: string }
  /** To those who keep areas: the analysis that sets how often one is reviewed is to be looked at again (PCI DSS 12.3.1). */
  | { readonly kind: 'risk-analysis'; readonly area: string; readonly dueOn: string };

/** What must be done soonest comes first; of the same kind the oldest day. */
const urgency: readonly ReviewNews['kind'][] = [
  'missed',
  'escalated',
  'overdue',
  'hour-before',
  'returned',
  'delegated',
  'submitted',
  'begun',
  'approved',
  'risk-analysis',
  'report-failed',
  'report-ready',
];

export function byUrgency(news: readonly ReviewNews[]): ReviewNews[] {
  return news.toSorted(
    (one, other) =>
      urgency.indexOf(one.kind) - urgency.indexOf(other.kind) || placeOf(one).localeCompare(placeOf(other)),
  );
}

function placeOf(news: ReviewNews): string {
  if ('area' in news) return news.area;
  return 'day' in news ? news.day : news.run;
}

/** The page that it is about. It opens nothing: whoever follows it signs in. */
export function reviewNewsLink(webUrl: string, news: ReviewNews): string {
  if ('area' in news) return `${webUrl}/settings?tab=areas`;
  return 'run' in news ? `${webUrl}/reports/runs/${news.run}` : `${webUrl}/reviews/${news.day}`;
}
