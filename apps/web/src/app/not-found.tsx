import { createTranslator } from 'next-intl';
import Link from 'next/link';
import type ja from '../../messages/ja.json';
import { readLocale } from '../i18n/request-locale.ts';

export default async function NotFound() {
  const { locale, messages } = await readLocale();
  const t = createTranslator({ locale, messages: messages as typeof ja, namespace: 'states.notFound' });
  return (
    <main className="mx-auto max-w-[72ch] p-8">
      <h1 className="mb-4 text-title">{t('title')}</h1>
      <Link href="/" className="control">
        {t('back')}
      </Link>
    </main>
  );
}
