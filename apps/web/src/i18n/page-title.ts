import { createTranslator } from 'next-intl';
import type { Metadata } from 'next';
import type ja from '../../messages/ja.json';
import type { PageId } from '../navigation/pages.ts';
import { readLocale } from './request-locale.ts';

export async function pageTitle(
  page: PageId | 'signIn' | 'invitation' | 'forgotten' | 'firstLog' | 'recovery',
): Promise<Metadata> {
  const { locale, messages } = await readLocale();
  const t = createTranslator({ locale, messages: messages as typeof ja, namespace: 'pages' });
  return { title: t(page) };
}
