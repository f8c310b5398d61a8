import { escapeHtml, letter } from './letter.ts';
import type { Message } from './mailer.ts';
import { byUrgency, reviewNewsLink, type ReviewNews } from './review-news.ts';
import type { SignedAction } from './signed-news.ts';
import { sayInEnglish, sayInJapanese, type NewsClock } from './review-words.ts';

interface ReviewMessage {
  readonly language: 'ja' | 'en';
  /** Who gets it. */
  readonly personName: string;
  /** In the message's language. */
  readonly organisationName: string;
  /** Where people find the web app. */
  readonly webUrl: string;
  /** IANA zone for the times that the reader sees. */
  readonly timeZone: string;
}

export interface ReviewDigest extends ReviewMessage {
  /** At least one. */
  readonly news: readonly ReviewNews[];
}

/** What was signed, as it is kept; record and signature are canonical JSON, as they are sealed. */
export interface SignedRecordMessage extends ReviewMessage {
  readonly signature: {
    readonly day: string;
    /** Of the record that was signed, or that an addendum adds to. */
    readonly revision: number;
    readonly action: SignedAction;
    readonly signedAt: Date;
    readonly envelope: Uint8Array;
  };
  readonly record: {
    readonly canonical: Uint8Array;
    /** Hexadecimal. */
    readonly sha256: string;
  };
}

const words = {
  ja: {
    dear: (name: string) => `${name} 様`,
    several: (count: number) => `レビューとレポートのお知らせ ${count} 件`,
    open: '画面を開く',
    actions: { reviewed: '提出', approved: '承認', returned: '差し戻し', addendum: '追記' },
    signedSubject: (day: string, action: string) => `${day}のログレビュー記録（${action}）の控え`,
    signed: (details: { day: string; revision: number; action: string; time: string }) =>
      `${details.time} に、${details.day}のログレビュー記録（第${details.revision}版）への「${details.action}」の署名が行われました。署名した記録と署名を添付します。`,
    hash: '記録のSHA-256',
    keep: 'このメールは削除せず、Akashi とは別の場所に保管してください。記録が後から書き換えられた場合、この控えとの食い違いとして検出できます。署名した覚えがない場合は、すぐに管理者へ知らせてください。',
  },
  en: {
    dear: (name: string) => `Dear ${name},`,
    several: (count: number) => `${count} notices about reviews and reports`,
    open: 'Open the page',
    actions: { reviewed: 'submission', approved: 'approval', returned: 'return', addendum: 'addendum' },
    signedSubject: (day: string, action: string) => `your copy of the log review record of ${day} (${action})`,
    signed: (details: { day: string; revision: number; action: string; time: string }) =>
      `At ${details.time} you signed the log review record of ${details.day} (revision ${details.revision}; ${details.action}). The record and your signature are attached.`,
    hash: 'SHA-256 of the record',
    keep: 'Please keep this message, outside of Akashi. If the record is changed later, it no longer agrees with this copy. If you did not sign it, tell your administrator at once.',
  },
} as const;

/**
 * Everything that one person is to be told of reports and reviews, as one message: what must be done soonest first, each
 * with the link of its page. No log content, no comment and no reason is in it.
 */
export function reviewDigest(details: ReviewDigest): Message {
  const { language, organisationName, personName, webUrl } = details;
  const say = words[language];
  const clock = clockOf(details);
  const told = byUrgency(details.news).map((news) => ({
    ...(language === 'ja' ? sayInJapanese(news, clock) : sayInEnglish(news, clock)),
    link: reviewNewsLink(webUrl, news),
  }));
  const [first] = told;
  const subject = told.length === 1 && first !== undefined ? first.subject : say.several(told.length);
  return letter({
    language,
    subject: `${organisationName}: ${subject}`,
    text: [say.dear(personName), ...told.map(({ sentence, link }) => `${sentence}\n${link}`)],
    parts: [
      paragraph(say.dear(personName)),
      ...told.map(
        ({ sentence, link }) =>
          `<p>${escapeHtml(sentence)}<br><a href="${escapeHtml(link)}">${escapeHtml(say.open)}</a></p>`,
      ),
    ],
  });
}

/** The record and the signature, to whoever signed it, at once: a copy that no later change of the installation reaches. */
export function signedRecordMessage(details: SignedRecordMessage): Message {
  const { language, organisationName, personName, webUrl, signature, record } = details;
  const { day, revision } = signature;
  const say = words[language];
  const clock = clockOf(details);
  const action = say.actions[signature.action];
  const link = `${webUrl}/reviews/${day}`;
  const named = { day: clock.day(day), revision, action, time: clock.time(signature.signedAt) };
  const sentences = [say.dear(personName), say.signed(named), `${say.hash}: ${record.sha256}`, say.keep];
  const name = `akashi-review-${day}-r${revision}-${signature.action}`;
  return {
    ...letter({
      language,
      subject: `${organisationName}: ${say.signedSubject(named.day, action)}`,
      text: [...sentences, `${say.open}:\n${link}`],
      parts: [...sentences.map(paragraph), `<p><a href="${escapeHtml(link)}">${escapeHtml(say.open)}</a></p>`],
    }),
    files: [
      { name: `${name}.json`, text: Buffer.from(record.canonical).toString('utf8'), type: 'application/json' },
      {
        name: `${name}-signature.json`,
        text: Buffer.from(signature.envelope).toString('utf8'),
        type: 'application/json',
      },
    ],
  };
}

function paragraph(sentence: string): string {
  return `<p>${escapeHtml(sentence)}</p>`;
}

function clockOf({ language, timeZone }: ReviewMessage): NewsClock {
  const days = new Intl.DateTimeFormat(language, { dateStyle: language === 'ja' ? 'long' : 'medium', timeZone: 'UTC' });
  const times = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone });
  return {
    day: (day) => days.format(new Date(`${day}T00:00:00Z`)),
    time: (moment) => `${times.format(moment)} (${timeZone})`,
  };
}
