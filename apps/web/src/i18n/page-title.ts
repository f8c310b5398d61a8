import { createTranslator } from 'next-intl';
import type { Metadata } from 'next';
import type ja from '../../messages/ja.json';
import { readLocale } from './request-locale.ts';

export async function pageTitle(page: 'explorer' | 'sources' | 'integrity' | 'signIn'): Promise<Metadata> {
  const { locale, messages } = await readLocale();
  const t = createTranslator({ locale, messages: messages as typeof ja, namespace: 'pages' });
  return { title: t(page) };
}
