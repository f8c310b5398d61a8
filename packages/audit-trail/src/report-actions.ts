import { actionsOf } from './audit-action.ts';

/** Reports, what they are made of, and the areas that they are made for. */
export const reportActions = {
  // What a run lists came out of logs: looking at it is looking at them (PCI DSS 10.2.1.3).
  ...actionsOf('reading', {
    'report-run.list': ['access', 'Listed runs of reports', 'レポート作成履歴を表示'],
    'report-run.start': ['creation', 'Report run by hand', 'レポートを手動で作成'],
    'report-run.cancel': ['change', 'Run of a report cancelled', 'レポートの作成を中止'],
    'report-run.view': ['access', 'Viewed a run of a report', 'レポートを表示'],
    'report-run.rows': ['access', 'Read rows of a report', 'レポートの行を表示'],
    'report.download': ['access', 'Report downloaded', 'レポートをダウンロード'],
  }),
  // Restoring makes logs readable that were not: it is on record as a look at them would be.
  ...actionsOf('reading', {
    'restore.list': ['access', 'Listed restored sets', '復元データの一覧を表示'],
    'restore.view': ['access', 'Viewed a restored set', '復元データを表示'],
    'restore.estimate': ['access', 'Restore estimated', '復元を見積もり'],
    'restore.start': ['creation', 'Restore started', '復元を開始'],
    'restore.cancel': ['change', 'Restore cancelled', '復元をキャンセル'],
    'restore.end': ['deletion', 'Restored set ended', '復元データを終了'],
  }),
  ...actionsOf('settings', {
    'report.list': ['access', 'Listed reports', 'レポート一覧を表示'],
    'report.create': ['creation', 'Report defined', 'レポートを定義'],
    'report.change': ['change', 'Definition of a report changed', 'レポートの定義を変更'],
    'report.end': ['deletion', 'Report ended', 'レポートを終了'],
    'report.restore': ['change', 'Standard definition of a report restored', 'レポートを標準の定義に戻す'],
    'area.list': ['access', 'Listed areas of the daily review', '確認対象の一覧を表示'],
    'area.create': ['creation', 'Area of the daily review made', '確認対象を作成'],
    'area.change': ['change', 'Area of the daily review changed', '確認対象を変更'],
    'area.end': ['deletion', 'Area of the daily review ended', '確認対象を終了'],
    'review-settings.view': ['access', 'Viewed settings of the daily review', '日次レビューの設定を表示'],
    'review-settings.change': ['change', 'Settings of the daily review changed', '日次レビューの設定を変更'],
  }),
};
