import type { FieldRows } from './event-field.ts';

/** What the product's own audit trail says beyond ECS names: what was looked at, and what changed. */
export const auditFields = {
  'akashi.audit.group': ['keyword', 'Kind of act', '操作の種類'],
  'akashi.audit.actor': ['keyword', 'Kind of actor', '操作者の種類'],
  'akashi.audit.target.kind': ['keyword', 'Kind of target', '対象の種類'],
  'akashi.audit.target.id': ['keyword', 'Target ID', '対象のID'],
  'akashi.audit.target.name': ['keyword', 'Target name', '対象の名前'],
  'akashi.audit.query': ['keyword', 'Query', '検索式'],
  'akashi.audit.from': ['keyword', 'Range from', '期間の始まり'],
  'akashi.audit.to': ['keyword', 'Range to', '期間の終わり'],
  'akashi.audit.log_groups': ['keyword', 'Log groups looked at', '対象のロググループ'],
  'akashi.audit.count': ['long', 'Count', '件数'],
  'akashi.audit.changed': ['keyword', 'Changed settings', '変更した設定'],
  'akashi.audit.changes': ['keyword', 'Before and after', '変更前と変更後'],
} satisfies FieldRows;
