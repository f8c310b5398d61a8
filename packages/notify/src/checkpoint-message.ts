import { filesOf, type ParcelStamp } from './checkpoint-parcel.ts';
import { escapeHtml, letter } from './letter.ts';
import type { Message } from './mailer.ts';

export interface CheckpointMessage {
  readonly language: 'ja' | 'en';
  /** In the message's language. */
  readonly organisationName: string;
  /** Blocks that the checkpoint commits to. */
  readonly size: number;
  /** The signed note (C2SP tlog-checkpoint). */
  readonly note: string;
  readonly verifierKey: string;
  readonly provenAt: Date;
  /** Time stamps of it, which go with the mail. */
  readonly stamps: readonly ParcelStamp[];
  /** IANA zone for the time that the reader sees. */
  readonly timeZone: string;
}

/**
 * The checkpoint that verification proved last, to be kept outside of the installation: whoever rewrites the log later,
 * with every key, cannot rewrite this copy. It holds no log content.
 */
export function checkpointMessage(details: CheckpointMessage): Message {
  const { language, organisationName: organisation, size, note, verifierKey, stamps } = details;
  const time = new Intl.DateTimeFormat(language, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: details.timeZone,
  }).format(details.provenAt);
  const fileName = `akashi-checkpoint-${size}.txt`;
  const [, ...stampFiles] = filesOf({ size, note, stamps });
  const [stampFile] = stampFiles;
  const since = `npx akashi-verify ARCHIVE --key VERIFIER-KEY --since ${fileName}`;
  const command =
    stampFile === undefined ? since : `${since} \\\n  --timestamps ${stampFile.name} --timestamp-ca CERTIFICATE.pem`;
  const blocks = size.toLocaleString(language);
  const words =
    language === 'ja'
      ? {
          subject: `${organisation}: 本日のチェックポイント（${blocks} ブロック）`,
          paragraphs: [
            `${organisation} のログは ${time}（${details.timeZone}）に検証され、改ざんのないことを確認しました。その時点のチェックポイントを添付します。`,
            'このメールは削除せず、Akashi とは別の場所に保管してください。後からログが書き換えられた場合、たとえ署名鍵を持つ人の操作でも、このチェックポイントとの食い違いとして検出できます。',
            '保管したチェックポイントは、次のコマンドで確認できます。',
          ] as const,
          stamped: (authority: string) =>
            `${authority} のタイムスタンプを添付します。この時刻にはチェックポイントが存在していたことを、Akashi の運用者に頼らずに証明します。`,
          key: '検証鍵',
        }
      : {
          subject: `${organisation}: today's checkpoint (${blocks} blocks)`,
          paragraphs: [
            `The logs of ${organisation} were verified at ${time} (${details.timeZone}) and found unaltered. The checkpoint of that moment is attached.`,
            'Please keep this message, outside of Akashi. If the log is rewritten later, even by somebody who holds the signing key, it no longer agrees with this checkpoint.',
            'To check an archive against a checkpoint that you kept:',
          ] as const,
          stamped: (authority: string) =>
            `The time stamp of ${authority} is attached: it proves, without trusting those who run Akashi, that the checkpoint was there at that time.`,
          key: 'Verifier key',
        };
  const [seen, keep, check] = words.paragraphs;
  const shownKey = `${words.key}: ${verifierKey}`;
  const stamped = stamps.map(({ authority }) => words.stamped(authority));
  const text = [seen, note.trimEnd(), keep, ...stamped, check, command, shownKey];
  const paragraph = (sentence: string): string => `<p>${escapeHtml(sentence)}</p>`;
  const literal = (lines: string): string => `<pre>${escapeHtml(lines)}</pre>`;
  const parts = [
    paragraph(seen),
    literal(note.trimEnd()),
    paragraph(keep),
    ...stamped.map(paragraph),
    paragraph(check),
    literal(command),
    paragraph(shownKey),
  ];
  const files = [{ name: fileName, text: note }, ...stampFiles];
  return { ...letter({ language, subject: words.subject, text, parts }), files };
}
