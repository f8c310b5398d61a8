import type { QueryError, QueryErrorCode, QueryWarning, QueryWarningCode } from './query-error.ts';

export type Language = 'ja' | 'en';

type Params = QueryError['params'];
type Sentence = Record<Language, (params: Params) => string>;

const typeNames: Record<Language, Record<string, string>> = {
  ja: {
    ip: 'IPアドレス',
    long: '整数',
    double: '数値',
    boolean: 'true/false',
    date: '日時',
    keyword: '文字列',
    label: '文字列',
    virtual: '決まった値',
    text: '文章',
  },
  en: {
    ip: 'IP addresses',
    long: 'whole numbers',
    double: 'numbers',
    boolean: 'true/false',
    date: 'dates',
    keyword: 'plain values',
    label: 'plain values',
    virtual: 'fixed values',
    text: 'text',
  },
};

const errors: Record<QueryErrorCode, Sentence> = {
  'too-long': {
    ja: (p) => `検索式が長すぎます（${p['limit']}文字まで）。`,
    en: (p) => `The query is too long: ${p['limit']} characters are allowed.`,
  },
  'too-deep': {
    ja: (p) => `かっこやNOTの重なりが深すぎます（${p['limit']}段まで）。`,
    en: (p) => `Parentheses and NOT are nested too deeply: ${p['limit']} levels are allowed.`,
  },
  'too-many-clauses': {
    ja: (p) => `条件が多すぎます（${p['limit']}個まで）。`,
    en: (p) => `There are too many conditions: ${p['limit']} are allowed.`,
  },
  'unclosed-quote': { ja: () => '引用符が閉じていません。', en: () => 'This quotation mark is not closed.' },
  'unclosed-group': { ja: () => 'かっこが閉じていません。', en: () => 'This parenthesis is not closed.' },
  'unopened-group': { ja: () => '対応する開きかっこがありません。', en: () => 'This parenthesis was never opened.' },
  'unclosed-range': { ja: () => '範囲の角かっこが閉じていません。', en: () => 'This range is not closed.' },
  'bad-range': { ja: () => '範囲は [開始 TO 終了] の形で書きます。', en: () => 'A range is written as [from TO to].' },
  'operand-missing': {
    ja: (p) =>
      p['side'] === 'left' ? `${p['operator']} の前に条件がありません。` : `${p['operator']} の後に条件がありません。`,
    en: (p) => `${p['operator']} needs a condition ${p['side'] === 'left' ? 'before' : 'after'} it.`,
  },
  'empty-group': { ja: () => 'かっこの中が空です。', en: () => 'There is nothing inside these parentheses.' },
  'empty-value': {
    ja: (p) => `${p['field']} の値がありません。値があるものを探すには ${p['field']}:* と書きます。`,
    en: (p) => `${p['field']} has no value. To find events that have this field, write ${p['field']}:*`,
  },
  'needs-quotes': {
    ja: (p) => `「${p['text']}」は引用符で囲んでください。`,
    en: (p) => `Put ${p['text']} in quotation marks.`,
  },
  'foreign-operator': {
    ja: (p) =>
      p['own'] === undefined
        ? `「${p['operator']}」という演算子はありません。文字として探すには引用符で囲みます。`
        : `「${p['operator']}」という演算子はありません。${p['own']} と書きます。文字として探すには引用符で囲みます。`,
    en: (p) =>
      `There is no operator ${p['operator']}.${p['own'] === undefined ? '' : ` Write ${p['own']}.`} To search for the text itself, put it in quotation marks.`,
  },
  'time-apart': {
    ja: (p) => `時刻「${p['time']}」は日付から離れています。日時全体を引用符で囲んでください。`,
    en: (p) => `The time ${p['time']} stands apart from its date. Put the whole date and time in quotation marks.`,
  },
  'bad-label': {
    ja: (p) => `${p['name']} という名前のキーは検索できません。`,
    en: (p) => `A key named ${p['name']} can't be searched.`,
  },
  'nothing-to-search': {
    ja: (p) => `「${p['text']}」は記号だけなので検索できません。`,
    en: (p) => `${p['text']} is only punctuation: there is no word to search for.`,
  },
  'field-expected': {
    ja: (p) => `${p['operator']} の前に項目名が必要です。`,
    en: (p) => `${p['operator']} needs a field name before it.`,
  },
  'unknown-value': {
    ja: (p) => `${p['field']} に「${p['value']}」という値はありません。`,
    en: (p) => `${p['field']} has no value ${p['value']}.`,
  },
  'unknown-requirement': {
    ja: (p) =>
      `「${p['value']}」に当たるイベントの分類はありません。要件番号は 10.2.1.4、旧版の番号は 3.0:10.2.4 のように書きます。`,
    en: (p) =>
      `No class of events belongs to ${p['value']}. Write a requirement number such as 10.2.1.4, or 3.0:10.2.4 for the former numbering.`,
  },
  'bad-number': {
    ja: (p) => `${p['field']} は${p['type'] === 'long' ? '整数' : '数値'}の項目です。「${p['value']}」は使えません。`,
    en: (p) => `${p['field']} holds ${p['type'] === 'long' ? 'whole numbers' : 'numbers'}; ${p['value']} is not one.`,
  },
  'bad-ip': {
    ja: (p) =>
      `${p['field']} はIPアドレスの項目です。「${p['value']}」はアドレスでもネットワーク（例 10.0.0.0/8）でもありません。`,
    en: (p) =>
      `${p['field']} holds IP addresses; ${p['value']} is neither an address nor a network such as 10.0.0.0/8.`,
  },
  'bad-boolean': {
    ja: (p) => `${p['field']} の値は true か false です。`,
    en: (p) => `${p['field']} is either true or false.`,
  },
  'bad-date': {
    ja: (p) => `「${p['value']}」は日時として読めません。例: 2026-11-01 または 2026-11-01T09:00:00+09:00`,
    en: (p) => `${p['value']} can't be read as a date. Write 2026-11-01 or 2026-11-01T09:00:00+09:00.`,
  },
  'not-comparable': {
    ja: (p) =>
      `${p['field']} は大小を比べられません（${typeNames.ja[String(p['type'])] ?? ''}の項目）。文字として探すには引用符で囲みます。`,
    en: (p) =>
      `${p['field']} holds ${typeNames.en[String(p['type'])] ?? 'plain values'} and can't be compared. To search for the text, put it in quotation marks.`,
  },
  'wildcard-not-allowed': {
    ja: (p) =>
      `${p['field']}（${typeNames.ja[String(p['type'])] ?? ''}）では * や ? を使えません。範囲で書いてください。`,
    en: (p) =>
      `${p['field']} holds ${typeNames.en[String(p['type'])] ?? 'values'}: * and ? don't work there. Use a range.`,
  },
  'wildcard-in-phrase': {
    ja: (p) => `「${p['text']}」の * や ? は一つの単語の中だけで使えます。`,
    en: (p) => `* and ? work inside a single word; ${p['text']} is several.`,
  },
};

