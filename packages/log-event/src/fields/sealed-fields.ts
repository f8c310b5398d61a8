import type { FieldRows } from './event-field.ts';

/** What the sealed lines of `akashi/reports` and `akashi/reviews` say beyond ECS names. */
export const sealedFields = {
  'akashi.report.run': ['keyword', 'Report run', 'レポートの作成'],
  'akashi.report.id': ['keyword', 'Report', 'レポート'],
  'akashi.report.version': ['long', 'Version of the report', 'レポートの版'],
  'akashi.report.kind': ['keyword', 'Made by', '作成のきっかけ'],
  'akashi.report.area.id': ['keyword', 'Area ID', '確認対象のID'],
  'akashi.report.area.name': ['keyword', 'Area', '確認対象'],
  'akashi.report.day': ['keyword', 'Day of the report', 'レポートの対象日'],
  'akashi.report.from': ['keyword', 'Report from', 'レポートの期間の始まり'],
  'akashi.report.to': ['keyword', 'Report to', 'レポートの期間の終わり'],
  'akashi.report.addendum_to': ['keyword', 'Addendum to run', '追補の元'],
  'akashi.report.rows': ['long', 'Rows of the report', 'レポートの行数'],
  'akashi.report.flagged': ['long', 'Flagged rows', '注意の付いた行数'],
  'akashi.report.sha256.ndjson': ['keyword', 'SHA-256 of the NDJSON', 'NDJSONのSHA-256'],
  'akashi.report.sha256.csv_ja': ['keyword', 'SHA-256 of the Japanese CSV', 'CSV(日本語)のSHA-256'],
  'akashi.report.sha256.csv_en': ['keyword', 'SHA-256 of the English CSV', 'CSV(英語)のSHA-256'],
  'akashi.report.sha256.pdf_ja': ['keyword', 'SHA-256 of the Japanese PDF', 'PDF(日本語)のSHA-256'],
  'akashi.report.sha256.pdf_en': ['keyword', 'SHA-256 of the English PDF', 'PDF(英語)のSHA-256'],
  'akashi.review.day': ['keyword', 'Day of the log review', 'ログレビューの対象日'],
  'akashi.review.revision': ['long', 'Revision of the record', 'ログレビュー記録の版'],
  'akashi.review.action': ['keyword', 'What was signed', '署名した行為'],
  'akashi.review.record_sha256': ['keyword', 'SHA-256 of the log review record', 'ログレビュー記録のSHA-256'],
  'akashi.review.record': ['keyword', 'Log review record', 'ログレビュー記録'],
  'akashi.review.signature': ['keyword', 'Signature', '署名'],
  'akashi.review.credential': ['keyword', 'Signing credential', '署名用の認証器'],
} satisfies FieldRows;
