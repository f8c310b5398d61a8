/** What the values of an entry system's rows are, by their words, in Japanese and in English. */

const directions: ReadonlyMap<string, 'entry' | 'exit'> = new Map([
  ...'入室 入 入場 入館 入退室(入) 入口側 in entry enter entrance entered 0→1'
    .split(' ')
    .map((word) => [word, 'entry'] as const),
  ...'退室 退 退場 退館 出 入退室(退) 出口側 out exit leave left exited'
    .split(' ')
    .map((word) => [word, 'exit'] as const),
]);

const results: ReadonlyMap<string, 'success' | 'failure'> = new Map([
  ...'許可 成功 正常 認証成功 認証ok 解錠 通行許可 ok ○ 〇 success granted allowed allow permitted accepted valid pass access_granted 入室許可 退室許可 開錠'
    .split(' ')
    .map((word) => [word, 'success'] as const),
  ...'拒否 失敗 異常 認証失敗 認証ng 不許可 通行拒否 無効 ng × 不可 未登録 期限切れ failure failed denied deny rejected refused invalid fail access_denied 入室拒否 退室拒否 時間外 権限なし 未登録カード'
    .split(' ')
    .map((word) => [word, 'failure'] as const),
]);

const alarms = /こじ開け|開放警報|警報|アラーム|forced|held open|tamper|alarm/i;

/** Badges are numbers, often with zeros before them, or digits with a letter or two. */
const digitsOnly = /^\d{4,20}$/;
const digitsAndLetters = /^(?=.{4,32}$)[A-Za-z]{0,4}-?\d[\dA-Fa-f-]{2,31}$/;
/** What a door is called ends in what it is: many names of people hold the same characters elsewhere. */
const doorEnds =
  /(?:ドア|扉|室|入口|出口|出入口|玄関|ゲート|門|階|棟|館|ルーム|リーダー?|センター|エリア|フロア|ロビー|ホール)[\s　]{0,2}(?:[\d０-９A-Za-zＡ-Ｚ#（(・-].{0,32})?$/;
const doorWords =
  /\b(?:door|gate|room|entrance|lobby|floor|area|reader|turnstile|building|rack|elevator|zone|vault)\b|データセンター|サーバー?ルーム/i;

export interface EntryWords {
  direction?: 'entry' | 'exit';
  outcome?: 'success' | 'failure';
}

/** `入室許可` is both. */
export function entryWords(value: string): EntryWords | undefined {
  const word = value
    .trim()
    .toLowerCase()
    .replace(/[\s　]+/g, '_');
  const direction =
    directions.get(word) ?? (word.startsWith('入室') ? 'entry' : word.startsWith('退室') ? 'exit' : undefined);
  const rest = word.replace(/^(?:入室|退室)[_:：（(]?/, '').replace(/[)）]$/, '');
  const outcome = results.get(word) ?? results.get(rest);
  if (directions.has(word)) return { direction: directions.get(word) ?? 'entry' };
  if (outcome === undefined) return undefined;
  return { ...(direction === undefined ? {} : { direction }), outcome };
}

export function isAlarm(value: string): boolean {
  return value.length <= 64 && alarms.test(value);
}

/** The value that is a badge: digits alone before digits with letters, as doors are numbered too. -1 where there is none. */
export function badgeAt(values: readonly string[]): number {
  const plain = values.findIndex((value) => digitsOnly.test(value));
  return plain >= 0 ? plain : values.findIndex((value) => digitsAndLetters.test(value));
}

export function isDoor(value: string): boolean {
  return value.length <= 128 && (doorEnds.test(value) || doorWords.test(value));
}
