/** What the proofs from outside prove, and what none of them can, in plain sentences. */
import type { HeldOutcome, TimeStampTotals, Verification } from '@akashi/verify';
import type { Language } from './messages.ts';

const count = (value: number): string => value.toLocaleString('en-US');

type Since = { file: string; size: number; outcome: HeldOutcome; now: number };

const sinceWords: Record<HeldOutcome, Record<Language, (since: Since) => string>> = {
  continued: {
    en: ({ file, size, now }) =>
      `The log goes on from the checkpoint ${file} that you kept: since you got it, nobody changed, removed, added or reordered anything in the first ${count(size)} blocks, whatever keys they hold. Of the ${count(now - size)} blocks after it, it says nothing; nor of what was left out before it was logged.`,
    ja: ({ file, size, now }) =>
      `ログは、保管されていたチェックポイント ${file} の続きです。入手後、先頭の ${count(size)} ブロックは、どの鍵を持つ人によっても変更・削除・追加・並べ替えされていません。その後の ${count(now - size)} ブロックと、記録の前に除かれたものについては、何も証明しません。`,
  },
  truncated: {
    en: ({ file, size, now }) =>
      `The log is not what the checkpoint ${file} that you kept committed to: it held ${count(size)} blocks then and holds ${count(now)} now.`,
    ja: ({ file, size, now }) =>
      `ログは、保管されていたチェックポイント ${file} の時点と異なります。当時は ${count(size)} ブロック、現在は ${count(now)} ブロックです。`,
  },
  rewritten: {
    en: ({ file, size }) =>
      `The log is not what the checkpoint ${file} that you kept committed to: somewhere in the first ${count(size)} blocks it was written anew, with the log's own key.`,
    ja: ({ file, size }) =>
      `ログは、保管されていたチェックポイント ${file} と一致しません。先頭の ${count(size)} ブロックのどこかが、ログ自身の鍵で書き直されています。`,
  },
  undecided: {
    en: ({ file }) =>
      `Whether the log goes on from the checkpoint ${file} that you kept could not be decided: too much of it is missing.`,
    ja: ({ file }) =>
      `保管されていたチェックポイント ${file} の続きであるかを判定できません。ログの欠けている部分が多すぎます。`,
  },
};

/** One paragraph on the checkpoint that was kept; null when none was given. */
export function sinceLine(
  { since, head }: Verification,
  held: { file: string; size: number } | null,
  language: Language,
): string | null {
  if (since === null || held === null) return null;
  return `  ${sinceWords[since][language]({ ...held, outcome: since, now: head?.size ?? 0 })}`;
}

/** One paragraph on the time stamps; `isAsked` tells that there are none, too. */
export function timeStampLine({ timeStamps, head }: Verification, isAsked: boolean, language: Language): string | null {
  const isEnglish = language === 'en';
  if (timeStamps === null) {
    if (!isAsked) return null;
    return isEnglish ? '  There is no time stamp to check.' : '  検証するタイムスタンプがありません。';
  }
  const { newest } = timeStamps;
  if (newest === null) return isEnglish ? '  No time stamp holds.' : '  有効なタイムスタンプがありません。';
  const at = newest.at.toISOString();
  const after = (head?.size ?? 0) - newest.size;
  const proven = isEnglish
    ? `  ${count(timeStamps.stamps)} time stamps hold. The first ${count(newest.size)} blocks were there at ${at}, by the clock of ${newest.authority}: nobody can have written them later. That they were not there long before, that their own times are true, and anything of the ${count(after)} blocks after them, no time stamp proves.`
    : `  タイムスタンプ ${count(timeStamps.stamps)} 件が有効です。先頭の ${count(newest.size)} ブロックは、${newest.authority} の時計で ${at} には存在していました。それより後に書かれたものではありません。それよりずっと前になかったこと、ブロック自身の時刻が正しいこと、その後の ${count(after)} ブロックについては、証明しません。`;
  return `${proven}${trustWords(timeStamps, isEnglish)}`;
}

function trustWords({ trusted, stamps }: TimeStampTotals, isEnglish: boolean): string {
  if (trusted === null) {
    return isEnglish
      ? ' Who the authority is was not checked: give its certificate with --timestamp-ca.'
      : ' 時刻認証局の真正性は検証していません。証明書を --timestamp-ca で指定してください。';
  }
  if (trusted === stamps) return '';
  return isEnglish
    ? ` Only ${count(trusted)} of them are of an authority that you trust.`
    : ` このうち、信頼する時刻認証局のものは ${count(trusted)} 件です。`;
}

/** One paragraph on what witnesses have cosigned; null when nobody asked. */
export function witnessLine({ witnesses, head }: Verification, language: Language): string | null {
  if (witnesses === null) return null;
  const isEnglish = language === 'en';
  const { newest, proofs } = witnesses;
  if (newest === null) {
    return isEnglish
      ? '  No state of the log is shown to be cosigned by as many witnesses as the policy asks for.'
      : '  ポリシーファイルの求める数のウィットネスが連署したログの状態はありません。';
  }
  const { size, at, witnesses: names } = newest;
  const by = names.join(', ');
  const after = count((head?.size ?? 0) - size);
  return isEnglish
    ? `  ${count(proofs)} slot proofs hold. The first ${count(size)} blocks are those that ${by} cosigned${at === null ? '' : ` at ${at.toISOString()}`} as part of the installation log: nobody can have another history of them witnessed under its name, whatever keys they hold. That these witnesses do not act together with the operator, that what was logged is true or complete, and anything of the ${after} blocks after them, no witness proves.`
    : `  スロット証明 ${count(proofs)} 件が有効です。先頭の ${count(size)} ブロックは、${by} が${at === null ? '' : ` ${at.toISOString()} に`}インストールログの一部として連署したものです。どの鍵を持つ人も、同じ名前で別の履歴に連署を得ることはできません。ウィットネスが運用者と結託していないこと、記録の内容が事実で漏れがないこと、その後の ${after} ブロックについては、証明しません。`;
}
