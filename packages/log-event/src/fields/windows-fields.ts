import type { FieldRows } from './event-field.ts';

/** What Windows writes of an event: ECS where it has a name, else the names that Elastic's own shipper uses. */
export const windowsFields = {
  'event.provider': ['keyword', 'Provider of the event', 'イベントのプロバイダー', 'provider'],
  'winlog.channel': ['keyword', 'Windows log', 'Windowsログの種類', 'channel'],
  'winlog.record_id': ['keyword', 'Windows record number', 'Windowsのレコード番号'],
  'winlog.logon.type': ['keyword', 'Logon type', 'ログオンの種類', 'logon_type'],
  'winlog.logon.id': ['keyword', 'Logon ID', 'ログオンID', 'logon_id'],
  'winlog.task_name': ['keyword', 'Scheduled task', 'スケジュールされたタスク'],
  'winlog.share': ['keyword', 'Share', '共有', 'share'],
  'winlog.object_name': ['keyword', 'Directory object', 'ディレクトリオブジェクト'],
  'winlog.privileges': ['keyword', 'Rights', '権限', 'privileges'],
  'user.target.domain': ['keyword', 'Domain of the target user', '対象ユーザーのドメイン'],
  'group.id': ['keyword', 'Group ID', 'グループID'],
  'registry.path': ['keyword', 'Registry key', 'レジストリキー', 'registry'],
  'registry.value': ['keyword', 'Registry value', 'レジストリ値'],
  'process.executable': ['keyword', 'Program file', 'プログラムのファイル', 'executable', 'exe'],
  'process.parent.pid': ['long', 'Parent process ID', '親プロセスID', 'ppid'],
  'process.parent.executable': ['keyword', 'Program file of the parent', '親プロセスのファイル'],
} satisfies FieldRows;
