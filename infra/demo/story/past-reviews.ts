import { hourMs, minuteMs } from './story-time.ts';

/** What became of a day's review, as the calendar of the story shows it. */
export type ReviewCourse = 'exception' | 'late' | 'missed' | 'approved' | 'submitted';

/** A day's review as it went. Moments are counted from the start of the day under review. */
export interface PastReview {
  /** Full days before the day on which the story is told. */
  readonly daysBefore: number;
  readonly course: ReviewCourse;
  /** Null: nobody did it. */
  readonly submittedAfterMs: number | null;
  /** Null: nobody has approved it yet. */
  readonly approvedAfterMs: number | null;
  readonly comment?: string;
  readonly lateReason?: string;
  readonly exception?: PastException;
}

/** The finding that one item of a day became, from its discovery to its end. */
export interface PastException {
  /** What is planted, and the report that shows it. */
  readonly planted: string;
  readonly report: string;
  readonly title: string;
  readonly who: string;
  readonly system: string;
  readonly reason: string;
  readonly escalation: string;
  readonly instructedAfterMs: number;
  readonly instruction: string;
  readonly answeredAfterMs: number;
  readonly cause: string;
  readonly action: string;
  readonly outcome: string;
  readonly closing: string;
}

/** Of the day after the day under review, by the shop's clock. */
const nextDay = (hour: number, minute: number): number => 24 * hourMs + hour * hourMs + minute * minuteMs;

/** The first day that the shop reviews; the days before have no review. */
export const firstReviewedBefore = 6;

/** Oldest first. The day before the one on which the story is told is left to whoever looks at the demonstration. */
export const pastReviews: readonly PastReview[] = [
  {
    daysBefore: 6,
    course: 'exception',
    submittedAfterMs: nextDay(11, 30),
    approvedAfterMs: nextDay(14, 10),
    comment: 'サーバーのカード会員データへのアクセスに例外1件。他は問題ありません。',
    exception: {
      planted: 'bulk-card-data',
      report: 'card-data-access',
      title: '会員のカード情報ファイルの大量読み出し',
      who: '加藤 美咲 (misaki.kato)',
      system: 'ap01 /srv/settlement',
      reason: '夜間に104件を続けて読み出している。通常は日中に day.csv を2回開くだけである。',
      escalation: '加藤さん本人の操作か、目的は何かの確認が必要です。ファイルの持ち出しの有無も調べてください。',
      instructedAfterMs: nextDay(10, 45),
      instruction: '本人と経理部長に確認し、コピー先の端末を特定すること。確認が終わるまで ap01 の共有を止めること。',
      answeredAfterMs: nextDay(11, 20),
      cause:
        '月次照合のため、経理部長の依頼で加藤さんが会員別ファイルを照合用フォルダーへコピーした。作業申請が出ていなかった。',
      action: 'コピー先は ap01 の中の照合用フォルダーだけであることを確認し、コピーを消去した。共有は確認の間止めた。',
      outcome: '外部への持ち出しはない。月次照合は作業申請の対象とした。',
      closing: '照合の手順書を改め、作業申請を必須とした。再発の確認は次の月次照合で行う。',
    },
  },
  {
    daysBefore: 5,
    course: 'late',
    submittedAfterMs: nextDay(15, 40),
    approvedAfterMs: nextDay(17, 5),
    comment: '例外はありません。',
    lateReason: '担当者が午前中、決済代行会社の立会いで席を外しており、代わりの担当者を決めていなかった。',
  },
  { daysBefore: 4, course: 'missed', submittedAfterMs: null, approvedAfterMs: null },
  {
    daysBefore: 3,
    course: 'approved',
    submittedAfterMs: nextDay(10, 30),
    approvedAfterMs: nextDay(14, 0),
    comment: '例外はありません。',
  },
  {
    daysBefore: 2,
    course: 'submitted',
    submittedAfterMs: nextDay(10, 40),
    approvedAfterMs: null,
    comment: '例外はありません。',
  },
];

/** What people state with their signature, as the pages word it. */
export const statements = {
  submit: (day: string): string => `${day} のログを確認し、結果は記載のとおりです。`,
  approve: (day: string): string => `${day} のログレビューの内容を確認し、承認します。`,
} as const;

/** What the reviewer says of an item that needed a look and is no finding, by report. */
const looks: Readonly<Record<string, string>> = {
  'password-changes': '依頼票のあるパスワード再設定であることを確認した。',
  'privilege-elevations': '作業承認の時間内であることを確認した。',
  'administrator-actions': '作業承認と操作の内容が一致することを確認した。',
  'policy-changes': '作業承認の番号と設定変更の内容を照合した。',
  'log-clearing': '記録された行を確認した。消去や停止はない。',
  'log-access': 'レビュー担当者と承認者による閲覧であることを確認した。',
  'failed-sign-ins': '入力の誤りで、後に本人がログインしている。',
  'card-data-access': '通常業務での閲覧であることを確認した。',
  'system-objects': '定期作業で作られたファイルであることを確認した。',
};

export function lookedAt(report: string): string {
  return looks[report] ?? '行を確認した。通常の業務の範囲である。';
}
