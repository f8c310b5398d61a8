import type ja from '../../messages/ja.json';

declare module 'next-intl' {
  interface AppConfig {
    Messages: typeof ja;
    Locale: 'ja' | 'en';
  }
}
