import { describe, expect, it } from 'vitest';
import en from '../../messages/en.json' with { type: 'json' };
import ja from '../../messages/ja.json' with { type: 'json' };

/**
 * Wording that gave way to what such products say, with what is said instead. Nothing of it comes back in either language.
 * "Review" alone means the daily log review, so that rights have a recertification.
 */
const retiredInJapanese: Readonly<Record<string, string>> = {
  探索: 'ログ検索',
  追従: 'ライブ表示',
  鍵: 'アクセスキー, 取り込みキー, APIキー',
  基盤: 'プラットフォーム',
  割り当て: '利用上限',
  時間帯: 'タイムゾーン',
  確認者: 'レビュー担当者',
  日々の: '日次',
  沈黙: '受信途絶',
  隠した: 'マスク済み, マスク',
  隠す: '非表示',
  隠し: 'マスクし, 非表示',
  読み取り: '解析',
  読み取れ: '解析できる',
  葉の位置: 'リーフ番号',
  '(?<!ル)根': 'ルートハッシュ',
  見出し: 'ヘッダー',
  大きさ: 'サイズ',
  やめる: 'キャンセル',
  もう一度読: '再読み込み',
  読み直: '再読み込み',
  最初の列に戻す: '列を初期設定に戻す',
  棒1本: '…間隔',
  この一覧: 'キー操作一覧',
  見られる: '閲覧できる, 閲覧者, 閲覧範囲',
  何によって: '付与元',
  この人の目: 'このユーザーの検索結果を確認',
  やり直させ: '認証情報をリセット',
  返事待ち: '承諾待ち',
  終わった: '終了した',
  どこからでも: '制限なし',
  '鍵が要|キーが要|が要ります': 'が必要です',
  働きません: '使用できません',
  台帳: '処理状態',
  保管庫: 'アーカイブ',
  顧客: '組織',
  サポート閲覧: 'サポートアクセス',
  'アクセス(?:権の)?レビュー': 'アクセス権の棚卸し',
};

const retiredInEnglish: Readonly<Record<string, string>> = {
  '\\bRead again': 'Refresh',
  '\\bTake off\\b': 'Remove',
  '\\bGo on\\b|\\bgo on\\b|\\bgoes on\\b': 'Continue',
  '\\b[Oo]ne a line\\b': 'One per line',
  '\\b[Ee]verything\\b': 'All',
  '\\bArriving\\b': 'Incoming',
  '\\b[Ii]nstallation': 'Platform',
  '\\bUsual ranges\\b': 'Quick ranges',
  '\\bKeyboard keys\\b': 'Keyboard shortcuts',
  'This is no range': 'Can’t read this time range',
  '\\bLook as\\b': 'Preview this user’s access',
  '\\bBy what\\b|\\bby what\\b': 'Granted through',
  '\\bin sight\\b': 'visible',
  '\\bLet somebody look\\b|\\blet in\\b': 'Grant support access',
  '\\bLook at\\b': 'Check your entries',
  '\\bShortest password\\b': 'Minimum password length',
  '\\bat hand\\b': 'Can’t use any of these?',
  '\\bThis list\\b': 'Keyboard shortcuts',
  '\\b[Ee]-mail|\\b[Mm]ail address': 'Email',
  '\\b[Ee]xplorer\\b': 'Log search',
  '\\b[Ll]edger\\b': 'Pipeline state',
  '\\b[Cc]ustomers?\\b': 'Organization',
  '\\b[Aa]ccess reviews?\\b': 'Access recertification',
};

type Tree = { [key: string]: string | Tree };

function textsOf(tree: Tree, path = ''): [path: string, text: string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value] as [string, string]] : textsOf(value, `${path}${key}.`),
  );
}

describe.each([
  ['ja', ja, retiredInJapanese],
  ['en', en, retiredInEnglish],
] as const)('the words of %s', (_, messages, retired) => {
  it.each(Object.entries(retired))('no longer say %s but %s', (pattern) => {
    const found = textsOf(messages).filter(([, text]) => new RegExp(pattern, 'u').test(text));
    expect(found).toEqual([]);
  });
});
