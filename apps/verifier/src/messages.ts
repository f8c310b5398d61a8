/** Every finding as one plain sentence, in English and Japanese. */
import type { Problem, ProblemCode, Warning, WarningCode } from '@akashi/verify';

export type Language = 'en' | 'ja';
type Sentence = (fact: string, place: { block: string; leaf: string }) => string;

const problems: Record<ProblemCode, Record<Language, Sentence>> = {
  'block-body-altered': {
    en: (_, { block }) => `The stored records of block ${block} were altered: their SHA-256 is not the sealed one.`,
    ja: (_, { block }) => `ブロック ${block} に保管された記録が変更されています。SHA-256 が封印時と一致しません。`,
  },
  'block-header-altered': {
    en: (fact, { block }) =>
      fact === ''
        ? `The header of block ${block} was altered: it is not the log's entry.`
        : `In the place of block ${block} lies block ${fact}.`,
    ja: (fact, { block }) =>
      fact === ''
        ? `ブロック ${block} のヘッダーが変更されています。ログの登録内容と一致しません。`
        : `ブロック ${block} の場所にブロック ${fact} が置かれています。`,
  },
  'block-length-altered': {
    en: (fact, { block }) =>
      `The stored records of block ${block} were cut or extended (bytes there and sealed: ${fact}).`,
    ja: (fact, { block }) =>
      `ブロック ${block} の記録が切り詰められたか、追加されています (現在と封印時のバイト数: ${fact})。`,
  },
  'block-missing': {
    en: (_, { block }) => `Block ${block} was removed: the log names it, but it is not there.`,
    ja: (_, { block }) => `ブロック ${block} が削除されています。ログに登録がありますが、ファイルがありません。`,
  },
  'checkpoint-altered': {
    en: () => 'This checkpoint was altered: the signature does not fit its text.',
    ja: () => 'このチェックポイントが変更されています。署名が本文と一致しません。',
  },
  'checkpoint-missing': {
    en: () => 'This checkpoint was removed.',
    ja: () => 'このチェックポイントが削除されています。',
  },
  'checkpoint-not-current': {
    en: (fact) => `The newest checkpoint was turned back: one of size ${fact} had been signed already.`,
    ja: (fact) => `最新のチェックポイントが過去のものに戻されています。サイズ ${fact} のものが既に署名されていました。`,
  },
  'checkpoint-other-key': {
    en: () =>
      'This checkpoint of the tenant is signed by another key than the one you gave. Ask the tenant for its key by another way; if yours is that key, somebody else signed this.',
    ja: () =>
      'このテナントのチェックポイントが、指定された鍵とは別の鍵で署名されています。テナントに別の経路で鍵を確認してください。同じ鍵であれば、第三者が署名したものです。',
  },
  'checkpoint-retired-key': {
    en: () =>
      'This checkpoint is signed by a key that had been replaced by then. Whoever has the old key may have made it: ask who still does.',
    ja: () =>
      'このチェックポイントは、その時点ですでに更新されていた古い鍵で署名されています。古い鍵を持つ者が作った可能性があります。誰が保持しているか確認してください。',
  },
  'checkpoint-other-log': {
    en: (fact) =>
      `This checkpoint is of the log ${fact}, not of this tenant's. If that is the tenant you meant to check, give its key.`,
    ja: (fact) =>
      `このテナントではなく、ログ ${fact} のチェックポイントです。そのテナントを検証する場合は、その検証鍵を指定してください。`,
  },
  'checkpoint-root-mismatch': {
    en: (_, { block }) => `The log was altered at or before block ${block}: its entries do not give the signed root.`,
    ja: (_, { block }) =>
      `ブロック ${block} 以前でログが変更されています。登録内容から署名済みのルートが得られません。`,
  },
  'data-key-missing': {
    en: (fact, { block }) => `The records of block ${block} could not be opened: the data key file has no key ${fact}.`,
    ja: (fact, { block }) => `ブロック ${block} の記録を開けません。データ鍵ファイルに鍵 ${fact} がありません。`,
  },
  'disposal-false': {
    en: (_, { block }) =>
      `The disposal in entry ${block} is false: it does not say of its blocks what their entries in the log say, or names a block that is none or that another disposal names.`,
    ja: (_, { block }) =>
      `登録 ${block} の廃棄の記録が正しくありません。対象ブロックのログ登録と一致しないか、ブロックではない登録、または別の廃棄の対象であるブロックを挙げています。`,
  },
  'replacement-altered': {
    en: (_, { block }) =>
      `The object that took the place of block ${block} is not what its tombstone says, or was altered.`,
    ja: (_, { block }) =>
      `ブロック ${block} を置き換えたオブジェクトがトゥームストーンと一致しないか、変更されています。`,
  },
  'tombstone-false': {
    en: (_, { block }) =>
      `The tombstone in entry ${block} is false: it is not written as a tombstone is, or names records or a block that are not there.`,
    ja: (_, { block }) =>
      `登録 ${block} のトゥームストーンが正しくありません。形式が違うか、存在しない記録またはブロックを挙げています。`,
  },
  'disposed-early': {
    en: (fact, { block }) =>
      `Block ${block} was disposed of too early: by its own header it had to be kept for longer (disposal in entry ${fact}).`,
    ja: (fact, { block }) =>
      `ブロック ${block} が早く廃棄されています。ヘッダーにある保存期限より前です (廃棄の登録番号: ${fact})。`,
  },
  'entries-altered': {
    en: (_, { block }) =>
      block === '' ? 'This bundle of log entries was altered.' : `The log's entry for block ${block} was altered.`,
    ja: (_, { block }) =>
      block === '' ? 'このログ登録の束が変更されています。' : `ブロック ${block} のログ登録が変更されています。`,
  },
  'entries-missing': {
    en: () => 'This bundle of log entries was removed.',
    ja: () => 'このログ登録の束が削除されています。',
  },
  'header-malformed': {
    en: (_, { block }) => `The log's entry for block ${block} is not a block header.`,
    ja: (_, { block }) => `ブロック ${block} のログ登録がブロックのヘッダーではありません。`,
  },
  'header-misplaced': {
    en: (fact, { block }) => `The log's entry ${block} belongs elsewhere (tenant and block: ${fact}).`,
    ja: (fact, { block }) => `ログの登録 ${block} は別の場所のものです (テナントとブロック: ${fact})。`,
  },
  'history-rewritten': {
    en: (fact) =>
      `History was written anew: the log is not a continuation of the checkpoint of size ${fact} that you hold.`,
    ja: (fact) => `履歴が書き換えられています。お持ちのサイズ ${fact} のチェックポイントの続きではありません。`,
  },
  'key-change-false': {
    en: (_, { block }) => `Entry ${block} of the log says that a key was replaced, but not which one by which.`,
    ja: (_, { block }) => `ログの登録 ${block} は鍵の更新を示していますが、どの鍵からどの鍵への更新か読み取れません。`,
  },
  'key-change-unsigned': {
    en: () =>
      'The log says here that another key signs it from now on, but the key before did not sign that: somebody put a key of their own in.',
    ja: () =>
      'ログはここで署名鍵の更新を示していますが、更新前の鍵による署名がありません。第三者が自分の鍵を差し込んだものです。',
  },
  'keys-destroyed-early': {
    en: (_, { block }) =>
      `The keys were destroyed too early: by the headers of its blocks something had to be kept for longer (entry ${block}).`,
    ja: (_, { block }) => `鍵が早く破棄されています。ブロックのヘッダーにある保存期限より前です (登録 ${block})。`,
  },
  'keys-destroyed-false': {
    en: (_, { block }) =>
      `The statement in entry ${block} that the keys were destroyed is false: it is not the last entry, or does not say of its keys what the entries of the log say.`,
    ja: (_, { block }) =>
      `登録 ${block} の鍵の破棄の記録が正しくありません。最後の登録ではないか、鍵についての内容がログの登録と一致しません。`,
  },
  'log-truncated': {
    en: (fact) => `The end of the log was cut off (blocks now and in the checkpoint that you hold: ${fact}).`,
    ja: (fact) => `ログの末尾が切り取られています (現在とお持ちのチェックポイントのブロック数: ${fact})。`,
  },
  'not-sealed': {
    en: () =>
      "There is no sealed log in this folder. Give a tenant's own folder, archive/<tenant id>: log/ and blocks/ lie in it.",
    ja: () =>
      'このフォルダーには封印されたログがありません。log/ と blocks/ があるテナントのフォルダー (archive/<テナント ID>) を指定してください。',
  },
  'record-altered': {
    en: (_, { block, leaf }) => `Record ${leaf} of block ${block} was altered (the first that is not as sealed).`,
    ja: (_, { block, leaf }) => `ブロック ${block} の記録 ${leaf} が変更されています (封印時と異なる最初の記録)。`,
  },
  'records-mismatch': {
    en: (fact, { block }) => `The records of block ${block} are not those that were sealed (${fact}).`,
    ja: (fact, { block }) => `ブロック ${block} の記録が封印されたものと一致しません (${fact})。`,
  },
  'report-altered': {
    en: (fact) => `This report file is not the one whose hash was sealed (${fact}).`,
    ja: (fact) => `このレポートのファイルは、ハッシュが封印されたものではありません (${fact})。`,
  },
  'report-line-altered': {
    en: (_, { block, leaf }) =>
      `Record ${leaf} of block ${block} does not say which files a report froze, or contradicts an earlier one.`,
    ja: (_, { block, leaf }) =>
      `ブロック ${block} の記録 ${leaf} から、レポートの確定ファイルを読み取れないか、以前の記録と矛盾しています。`,
  },
  'report-missing': {
    en: () => 'This report file was removed: its hash is sealed, but it is not there.',
    ja: () => 'このレポートのファイルが削除されています。ハッシュは封印されていますが、ファイルがありません。',
  },
  'review-approved-by-reviewer': {
    en: (fact) =>
      `The log review was approved by its own reviewer, without a reason (day and name: ${fact}). PCI DSS 10.4.`,
    ja: (fact) =>
      `ログレビューが、レビューした本人により理由なく承認されています (日付と氏名: ${fact})。PCI DSS 10.4。`,
  },
  'review-document-altered': {
    en: (fact, { block, leaf }) =>
      `Record ${leaf} of block ${block} does not give the document that it says (${fact}).`,
    ja: (fact, { block, leaf }) => `ブロック ${block} の記録 ${leaf} から、記載どおりの文書が得られません (${fact})。`,
  },
  'review-record-missing': {
    en: (fact) => `The log review record of ${fact} that this belongs to is not in the log, or was altered.`,
    ja: (fact) => `対応する ${fact} のログレビュー記録がログにないか、変更されています。`,
  },
  'review-report-differs': {
    en: (fact) =>
      `The log review record names a report whose sealed hash is another or missing (day and run: ${fact}).`,
    ja: (fact) =>
      `ログレビュー記録が挙げるレポートの封印済みハッシュがないか、一致しません (日付とレポート作成のID: ${fact})。`,
  },
  'review-signature-invalid': {
    en: (fact, { block, leaf }) =>
      `The signature in record ${leaf} of block ${block} does not hold (why, and day: ${fact}).`,
    ja: (fact, { block, leaf }) =>
      `ブロック ${block} の記録 ${leaf} の署名が有効ではありません (理由と日付: ${fact})。`,
  },
  'review-signature-moved': {
    en: (fact) => `This signature belongs to another record (${fact}).`,
    ja: (fact) => `この署名は別の記録のものです (${fact})。`,
  },
  'review-unsigned': {
    en: (fact) => `The log review record of ${fact} has no signature of its reviewer that holds.`,
    ja: (fact) => `${fact} のログレビュー記録に、レビュー担当者の有効な署名がありません。`,
  },
  'signing-credential-invalid': {
    en: (fact, { block, leaf }) =>
      `The enrolment of a signing credential in record ${leaf} of block ${block} does not hold (${fact}).`,
    ja: (fact, { block, leaf }) =>
      `ブロック ${block} の記録 ${leaf} にある署名用の認証器の登録が有効ではありません (${fact})。`,
  },
  'slot-proof-false': {
    en: (fact) => `This slot proof does not hold, or is of another organisation (${fact}).`,
    ja: (fact) => `このスロット証明は成り立たないか、別の組織のものです (${fact})。`,
  },
  'witnessed-beyond-log': {
    en: (fact) =>
      `The end of the log was cut off: witnesses have cosigned a state of it beyond its end (blocks then and now: ${fact}).`,
    ja: (fact) =>
      `ログの末尾が切り取られています。現在の末尾より後の状態に、ウィットネスが連署しています (当時と現在のブロック数: ${fact})。`,
  },
  'witnessed-rewritten': {
    en: (fact) =>
      `History was written anew: at that size the log is not the one that witnesses have cosigned (size and time: ${fact}).`,
    ja: (fact) =>
      `履歴が書き換えられています。このサイズのログは、ウィットネスが連署したものと異なります (サイズと時刻: ${fact})。`,
  },
  'tile-altered': {
    en: () => 'This hash tile was altered: the log entries give other hashes.',
    ja: () => 'このハッシュタイルが変更されています。ログの登録内容から得られるハッシュと一致しません。',
  },
  'tile-missing': {
    en: () => 'This hash tile was removed.',
    ja: () => 'このハッシュタイルが削除されています。',
  },
  'time-backwards': {
    en: (_, { block }) => `The times of block ${block} go backwards.`,
    ja: (_, { block }) => `ブロック ${block} の時刻が逆行しています。`,
  },
  'timestamp-altered': {
    en: () => 'This time stamp was altered, or is none: the signature does not fit.',
    ja: () => 'このタイムスタンプが変更されているか、タイムスタンプではありません。署名が一致しません。',
  },
  'timestamp-beyond-log': {
    en: (fact) =>
      `The end of the log was cut off: this time stamp is of a checkpoint beyond it (blocks then and now: ${fact}).`,
    ja: (fact) =>
      `ログの末尾が切り取られています。このタイムスタンプは、現在の末尾より後のチェックポイントのものです (当時と現在のブロック数: ${fact})。`,
  },
  'timestamp-mismatch': {
    en: (fact) =>
      `History was written anew: the checkpoint of that size is not the one that was time-stamped (size and time: ${fact}).`,
    ja: (fact) =>
      `履歴が書き換えられています。このサイズのチェックポイントは、タイムスタンプが付与されたものと異なります (サイズと時刻: ${fact})。`,
  },
  'timestamp-not-in-log': {
    en: (fact) =>
      `The checkpoint that was time-stamped at ${fact} is not in this log: its end was cut off, history was written anew, or the time stamp is of another log.`,
    ja: (fact) =>
      `${fact} にタイムスタンプが付与されたチェックポイントが、このログにありません。末尾が切り取られたか、履歴が書き換えられたか、別のログのタイムスタンプです。`,
  },
  'unexpected-object': {
    en: () => 'This object does not belong to the log.',
    ja: () => 'このファイルはログに属していません。',
  },
  unreadable: {
    en: (fact) =>
      fact === 'EACCES'
        ? 'You are not permitted to read this: run the check as somebody who is.'
        : `This could not be read (${fact}).`,
    ja: (fact) =>
      fact === 'EACCES'
        ? '読み取る権限がありません。権限のあるユーザーで検証してください。'
        : `読み取れませんでした (${fact})。`,
  },
  'verifier-key-differs': {
    en: () => 'The copy of the verifier key beside the evidence is not the key you gave.',
    ja: () => '証跡に添えられた検証鍵の写しが、指定された鍵と異なります。',
  },
};

