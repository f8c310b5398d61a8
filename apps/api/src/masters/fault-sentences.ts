import type { RowReason, TableReason } from '@akashi/attribution';

/** Why a file, a line or a cell of an import is refused. */
export type ImportFault = RowReason | TableReason | 'encoding' | 'workbook';

type Sentence = Readonly<Record<'ja' | 'en', string>>;

/** What to do about each; no value of a cell stands in them. */
const sentences: Readonly<Record<ImportFault, Sentence>> = {
  required: { ja: '値がありません。この列は必須です。', en: 'Empty: this column needs a value.' },
  'too-long': { ja: '長すぎます。500文字以内にしてください。', en: 'Too long: write at most 500 characters.' },
  character: {
    ja: '読めない文字か制御文字が含まれています。入力し直してください。',
    en: 'Holds a control character or one that could not be read: type it again.',
  },
  email: { ja: 'メールアドレスとして読めません。', en: 'Not an email address.' },
  mac: {
    ja: 'MACアドレスとして読めません。00-00-00-00-00-01 の形で入力してください。',
    en: 'Not a MAC address: write it as 00-00-00-00-00-01.',
  },
  address: {
    ja: 'IPアドレスとして読めません。192.168.0.1 の形で入力してください。',
    en: 'Not an IP address: write it as 192.168.0.1.',
  },
  addresses: {
    ja: 'IPアドレスまたは範囲（10.0.0.0/8）として読めないものがあります。',
    en: 'Holds something that is no IP address and no range such as 10.0.0.0/8.',
  },
  'yes-no': { ja: '○・×、はい・いいえ、対象・対象外のいずれかを入力してください。', en: 'Write yes or no.' },
  time: {
    ja: '日時として読めません。2026/06/29 13:00 の形で入力してください。',
    en: 'Not a time: write it as 2026/06/29 13:00, the year first.',
  },
  'no-such-day': { ja: 'この年にはない日付です。', en: 'The year has no such day.' },
  'ends-first': { ja: '終了が開始より後になっていません。', en: 'Ends before it begins.' },
  'no-common-time': {
    ja: '有効期間と、行の期間が重なっていません。',
    en: 'The validity and the period of the row have no time in common.',
  },
  empty: { ja: 'ファイルに行がありません。', en: 'The file holds no line.' },
  'column-missing': {
    ja: 'この列が見つかりません。見出しの行に列を加えてください。',
    en: 'This column is missing: add it to the headings.',
  },
  'column-twice': {
    ja: '同じ列が2回あります。どちらかを削除してください。',
    en: 'The column stands twice: remove one.',
  },
  'quote-open': {
    ja: 'この行で始まる引用符（"）が閉じられていません。',
    en: 'A quotation mark (") opens on this line and is never closed.',
  },
  'too-many-cells': { ja: '見出しより多くの列に値があります。', en: 'Has more values than there are headings.' },
  'too-many-rows': {
    ja: '行が多すぎます。200,000行以内に分けてください。',
    en: 'Too many rows: send at most 200,000 in a file.',
  },
  workbook: {
    ja: 'Excelブックです。「CSV」形式で保存してください。',
    en: 'This is an Excel workbook: save it as CSV.',
  },
  encoding: {
    ja: '文字コードを読み取れません。UTF-8 または Shift_JIS で保存してください。',
    en: 'The characters cannot be read: save the file as UTF-8 or Shift_JIS.',
  },
};

export function faultSentence(fault: ImportFault, language: 'ja' | 'en'): string {
  return sentences[fault][language];
}
