'use client';

import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { SignInFrame } from '../sign-in/sign-in-frame.tsx';

/** What to do without the password or the second factor. It asks for no address, so it can tell of none. */
export function ForgottenFactor() {
  const t = useTranslations('forgotten');
  return (
    <SignInFrame>
      <h1 className="mb-4 text-title">{t('title')}</h1>
      <h2 className="mb-1 font-medium">{t('codesTitle')}</h2>
      <p className="mb-4">{t('codes')}</p>
      <h2 className="mb-1 font-medium">{t('askTitle')}</h2>
      <ol className="mb-4 ml-5 list-decimal">
        <li>{t('ask')}</li>
        <li>{t('check')}</li>
        <li>{t('link')}</li>
      </ol>
      <h2 className="mb-1 font-medium">{t('lockedTitle')}</h2>
      <p className="mb-6">{t('locked')}</p>
      <p className="mb-6 border-l-2 border-line pl-3 text-meta text-muted">{t('why')}</p>
      <Link href="/sign-in" className="control">
        {t('back')}
      </Link>
    </SignInFrame>
  );
}
