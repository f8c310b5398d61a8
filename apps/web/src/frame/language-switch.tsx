'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { Button } from 'react-aria-components';
import { rememberLocale } from '../i18n/adopt-language.ts';
import { locales, type Locale } from '../i18n/locale.ts';

const names: Record<Locale, { short: string; full: string }> = {
  ja: { short: 'ja', full: '日本語' },
  en: { short: 'en', full: 'English' },
};

export function LanguageSwitch() {
  const t = useTranslations('frame');
  const current = useLocale();
  const router = useRouter();
  const choose = (locale: Locale) => {
    rememberLocale(locale);
    router.refresh();
  };
  return (
    <span role="group" aria-label={t('language')} className="inline-flex">
      {locales.map((locale) => (
        <Button
          key={locale}
          aria-label={`${names[locale].short} ${names[locale].full}`}
          aria-pressed={locale === current}
          onPress={() => choose(locale)}
          className={`control control-quiet control-small ${locale === current ? 'font-medium text-text' : 'text-muted'}`}
        >
          <span lang={locale}>{names[locale].short}</span>
        </Button>
      ))}
    </span>
  );
}
