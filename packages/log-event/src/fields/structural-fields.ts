import type { FieldRows } from './event-field.ts';

/** Fields that every event has because of how it arrived and was read, not because of what it says. */
export const structuralFields = {
  '@timestamp': ['date', 'Event time', '発生時刻', 'timestamp', 'time', '時刻'],
  received_at: ['date', 'Receive time', '受信時刻', 'received', 'receivedAt'],
  original_time: ['keyword', 'Time as sent', '元の時刻表記', 'originalTime'],
  record: ['text', 'Record', '原文', 'raw', '原文'],
  message: ['text', 'Message', 'メッセージ', 'msg', 'メッセージ'],
  'log.group': ['keyword', 'Log group', 'ロググループ', 'group', 'logGroup', 'ロググループ'],
  'log.stream': ['keyword', 'Log stream', 'ログストリーム', 'stream', 'logStream', 'ログストリーム'],
  'akashi.segment': ['keyword', 'Landing segment', '受信セグメント', 'segment'],
  'akashi.position': ['long', 'Place in the segment', 'セグメント内の位置', 'position'],
  'akashi.part_of': ['keyword', 'Part of the event', '属するイベント', 'part_of', 'partOf'],
  'akashi.parts': ['long', 'Places of its other records', '他のレコードの位置', 'parts'],
  'akashi.source': ['keyword', 'Log source', 'ログの送信元', 'source', 'sourceId'],
  'akashi.transport': ['keyword', 'Transport', '受信方式', 'transport'],
  'akashi.address': ['keyword', 'Sender address', '送信元アドレス', 'sender'],
  'parse.format': ['keyword', 'Format', '形式', 'format', '形式'],
  'parse.status': ['keyword', 'Parse status', '解析状態', 'parseStatus'],
  'parse.reason': ['keyword', 'Parse reason', '解析の理由', 'parseReason'],
  masked_rules: ['keyword', 'Masked by', 'マスクの規則', 'masked', 'mask'],
} satisfies FieldRows;
