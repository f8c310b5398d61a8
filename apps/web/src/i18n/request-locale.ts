import type { AbstractIntlMessages } from 'next-intl';
import { cookies, headers } from 'next/headers';
import en from '../../messages/en.json';
import ja from '../../messages/ja.json';
import { localeCookie, pickLocale, type Locale } from './locale.ts';

const messagesOf: Record<Locale, AbstractIntlMessages> = { ja, en };

export async function readLocale(): Promise<{ locale: Locale; messages: AbstractIntlMessages }> {
  const locale = pickLocale((await cookies()).get(localeCookie)?.value, (await headers()).get('accept-language'));
  return { locale, messages: messagesOf[locale] };
}
