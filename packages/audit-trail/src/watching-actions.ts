import { actionsOf } from './audit-action.ts';

/** Detection rules and what they found (PCI DSS 10.4.1.1). */
export const watchingActions = {
  ...actionsOf('settings', {
    'rule.list': ['access', 'Listed detection rules', '検知ルールの一覧を表示'],
    'rule.view': ['access', 'Viewed a detection rule', '検知ルールを表示'],
    'rule.check': ['info', 'Detection rule checked', '検知ルールの内容を確認'],
    'rule.create': ['creation', 'Detection rule created', '検知ルールを作成'],
    'rule.change': ['change', 'Detection rule changed', '検知ルールを変更'],
    'rule.enable': ['change', 'Detection rule switched on', '検知ルールを有効化'],
    'rule.disable': ['change', 'Detection rule switched off', '検知ルールを無効化'],
    'rule.remove': ['deletion', 'Detection rule removed', '検知ルールを削除'],
  }),
  ...actionsOf('reading', {
    'rule.try': ['access', 'Detection rule tried on past logs', '過去のログで検知ルールを試行'],
    'alert.list': ['access', 'Listed alerts', 'アラートの一覧を表示'],
    'alert.view': ['access', 'Viewed an alert', 'アラートを表示'],
  }),
};
