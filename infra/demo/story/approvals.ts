import { people, type Host, type StoryPerson } from './shop.ts';
import { hourMs, isWeekend, minuteMs, weekdayOf } from './story-time.ts';

/** Approved work: who may work on what, from when until when. */
export interface Approval {
  readonly number: string;
  readonly person: StoryPerson;
  readonly target: Host;
  readonly purpose: string;
  readonly fromMs: number;
  readonly untilMs: number;
}

const { yamada, ito, kobayashi } = people;

/** By weekday, 0 Sunday: who, where, what for, from and until (hours). */
const calendar: Readonly<Record<number, readonly (readonly [StoryPerson, Host, string, number, number])[]>> = {
  1: [
    [ito, 'db01', '索引の再作成', 15, 16],
    [yamada, 'web01', '設定の確認', 13, 15],
  ],
  2: [
    [yamada, 'web01', 'パッケージの更新', 13, 15],
    [kobayashi, 'sw01', 'ポート設定の変更', 14, 15],
  ],
  3: [
    // Two people with root on one machine at a time.
    [yamada, 'ap01', '月次処理の準備', 10, 12],
    [ito, 'ap01', '月次処理の準備', 10, 12],
    [ito, 'db01', '統計情報の更新', 15, 16],
  ],
  4: [
    [kobayashi, 'fw01', 'ポリシーの変更', 14, 15],
    [yamada, 'web02', 'パッケージの更新', 13, 15],
  ],
  5: [
    [ito, 'db01', 'バックアップの確認', 15, 16],
    [yamada, 'ap01', 'アプリケーションの再起動', 13, 14],
  ],
};

/** What is approved for a day. */
export function approvalsOf(dayStartMs: number): Approval[] {
  if (isWeekend(dayStartMs)) return [];
  const date = new Date(dayStartMs + 12 * hourMs).toISOString().slice(2, 10).replaceAll('-', '');
  return (calendar[weekdayOf(dayStartMs)] ?? []).map(([person, target, purpose, from, until], index) => ({
    number: `W${date}-${index + 1}`,
    person,
    target,
    purpose,
    fromMs: dayStartMs + from * hourMs,
    untilMs: dayStartMs + until * 60 * minuteMs,
  }));
}
