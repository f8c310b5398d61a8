import {
  clockColumns,
  type ClockColumn,
  type FlagKind,
  type ReportColumn,
  type Words,
} from '../definitions/report-definition.ts';
import type { ReportRow, RowFlag } from '../row/report-row.ts';
import { clockProblemWords, clockText, secondsText, type CellWriting } from './clock-words.ts';

export type ReportLanguage = keyof Words;

export const columnWords: Readonly<Record<ReportColumn, Words>> = {
  time: { ja: '日時', en: 'Time' },
  person: { ja: '人物', en: 'Person' },
  user: { ja: 'アカウント', en: 'Account' },
  authority: { ja: '権限', en: 'Authority' },
  action: { ja: '操作', en: 'Action' },
  target: { ja: '対象者', en: 'Subject account' },
  object: { ja: '対象', en: 'Object' },
  origin: { ja: '接続元', en: 'Origin' },
  host: { ja: 'ホスト', en: 'Host' },
  logGroup: { ja: 'ロググループ', en: 'Log group' },
  outcome: { ja: '結果', en: 'Outcome' },
  command: { ja: 'コマンド', en: 'Command' },
  before: { ja: '変更前', en: 'Before' },
  after: { ja: '変更後', en: 'After' },
  count: { ja: '件数', en: 'Records' },
  clockState: { ja: '同期の状態', en: 'State' },
  timeServer: { ja: '同期先', en: 'Server' },
  clockOffset: { ja: '最大のずれ', en: 'Largest offset' },
  clockSteps: { ja: '時刻の変更', en: 'Steps' },
  clockLost: { ja: '同期していない時間', en: 'Without sync' },
  hostGroup: { ja: 'グループと上限', en: 'Group and limits' },
};

/** What a flag is called where its figures are not told. */
export const flagWords: Readonly<Record<FlagKind, Words>> = {
  'first-time': { ja: '初回', en: 'First time' },
  'outside-hours': { ja: '業務時間外', en: 'Outside working hours' },
  'failures-in-a-row': { ja: '連続失敗', en: 'Failures in a row' },
  'success-after-failures': { ja: '連続失敗後の成功', en: 'Success after failures' },
  'changed-for-other': { ja: '他者による変更', en: 'Changed for somebody else' },
  'unchanged-credential': { ja: '長期間未変更', en: 'Not changed for long' },
  'outside-approval': { ja: '承認外', en: 'Outside approval' },
  'person-unknown': { ja: '人物不明', en: 'Person unknown' },
  'person-conflict': { ja: 'アカウントと端末の不一致', en: 'Account and device disagree' },
  bulk: { ja: '大量アクセス', en: 'Bulk access' },
  any: { ja: 'レポートの条件に該当', en: 'Meets the report’s condition' },
};

export const outcomeWords: Readonly<Record<'success' | 'failure' | 'unknown', Words>> = {
  success: { ja: '成功', en: 'Success' },
  failure: { ja: '失敗', en: 'Failure' },
  unknown: { ja: '不明', en: 'Unknown' },
};

/** Acts that no source names: rows of what did not happen have them from here. */
const ownActs: Readonly<Record<string, Words>> = {
  'source-silent': { ja: '受信途絶', en: 'Source silent' },
};

/** An act as people read it: a source's own name for it stays as it is. */
export function actText(action: string, language: ReportLanguage): string {
  return Object.hasOwn(ownActs, action) ? (ownActs[action]?.[language] ?? action) : action;
}

/** A flag with its figures, in a few words: `連続失敗（7 回・接続元別）`. */
export function flagText({ kind, details }: RowFlag, language: ReportLanguage): string {
  const word = flagWords[kind][language];
  const told = figures(kind, details ?? {}, language);
  if (told === undefined) return word;
  return language === 'ja' ? `${word}（${told}）` : `${word} (${told})`;
}

function figures(
  kind: FlagKind,
  details: Readonly<Record<string, string | number>>,
  language: ReportLanguage,
): string | undefined {
  const number = (name: string): string => Number(details[name]).toLocaleString('en-US');
  const isJapanese = language === 'ja';
  if (kind === 'failures-in-a-row' || kind === 'success-after-failures') {
    if (details['failures'] === undefined) return undefined;
    const by =
      details['by'] === 'origin'
        ? isJapanese
          ? '接続元別'
          : 'from one origin'
        : isJapanese
          ? 'アカウント別'
          : 'of one account';
    return isJapanese ? `${number('failures')} 回・${by}` : `${number('failures')} ${by}`;
  }
  if (kind === 'unchanged-credential' && details['days'] !== undefined)
    return isJapanese ? `${number('days')} 日以上` : `${number('days')} days or more`;
  if (kind === 'bulk' && details['rows'] !== undefined)
    return isJapanese ? `${number('rows')} 件を 1 回で` : `${number('rows')} records at once`;
  if (kind === 'bulk' && details['events'] !== undefined)
    return isJapanese ? `短時間に ${number('events')} 回` : `${number('events')} times in a short time`;
  if (kind === 'any' && details['problem'] !== undefined) {
    const problem = clockProblemWords[details['problem']]?.[language];
    const offset = details['offsetSeconds'];
    return problem !== undefined && typeof offset === 'number'
      ? `${problem} ${secondsText(offset, language)}`
      : problem;
  }
  return undefined;
}

/** The text of a cell; the time of the row apart. Empty for what is not known. */
export function cellText(row: ReportRow, column: Exclude<ReportColumn, 'time'>, writing: CellWriting): string {
  if (isClockColumn(column)) return clockText(row.clock, column, writing);
  const { language } = writing;
  if (column === 'person') return row.person === null ? '' : personText(row.person, language);
  if (column === 'outcome') return row.outcome === null ? '' : outcomeWords[row.outcome][language];
  if (column === 'action') return row.action === null ? '' : actText(row.action, language);
  if (column === 'count') return row.count === null ? '' : String(row.count);
  return row[column] ?? '';
}

function isClockColumn(column: ReportColumn): column is ClockColumn {
  return clockColumns.some((each) => each === column);
}

function personText({ id, name, certainty }: NonNullable<ReportRow['person']>, language: ReportLanguage): string {
  const named = name === id || name === '' ? id : `${name} (${id})`;
  if (certainty === 'certain') return named;
  return language === 'ja' ? `${named}（推定）` : `${named} (likely)`;
}
