import type { RuleProblem, SigmaProblemCode } from '@akashi/detection';
import type { QueryErrorCode } from '@akashi/query';

type Words = Readonly<Record<'ja' | 'en', string>>;

/** What is wrong with a rule, beyond what the query language says of its conditions. */
const ruleProblemWords: Readonly<Record<Exclude<RuleProblem['code'], QueryErrorCode | SigmaProblemCode>, Words>> = {
  'people-not-possible': {
    ja: '条件に人物（person:）は使えません。user.name などのフィールドを使ってください',
    en: 'Conditions of rules cannot name people (person:). Use a field such as user.name',
  },
  'condition-empty': { ja: '条件を入力してください', en: 'Enter a condition' },
  'out-of-range': { ja: '値が範囲外です', en: 'The value is out of range' },
  'field-unknown': { ja: 'このフィールドはありません', en: 'There is no such field' },
  'value-missing': { ja: '勤務時間か作業承認の条件を指定してください', en: 'Give hours, or a condition on approvals' },
};

/** Why a Sigma file is refused. */
export const sigmaProblemWords: Readonly<Record<SigmaProblemCode, Words>> = {
  'too-large': { ja: 'ファイルが大きすぎます（64 KiBまで）', en: 'The file is too large (64 KiB at most)' },
  'yaml-unreadable': { ja: 'YAMLとして解析できません', en: 'It cannot be read as YAML' },
  'several-documents': {
    ja: '1つのファイルに複数のルールがあります。1ルールずつに分けてください',
    en: 'The file holds several rules. Split it into one rule per file',
  },
  'not-a-rule': { ja: 'Sigmaルールではありません（titleがありません）', en: 'It is not a Sigma rule: it has no title' },
  correlation: { ja: '相関ルール（correlation）には対応していません', en: 'Correlation rules are not supported' },
  'log-source-missing': { ja: 'logsourceがありません', en: 'It has no logsource' },
  'log-source-unknown': {
    ja: 'このログソースを解析するフォーマットがありません',
    en: 'No format here reads this log source',
  },
  'detection-missing': { ja: 'detectionがありません', en: 'It has no detection' },
  'condition-missing': { ja: 'conditionがありません', en: 'It has no condition' },
  'condition-unreadable': { ja: 'conditionを解析できません', en: 'The condition cannot be read' },
  'condition-name-unknown': {
    ja: 'conditionにある名前がdetectionにありません',
    en: 'The condition names what the detection does not have',
  },
  aggregation: {
    ja: '集計条件（countなど、timeframe）には対応していません。しきい値ルールを作成してください',
    en: 'Aggregations (count and the like, timeframe) are not supported. Create a threshold rule instead',
  },
  'modifier-unknown': { ja: 'この修飾子には対応していません', en: 'This modifier is not supported' },
  'modifiers-contradict': { ja: '修飾子の組み合わせが矛盾しています', en: 'The modifiers contradict each other' },
  placeholder: {
    ja: 'プレースホルダー（%…%）の値がわかりません。値を書き込んでください',
    en: 'The values of a placeholder (%…%) are not known. Write the values into the rule',
  },
  'value-unreadable': { ja: '値を解析できません', en: 'A value cannot be read' },
  'expression-unreadable': {
    ja: '正規表現を使用できません（RE2の書き方のみ）',
    en: 'The regular expression cannot be used: it must be RE2',
  },
  'network-unreadable': { ja: 'ネットワークの書き方が正しくありません', en: 'The network cannot be read' },
};

/** Undefined for what the query language has its own sentences for. */
export function wordsOf(code: RuleProblem['code']): Words | undefined {
  const words: Readonly<Record<string, Words>> = { ...ruleProblemWords, ...sigmaProblemWords };
  return words[code];
}
