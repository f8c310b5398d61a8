import type { ReportColumn, Words } from '@akashi/report';

/** Columns of files that no definition names: what makes a row checkable. */
export type FileColumn =
  | ReportColumn
  | 'timeUtc'
  | 'flags'
  | 'approval'
  | 'logStream'
  | 'receivedUtc'
  | 'until'
  | 'eventId'
  | 'recordSha256'
  | 'record';

export const columnWords: Readonly<Record<FileColumn, Words>> = {
  time: { ja: '日時', en: 'Time' },
  timeUtc: { ja: '日時 (UTC)', en: 'Time (UTC)' },
  person: { ja: '人物', en: 'Person' },
  user: { ja: 'アカウント', en: 'Account' },
  authority: { ja: '権限', en: 'Authority' },
  action: { ja: '操作', en: 'Action' },
  target: { ja: '操作対象のアカウント', en: 'Done to' },
  object: { ja: '対象', en: 'Object' },
  origin: { ja: '接続元', en: 'Origin' },
  host: { ja: 'ホスト', en: 'Host' },
  logGroup: { ja: 'ロググループ', en: 'Log group' },
  outcome: { ja: '結果', en: 'Outcome' },
  command: { ja: 'コマンド', en: 'Command' },
  before: { ja: '変更前', en: 'Before' },
  after: { ja: '変更後', en: 'After' },
  count: { ja: '件数', en: 'Count' },
  flags: { ja: '要確認の理由', en: 'Flags' },
  approval: { ja: '作業承認', en: 'Approval' },
  logStream: { ja: 'ログストリーム', en: 'Log stream' },
  receivedUtc: { ja: '受信日時 (UTC)', en: 'Received (UTC)' },
  until: { ja: '終了日時 (UTC)', en: 'Until (UTC)' },
  eventId: { ja: 'イベントID', en: 'Event ID' },
  recordSha256: { ja: '原文のSHA-256', en: 'Record SHA-256' },
  record: { ja: '原文', en: 'Record' },
};

export const outcomeWords: Readonly<Record<'success' | 'failure' | 'unknown', Words>> = {
  success: { ja: '成功', en: 'success' },
  failure: { ja: '失敗', en: 'failure' },
  unknown: { ja: '不明', en: 'unknown' },
};

export const approvalWords: Readonly<Record<'inside' | 'outside' | 'unknown', Words>> = {
  inside: { ja: '承認範囲内', en: 'inside approval' },
  outside: { ja: '承認範囲外', en: 'outside approval' },
  unknown: { ja: '不明', en: 'unknown' },
};
