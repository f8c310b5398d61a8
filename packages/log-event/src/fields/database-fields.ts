import type { FieldRows } from './event-field.ts';

/** Databases, and doors. ECS has no names for either. */
export const databaseFields = {
  'database.name': ['keyword', 'Database', 'データベース', 'database', 'db', 'データベース'],
  'database.object': ['keyword', 'Database object', 'データベースの対象', 'table', '表'],
  'database.object_type': ['keyword', 'Kind of database object', 'データベースの対象の種別'],
  'database.statement': ['keyword', 'SQL statement', 'SQL文', 'sql', 'statement'],
  'database.session': ['keyword', 'Database session', 'データベースのセッション'],
  'entry.door': ['keyword', 'Door', '扉', 'door', '扉', 'ドア'],
  'entry.direction': ['keyword', 'Direction through the door', '入退室の方向'],
} satisfies FieldRows;
