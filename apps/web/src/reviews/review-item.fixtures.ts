import type { ReportRow, ReviewItem } from '../api-client/log-reviews.ts';

/** An item whose checks are clear, with what a test changes. */
export function reviewItem(id: string, change: Partial<ReviewItem> = {}): ReviewItem {
  return {
    id,
    report: { id: 'password-changes', number: 4, title: { ja: 'パスワード', en: 'Passwords' }, version: 1 },
    area: { id: 'area', name: 'Everything', category: 'security-events' },
    period: { from: '2026-11-19T15:00:00Z', to: '2026-11-20T15:00:00Z' },
    run: { id: `run-${id}`, state: 'done', progress: 1 },
    summary: { rows: 4, flagged: 0, byFlag: {}, people: [], hosts: [], groups: [], plot: [] },
    usual: { low: 2, middle: 4, high: 9, days: 6 },
    newShapes: [],
    flagged: [],
    alerts: [],
    incidents: [],
    verdict: { result: 'clear', version: 1, reasons: [{ code: 'as-usual', params: {} }] },
    state: 'open',
    decidedBy: null,
    decidedAt: null,
    isBulk: false,
    comment: null,
    finding: null,
    lookedSeconds: 0,
    mayDecide: true,
    addenda: [],
    ...change,
  };
}

export function needsLook(id: string, code: ReviewItem['verdict']['reasons'][number]['code'], change = {}): ReviewItem {
  return reviewItem(id, {
    verdict: { result: 'needs-look', version: 1, reasons: [{ code, params: {} }] },
    ...change,
  });
}

export function reportRow(eventId: string | null, change: Partial<ReportRow> = {}): ReportRow {
  return {
    eventId,
    time: '2026-11-20T06:01:11.000Z',
    receivedAt: '2026-11-20T06:01:12.000Z',
    person: { id: 'p1', name: '山田 太郎', certainty: 'certain' },
    user: 'yamada',
    authority: 'root',
    action: 'su',
    outcome: 'success',
    origin: '10.1.2.30',
    object: null,
    target: null,
    host: 'db01',
    logGroup: 'os/secure',
    logStream: 'db01',
    classes: [],
    command: null,
    before: null,
    after: null,
    count: null,
    approval: 'outside',
    flags: [{ kind: 'outside-approval' }],
    until: null,
    recordSha256: null,
    record: null,
    ...change,
  };
}
