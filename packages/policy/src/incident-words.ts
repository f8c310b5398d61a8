import { isIncidentKind, type IncidentKind } from './incident-kinds.ts';

type Words = Readonly<Record<'ja' | 'en', string>>;

const kindWords: Readonly<Record<IncidentKind, Words>> = {
  'integrity-mismatch': { ja: '改ざんの検出', en: 'Tampering detected' },
  'source-silent': { ja: '送信元の受信途絶', en: 'Silent source' },
  'clock-skew': { ja: '時刻のずれ', en: 'Clock skew' },
  'clock-stepped': { ja: '時刻の変更', en: 'Clock stepped' },
  'clock-unsynchronized': { ja: '時刻同期の異常', en: 'Clock not synchronised' },
  'card-data-found': { ja: 'カード情報の検出', en: 'Card data found' },
  unparsed: { ja: '解析できないログ', en: 'Unparsed logs' },
  'lines-lost': { ja: '送信元でのログ欠落', en: 'Logs lost before arrival' },
  'unknown-sender': { ja: '未登録の送信元', en: 'Unknown sender' },
  'inbox-failing': { ja: 'ログの受け入れ不可', en: 'Logs not accepted' },
  'segment-damaged': { ja: '受信データの破損', en: 'Damaged received data' },
  'pipeline-late': { ja: '処理の遅延', en: 'Pipeline delay' },
  'index-unavailable': { ja: '索引の停止', en: 'Index unavailable' },
  'archive-unavailable': { ja: 'アーカイブの停止', en: 'Archive unavailable' },
  'copy-late': { ja: '複製の遅延', en: 'Copy delay' },
  'disk-filling': { ja: 'ディスク容量の不足', en: 'Disk filling up' },
  'duty-late': { ja: '定期作業の遅延', en: 'Scheduled duty late' },
  'duty-failed': { ja: '定期作業の失敗', en: 'Scheduled duty failed' },
  'review-missed': { ja: '日次レビューの未実施', en: 'Missed review' },
  'notification-failed': { ja: '通知の失敗', en: 'Notification failed' },
  'rule-disabled': { ja: 'ルール・フォーマットの自動停止', en: 'Rule or format switched off' },
  'rule-alert': { ja: 'アラート', en: 'Alert' },
};

/** The name of a kind of incident, as the pages have it too; a kind that is not known is its own name. */
export function incidentWord(kind: string, language: 'ja' | 'en'): string {
  return isIncidentKind(kind) ? kindWords[kind][language] : kind;
}