const warnings: Record<WarningCode, Record<Language, (fact: string) => string>> = {
  'format-text-differs': {
    en: () => 'The description of the format is not the one of this verifier.',
    ja: () => '形式の説明が、この検証プログラムのものと異なります。',
  },
  'grew-meanwhile': {
    en: (fact) => `The log grew by ${fact} while it was checked; check again to prove the rest.`,
    ja: (fact) => `検証中にログが ${fact} 件増えました。残りを証明するには、もう一度検証してください。`,
  },
  'not-yet-sealed': {
    en: () => 'Not yet in the log: its sealing was cut short and will be resumed.',
    ja: () => 'まだログに登録されていません。封印が途中で止まり、再開を待っています。',
  },
  'pointer-behind': {
    en: (fact) =>
      `This names the checkpoint before the newest: a sealing was cut short or is under way. Checked up to size ${fact}.`,
    ja: (fact) =>
      `最新より 1 つ前のチェックポイントを指しています。封印が途中で止まったか、進行中です。サイズ ${fact} まで検証しました。`,
  },
  'removal-pending': {
    en: (fact) =>
      `Blocks that were lawfully disposed of are still there; their removal is under way or will be resumed (how many, and the disposal's entry: ${fact}).`,
    ja: (fact) =>
      `廃棄済みと記録されたブロックがまだ残っています。削除の途中か、再開を待っています (ブロック数と廃棄の登録番号: ${fact})。`,
  },
  'original-left': {
    en: (fact) =>
      `Records were removed from this block by tombstone, and an earlier object that holds them is still there: the store locks it, or its removal is under way (block and tombstone: ${fact}).`,
    ja: (fact) =>
      `このブロックの記録はトゥームストーンにより削除されていますが、その記録を含む元のオブジェクトがまだ残っています。保管先がロックしているか、削除の途中です (ブロックとトゥームストーンの登録番号: ${fact})。`,
  },
  'replacement-pending': {
    en: (fact) =>
      `A tombstone says that records of this block are removed; the object that is to take its place is not there yet and will be written (block and tombstone: ${fact}).`,
    ja: (fact) =>
      `このブロックの記録を削除するトゥームストーンがありますが、置き換えるオブジェクトがまだありません。これから書き込まれます (ブロックとトゥームストーンの登録番号: ${fact})。`,
  },
  'report-not-sealed': {
    en: () => 'No sealed line names this report file: its run is under way, or ended before it was sealed.',
    ja: () => 'このレポートのファイルを挙げる封印済みの記録がありません。作成中か、封印の前に終了しています。',
  },
  'review-day-silent': {
    en: (fact) => `The log was silent for more than an hour within a reviewed day (day, from, to: ${fact}).`,
    ja: (fact) => `レビュー対象日の中に、ログが 1 時間を超えて途切れた時間があります (日付、開始、終了: ${fact})。`,
  },
  'review-days-missing': {
    en: (fact) => `No log review record is sealed for these days (first and last: ${fact}).`,
    ja: (fact) => `ログレビュー記録が封印されていない日があります (最初と最後: ${fact})。`,
  },
  'review-not-judged': {
    en: (fact) =>
      `This line of a log review needs an earlier record, enrolment or report line that is not there; blocks before it were lawfully disposed of, so it is not judged (${fact}).`,
    ja: (fact) =>
      `このログレビューの記録に必要な、以前の記録、署名鍵の登録、またはレポートの記録がありません。以前のブロックが保存期間を過ぎて廃棄されているため、判定していません (${fact})。`,
  },
  'review-self-approved': {
    en: (fact) =>
      `The reviewer approved their own log review, with a reason that the signature holds (day and name: ${fact}).`,
    ja: (fact) => `レビューした本人が、署名された理由を添えて承認しています (日付と氏名: ${fact})。`,
  },
  silence: {
    en: (fact) =>
      `No block was made for ${fact} minutes before this one; one is promised every hour (format 1: every ten minutes).`,
    ja: (fact) =>
      `このブロックの前に ${fact} 分間ブロックがありません (1 時間ごと、形式 1 では 10 分ごとに作られる約束です)。`,
  },
  'timestamp-before-block': {
    en: (fact) =>
      `The log says that its block was made after the authority had it stamped: a clock was wrong (block, its time, time of the stamp: ${fact}).`,
    ja: (fact) =>
      `ブロックの作成時刻が、タイムスタンプの時刻より後になっています。いずれかの時計が誤っています (ブロック、作成時刻、タイムスタンプの時刻: ${fact})。`,
  },
  'timestamp-late': {
    en: (fact) =>
      `These blocks were time-stamped more than two days after the first of them says that it was made: whoever held the keys may have written them as late as that (first and last block, time of the first, time of the stamp: ${fact}).`,
    ja: (fact) =>
      `最初のブロックの作成時刻から 2 日を超えて、タイムスタンプが付与されています。鍵を持つ人がその時刻までに書いた可能性があります (最初と最後のブロック、最初の作成時刻、タイムスタンプの時刻: ${fact})。`,
  },
  'timestamp-untrusted': {
    en: (fact) => `No way leads from this time stamp to a certificate that you trust (${fact}).`,
    ja: (fact) => `このタイムスタンプは、信頼する証明書にたどり着きません (${fact})。`,
  },
  'statement-unknown': {
    en: (fact) =>
      `The log holds a statement of a kind that this verifier does not know (kind and entry: ${fact}). Its place in the log is proven; a newer verifier can judge what it says.`,
    ja: (fact) =>
      `この検証プログラムが知らない種類のステートメントがログにあります (種類と登録番号: ${fact})。ログ内の位置は証明済みです。内容は新しい検証プログラムで確認できます。`,
  },
  'witness-log-unknown': {
    en: () => 'This slot proof is of an installation log that the policy does not name.',
    ja: () => 'このスロット証明は、ポリシーファイルにないインストールログのものです。',
  },
  'witness-quorum-missing': {
    en: (fact) => `Fewer witnesses than the policy asks for have cosigned this (${fact} of them did).`,
    ja: (fact) => `連署したウィットネスが、ポリシーファイルの求める数に足りません (連署: ${fact} 件)。`,
  },
  'unknown-file': {
    en: () => 'This file is not part of the evidence format and was not checked.',
    ja: () => 'このファイルは証跡の形式に含まれないため、検証していません。',
  },
};

export function describeProblem(problem: Problem, language: Language): string {
  const place = { block: String(problem.block ?? ''), leaf: String(problem.leaf ?? '') };
  return problems[problem.code][language](problem.fact ?? '', place);
}

export function describeWarning(warning: Warning, language: Language): string {
  return warnings[warning.code][language](warning.fact ?? '');
}
