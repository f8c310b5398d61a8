import { escapeHtml, letter } from './letter.ts';
import type { Message } from './mailer.ts';

export interface LinkMessage {
  readonly language: 'ja' | 'en';
  readonly personName: string;
  /** In the message's language. */
  readonly organisationName: string;
  readonly link: string;
  readonly expiresAt: Date;
  /** IANA zone for the time that the reader sees. */
  readonly timeZone: string;
}

export interface Words {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly button: string;
  readonly ends: string;
  readonly ignore: string;
}

/** The first password is set through this link. */
export function invitationMessage(details: LinkMessage): Message {
  const { organisationName: organisation, personName: person } = details;
  return compose(
    details,
    details.language === 'ja'
      ? {
          subject: `${organisation} の Akashi への招待`,
          paragraphs: [`${person} 様`, `${organisation} のログ管理（Akashi）に招待されました。`],
          button: 'パスワードを設定する',
          ends: 'リンクは一度だけ使えます。期限',
          ignore: 'お心当たりがない場合は、このメールを破棄してください。',
        }
      : {
          subject: `You are invited to ${organisation} on Akashi`,
          paragraphs: [`Dear ${person},`, `${organisation} has invited you to its log management, Akashi.`],
          button: 'Set a password',
          ends: 'The link works once, until',
          ignore: 'If you did not expect this, please ignore the message.',
        },
  );
}

/** A new password and new second factors are set through this link. */
export function resetMessage(details: LinkMessage): Message {
  const { organisationName: organisation, personName: person } = details;
  return compose(
    details,
    details.language === 'ja'
      ? {
          subject: 'Akashi: 認証情報の再設定',
          paragraphs: [
            `${person} 様`,
            `${organisation} の管理者が認証情報をリセットしました。新しいパスワードと二要素認証を登録してください。`,
            '登録が終わると、これまでのパスワードと二要素認証は使えなくなります。',
          ],
          button: '認証情報を再設定する',
          ends: 'リンクは一度だけ使えます。期限',
          ignore: '依頼した覚えがない場合は、管理者に知らせてください。',
        }
      : {
          subject: 'Akashi: reset your credentials',
          paragraphs: [
            `Dear ${person},`,
            `An administrator of ${organisation} has reset your credentials. Please set a new password and a new second factor.`,
            'Your former password and factors end when you have done so.',
          ],
          button: 'Reset credentials',
          ends: 'The link works once, until',
          ignore: 'If you did not ask for this, please tell your administrator.',
        },
  );
}

export function compose(details: LinkMessage, words: Words): Message {
  const end = new Intl.DateTimeFormat(details.language, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: details.timeZone,
  }).format(details.expiresAt);
  const ends = `${words.ends}: ${end} (${details.timeZone})`;
  return letter({
    language: details.language,
    subject: words.subject,
    text: [...words.paragraphs, `${words.button}:\n${details.link}`, ends, words.ignore],
    parts: [
      ...words.paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`),
      `<p><a href="${escapeHtml(details.link)}">${escapeHtml(words.button)}</a></p>`,
      `<p>${escapeHtml(ends)}</p>`,
      `<p>${escapeHtml(words.ignore)}</p>`,
    ],
  });
}
