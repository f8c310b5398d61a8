import { escapeHtml, letter } from './letter.ts';
import type { Message } from './mailer.ts';

export interface AccessReviewReminder {
  readonly language: 'ja' | 'en';
  /** In the message's language. */
  readonly organisationName: string;
  /** When everything has to be decided. */
  readonly dueAt: Date;
  /** How many rights of a review that is open are not decided; null while none is open. */
  readonly undecided: number | null;
  /** IANA zone for the day that the reader sees. */
  readonly timeZone: string;
}

/** Reminds the administrators that rights are to be reviewed at least every six months (PCI DSS 7.2.4). */
export function accessReviewReminder(details: AccessReviewReminder): Message {
  const { language, organisationName: organisation, undecided, timeZone } = details;
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone }).format(details.dueAt);
  const { subject, paragraphs } =
    language === 'ja'
      ? {
          subject: `${organisation}: アクセス権の棚卸しの期限は ${day} です`,
          paragraphs: [
            undecided === null
              ? `${organisation} のアクセス権の棚卸しを ${day} までに完了してください。棚卸しはまだ開始されていません。`
              : `${organisation} のアクセス権の棚卸しを ${day} までに完了してください。未決定のアクセス権が ${undecided} 件あります。`,
            'アカウントとアクセス権は、6か月に1回以上の見直しが必要です（PCI DSS 7.2.4）。「アクセス権の棚卸し」の画面で、すべてのアクセス権を継続または削除してください。',
          ],
        }
      : {
          subject: `${organisation}: access recertification is due on ${day}`,
          paragraphs: [
            undecided === null
              ? `Complete the access recertification of ${organisation} by ${day}. It has not been started yet.`
              : `Complete the access recertification of ${organisation} by ${day}. ${undecided} ${undecided === 1 ? 'right is' : 'rights are'} undecided.`,
            'Accounts and access rights must be reviewed at least every six months (PCI DSS 7.2.4). On the page "Access recertification", keep or remove each of them.',
          ],
        };
  const parts = paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`);
  return letter({ language, subject, text: paragraphs, parts });
}
