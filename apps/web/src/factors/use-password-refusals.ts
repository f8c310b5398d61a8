'use client';

import { useTranslations } from 'next-intl';

/** Words for a password that cannot be taken, by code and reason. */
export function usePasswordRefusals(): Readonly<Record<string, string>> {
  const t = useTranslations('newPassword.refused');
  return {
    'password-refused/too-short': t('too-short'),
    'password-refused/too-long': t('too-long'),
    'password-refused/needs-letters-and-digits': t('needs-letters-and-digits'),
    'password-refused/like-the-person': t('like-the-person'),
    'password-refused/breached': t('breached'),
    'password-refused/used-before': t('used-before'),
    'password-refused': t('other'),
  };
}
