import type { FieldRows } from './event-field.ts';

/** Time synchronisation (PCI DSS 10.6). ECS has no names for it: the words of RFC 9327 in a namespace of our own. */
export const ntpFields = {
  'ntp.event': ['keyword', 'NTP event', 'NTPイベント'],
  'ntp.peer': ['keyword', 'NTP peer', 'NTPピア', 'peer'],
  'ntp.status_word': ['keyword', 'NTP status word', 'NTPステータスワード'],
  'ntp.status_kind': ['keyword', 'NTP status of', 'NTPステータスの対象'],
  'ntp.event_code': ['long', 'NTP event code', 'NTPイベントコード'],
  'ntp.event_count': ['long', 'NTP event count', 'NTPイベント数'],
  'ntp.leap': ['keyword', 'NTP leap indicator', 'NTPうるう秒指示'],
  'ntp.clock_source': ['keyword', 'NTP clock source', 'NTPクロックソース'],
  'ntp.selection': ['keyword', 'NTP peer selection', 'NTPピアの選択状態'],
  'ntp.peer_flags': ['keyword', 'NTP peer flags', 'NTPピアのフラグ'],
  'ntp.state': ['keyword', 'Clock state', '時刻同期の状態', '時刻同期'],
  'ntp.stratum': ['long', 'NTP stratum', 'NTP階層', 'stratum'],
  'ntp.offset_seconds': ['double', 'Clock offset (s)', '時刻のずれ(秒)', 'offset'],
  'ntp.frequency_ppm': ['double', 'Clock frequency (PPM)', '周波数補正(PPM)'],
  'ntp.association': ['long', 'NTP association', 'NTPアソシエーション'],
  'ntp.version': ['keyword', 'ntpd version', 'ntpdのバージョン'],
} satisfies FieldRows;
