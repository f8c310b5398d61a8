import type { Metadata } from 'next';
import { pageTitle } from '../../i18n/page-title.ts';
import { RecoveryPage } from '../../recovery/recovery-page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { ...(await pageTitle('recovery')), referrer: 'no-referrer', robots: 'noindex' };
}

export default function Page() {
  return <RecoveryPage />;
}