const warnings: Record<QueryWarningCode, Sentence> = {
  'unknown-person': {
    ja: (p) => `${p['value']} という人物はマスターにありません。`,
    en: (p) => `The reference data names nobody called ${p['value']}.`,
  },
  'two-meanings': {
    ja: (p) =>
      `${p['value']} は版によって意味が違うため、両方を探します。一方だけを探すには ${p['alternatives']} と書きます。`,
    en: (p) =>
      `${p['value']} means different things in different versions; this finds both. For one of them write ${p['alternatives']}.`,
  },
  'unknown-field': {
    ja: (p) =>
      p['didYouMean'] === undefined
        ? `${p['name']} という項目はありません。ログのキー ${p['field']} を探します。`
        : `${p['name']} という項目はありません。${p['didYouMean']} のことですか？`,
    en: (p) =>
      p['didYouMean'] === undefined
        ? `There is no field ${p['name']}; this searches the logs' own key ${p['field']}.`
        : `There is no field ${p['name']}. Did you mean ${p['didYouMean']}?`,
  },
  'text-not-field': {
    ja: (p) => `「${p['text']}」は文字列として探します。項目の値を探すには ${p['condition']} と書きます。`,
    en: (p) => `This searches for the text ${p['text']}. For the field, write ${p['condition']}.`,
  },
  'lowercase-operator': {
    ja: (p) => `「${p['word']}」は単語として検索します。演算子は ${p['operator']} と大文字で書きます。`,
    en: (p) => `This searches for the word ${p['word']}. The operator is ${p['operator']} in capitals.`,
  },
};

/** One plain sentence that says what is wrong with a query. It repeats parts of the query: show it, don't log it. */
export function explainQueryError(error: Pick<QueryError, 'code' | 'params'>, language: Language): string {
  return errors[error.code][language](error.params);
}

export function explainQueryWarning(warning: Pick<QueryWarning, 'code' | 'params'>, language: Language): string {
  return warnings[warning.code][language](warning.params);
}
