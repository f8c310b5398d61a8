import type { Metadata } from 'next';
import { ForgottenFactor } from '../../forgotten-factor/forgotten-factor.tsx';
import { pageTitle } from '../../i18n/page-title.ts';

export function generateMetadata(): Promise<Metadata> {
  return pageTitle('forgotten');
}

export default function Page() {
  return <ForgottenFactor />;
}
