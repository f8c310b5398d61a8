import { escapeHtml, letter } from './letter.ts';
import type { Message } from './mailer.ts';

export interface EndingThing {
  readonly kind: 'ingest' | 'api' | 'account';
  /** The name of the key or of the person. */
  readonly name: string;
  readonly endsAt: Date;
}

export interface ExpiryNotice {
  readonly language: 'ja' | 'en';
  /** In the message's language. */
  readonly organisationName: string;
  readonly things: readonly EndingThing[];
  /** IANA zone for the times that the reader sees. */
  readonly timeZone: string;
}

const kinds = {
  ja: { ingest: '取り込みキー', api: 'APIキー', account: 'アカウント' },
  en: { ingest: 'Ingest key', api: 'API key', account: 'Account' },
} as const;

/** Tells the administrators what ends soon: a key whose sender stops, an account that nobody can sign in with. */
export function expiryNotice(details: ExpiryNotice): Message {
  const { language, organisationName: organisation, things, timeZone } = details;
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone });
  const lines = things.map(({ kind, name, endsAt }) =>
    language === 'ja'
      ? `${kinds.ja[kind]}「${name}」: ${format.format(endsAt)}`
      : `${kinds.en[kind]} "${name}": ${format.format(endsAt)}`,
  );
  const { subject, opening, closing } =
    language === 'ja'
      ? {
          subject: `${organisation}: 有効期限の近いキー・アカウント（${things.length}件）`,
          opening: `次のキーとアカウントは、まもなく有効期限が切れます（時刻は ${timeZone}）。`,
          closing:
            '期限が切れた取り込みキーではログを受信できません。引き続き使う場合は、期限までにキーをローテーションするか、期限を延長してください。',
        }
      : {
          subject: `${organisation}: ${things.length} ${things.length === 1 ? 'key or account expires' : 'keys or accounts expire'} soon`,
          opening: `These keys and accounts expire soon (times in ${timeZone}):`,
          closing:
            'No logs are taken in with an expired ingest key. To go on using a key, rotate it or extend its expiry before then.',
        };
  const list = `<ul>${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ul>`;
  return letter({
    language,
    subject,
    text: [opening, lines.map((line) => `- ${line}`).join('\n'), closing],
    parts: [`<p>${escapeHtml(opening)}</p>`, list, `<p>${escapeHtml(closing)}</p>`],
  });
}
