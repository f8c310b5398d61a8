import { localeCookie, locales } from './locale.ts';

const oneYearSeconds = 31_536_000;

export function rememberLocale(locale: string): void {
  document.cookie = `${localeCookie}=${locale}; Path=/; Max-Age=${oneYearSeconds}; SameSite=Lax`;
}

/** The language of the person's profile, unless they have chosen one in this browser. */
export function adoptLanguage(language: string): void {
  const chosen = document.cookie.split('; ').some((entry) => entry.startsWith(`${localeCookie}=`));
  if (!chosen && locales.some((locale) => locale === language)) rememberLocale(language);
}
