import '@fontsource-variable/m-plus-1-code/wght.css';
import '@fontsource-variable/noto-sans-jp/wght.css';
import './globals.css';
import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { readEnv } from '../env.ts';
import { IntlProvider } from '../i18n/intl-provider.tsx';
import { readLocale } from '../i18n/request-locale.ts';
import { Providers } from '../frame/providers.tsx';
import { clockOffsetAttribute } from '../time/clock.ts';

export const metadata: Metadata = { title: { default: 'Akashi', template: '%s · Akashi' } };
export const viewport: Viewport = { width: 'device-width', initialScale: 1 };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const { locale, messages } = await readLocale();
  const nonce = (await headers()).get('x-nonce') ?? '';
  const { clockOffsetSeconds } = readEnv();
  return (
    // The theme's class is set before the first paint, by a script: the server cannot know it.
    <html
      lang={locale}
      {...(clockOffsetSeconds === 0 ? {} : { [clockOffsetAttribute]: clockOffsetSeconds })}
      suppressHydrationWarning
    >
      <body>
        <IntlProvider locale={locale} messages={messages}>
          <Providers nonce={nonce}>{children}</Providers>
        </IntlProvider>
      </body>
    </html>
  );
}
