'use client';

import { NextIntlClientProvider, type AbstractIntlMessages } from 'next-intl';
import type { ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';
import type { Locale } from './locale.ts';

interface IntlProviderProps {
  locale: Locale;
  messages: AbstractIntlMessages;
  children: ReactNode;
}

export function IntlProvider({ locale, messages, children }: IntlProviderProps) {
  return (
    <NextIntlClientProvider locale={locale} messages={messages} timeZone="UTC">
      <I18nProvider locale={locale === 'ja' ? 'ja-JP' : 'en-US'}>{children}</I18nProvider>
    </NextIntlClientProvider>
  );
}
