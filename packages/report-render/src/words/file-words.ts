import { columnWords, type ReportColumn, type ReportRow, type Words } from '@akashi/report';

/** Columns of files that no definition names: what makes a row checkable. */
export type FileColumn =
  | ReportColumn
  | 'timeUtc'
  | 'flags'
  | 'approval'
  | 'until'
  | 'logStream'
  | 'receivedUtc'
  | 'eventId'
  | 'recordSha256'
  | 'record';

export const fileColumnWords: Readonly<Record<FileColumn, Words>> = {
  ...columnWords,
  timeUtc: { ja: '日時 (UTC)', en: 'Time (UTC)' },
  flags: { ja: '要確認の理由', en: 'Flags' },
  approval: { ja: '作業承認', en: 'Approval' },
  until: { ja: '終了日時', en: 'Until' },
  logStream: { ja: 'ログストリーム', en: 'Log stream' },
  receivedUtc: { ja: '受信日時 (UTC)', en: 'Received (UTC)' },
  eventId: { ja: 'イベントID', en: 'Event ID' },
  recordSha256: { ja: '原文のSHA-256', en: 'Record SHA-256' },
  record: { ja: '原文', en: 'Record' },
};

export const approvalWords: Readonly<Record<NonNullable<ReportRow['approval']>, Words>> = {
  inside: { ja: '承認範囲内', en: 'Inside approval' },
  outside: { ja: '承認範囲外', en: 'Outside approval' },
  unknown: { ja: '不明', en: 'Unknown' },
};
