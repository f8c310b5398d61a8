import type { Mailer, Message } from './mailer.ts';

/** What a letter about reports and reviews says of its reader, and where they are. */
export interface LetterDetails {
  readonly language: 'ja' | 'en';
  readonly personName: string;
  readonly organisationName: string;
  readonly webUrl: string;
  readonly timeZone: string;
}

export interface LetterReader {
  readonly displayName: string;
  readonly email: string;
  readonly language: string;
}

export interface LetterOrganisation {
  readonly nameJa: string;
  readonly nameEn: string;
  readonly timeZone: string;
}

/** In the reader's language; Japanese where it is neither. */
export function letterTo(
  { displayName, language: spoken }: LetterReader,
  { nameJa, nameEn, timeZone }: LetterOrganisation,
  webUrl: string,
): LetterDetails {
  const language = spoken === 'en' ? 'en' : 'ja';
  return { language, personName: displayName, organisationName: language === 'ja' ? nameJa : nameEn, webUrl, timeZone };
}

/** Sends a letter that is news and no work: a mail server that is away costs this one, and `onFailed` hears of it. */
export async function sendLetter(
  { mailer, onFailed }: { readonly mailer: Pick<Mailer, 'send'>; readonly onFailed: (error: unknown) => void },
  { displayName, email }: LetterReader,
  message: Message,
): Promise<void> {
  try {
    await mailer.send({ name: displayName, address: email }, message);
  } catch (error) {
    onFailed(error);
  }
}
