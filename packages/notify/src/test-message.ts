import { escapeHtml, letter } from './letter.ts';
import type { Message } from './mailer.ts';
import type { Organisation } from './news.ts';

/** Shows that mail of a channel arrives. */
export function testMessage({ language, nameJa, nameEn }: Organisation): Message {
  const [subject, sentence] =
    language === 'ja'
      ? [`${nameJa}: 通知先の確認`, 'これは Akashi の通知先を確認するためのメールです。対応は不要です。']
      : [
          `${nameEn}: notification test`,
          'This message tests a notification channel of Akashi. Nothing needs to be done.',
        ];
  return letter({ language, subject, text: [sentence], parts: [`<p>${escapeHtml(sentence)}</p>`] });
}
