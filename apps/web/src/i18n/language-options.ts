import type { Locale } from './locale.ts';

/** The languages to choose from, each in itself, so that whoever needs it finds it. */
export const languageOptions: readonly { id: Locale; label: string }[] = [
  { id: 'ja', label: '日本語' },
  { id: 'en', label: 'English' },
];
