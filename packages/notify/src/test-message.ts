import { escapeHtml, letter } from './letter.ts';
import type { Message } from './mailer.ts';
import type { Organisation } from './news.ts';

/** What shows that messages of a channel arrive. */
export function testWords({ language, nameJa, nameEn }: Organisation): { subject: string; sentence: string } {
  return language === 'ja'
    ? {
        subject: `${nameJa}: 通知先の確認`,
        sentence: 'これは Akashi の通知先を確認するためのメッセージです。対応は不要です。',
      }
    : {
        subject: `${nameEn}: notification test`,
        sentence: 'This message tests a notification channel of Akashi. Nothing needs to be done.',
      };
}

export function testMessage(organisation: Organisation): Message {
  const { subject, sentence } = testWords(organisation);
  const parts = [`<p>${escapeHtml(sentence)}</p>`];
  return letter({ language: organisation.language, subject, text: [sentence], parts });
}
