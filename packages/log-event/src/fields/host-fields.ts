import type { FieldRows } from './event-field.ts';

/** What hosts say of themselves beyond the names of other formats: sessions, audit records, files, packages. */
export const hostFields = {
  'session.id': ['keyword', 'Session', 'セッション', 'session', 'セッション'],
  'file.target_path': ['keyword', 'New path of the file', 'ファイルの移動先'],
  'package.name': ['keyword', 'Package', 'パッケージ', 'package'],
  'package.version': ['keyword', 'Package version', 'パッケージのバージョン'],
  'auditd.type': ['keyword', 'Audit record type', '監査レコードの種別'],
  'auditd.syscall': ['keyword', 'System call', 'システムコール', 'syscall'],
  'auditd.key': ['keyword', 'Audit rule key', '監査ルールのキー'],
} satisfies FieldRows;
