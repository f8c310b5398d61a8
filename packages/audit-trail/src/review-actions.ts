import { actionsOf } from './audit-action.ts';

/** The daily log review and what it found (PCI DSS 10.4). */
export const reviewActions = {
  ...actionsOf('reviews', {
    'log-review.list': ['access', 'Viewed the review calendar', 'レビューのカレンダーを表示'],
    'log-review.view': ['access', 'Viewed a daily log review', '日次レビューを表示'],
    'log-review.look': ['access', 'Looked at an item of a review', 'レビューの項目を確認'],
    'log-review.decide': ['change', 'Item of a review decided', 'レビューの項目を判定'],
    'log-review.undo': ['change', 'Result of an item taken back', 'レビューの項目の判定を取り消し'],
    'log-review.decide-bulk': ['change', 'Clear items decided together', '問題のない項目をまとめて判定'],
    'log-review.delegate': ['change', 'Daily log review handed over', '日次レビューの担当を変更'],
    'log-review.prepare': ['info', 'Record of a review prepared to be signed', 'レビュー記録の署名を準備'],
    'log-review.submit': ['change', 'Daily log review submitted', '日次レビューを提出'],
    'log-review.approve': ['change', 'Daily log review approved', '日次レビューを承認'],
    'log-review.return': ['change', 'Daily log review sent back', '日次レビューを差戻し'],
    'log-review.addendum': ['creation', 'Addendum to a daily log review', '日次レビューに追記'],
    'log-review.record': ['access', 'Log review record opened', 'ログレビュー記録を表示'],
    'finding.list': ['access', 'Listed findings', '指摘の一覧を表示'],
    'finding.view': ['access', 'Viewed a finding', '指摘を表示'],
    'finding.create': ['creation', 'Finding recorded', '指摘を記録'],
    'finding.change': ['change', 'Finding changed', '指摘を変更'],
  }),
};
