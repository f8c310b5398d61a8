import type { FlagKind, RowFlag, Words } from '@akashi/report';

export const flagNames: Readonly<Record<FlagKind, Words>> = {
  'first-time': { ja: '初めての組み合わせ', en: 'first time' },
  'outside-hours': { ja: '業務時間外', en: 'outside working hours' },
  'failures-in-a-row': { ja: '連続した失敗', en: 'failures in a row' },
  'success-after-failures': { ja: '連続した失敗の後の成功', en: 'success after failures' },
  'changed-for-other': { ja: '他人の認証情報の変更', en: 'changed for somebody else' },
  'unchanged-credential': { ja: '長期間変更なし', en: 'credential not changed' },
  'outside-approval': { ja: '承認外', en: 'outside approval' },
  'person-unknown': { ja: '人物不明', en: 'person unknown' },
  'person-conflict': { ja: 'アカウントと端末の不一致', en: 'account and device disagree' },
  bulk: { ja: '大量アクセス', en: 'bulk access' },
  any: { ja: '要確認', en: 'must be seen' },
};

/** Why a row is flagged, with the figures that made it so. */
export function flagText(flag: RowFlag, language: 'ja' | 'en'): string {
  const name = flagNames[flag.kind][language];
  const details = Object.entries(flag.details ?? {});
  if (details.length === 0) return name;
  return `${name} (${details.map(([key, value]) => `${key} ${value}`).join(', ')})`;
}
