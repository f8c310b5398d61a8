import type { Metadata } from 'next';
import { pageTitle } from '../../../i18n/page-title.ts';
import { RetentionPage } from '../../../retention/retention-page.tsx';

export function generateMetadata(): Promise<Metadata> {
  return pageTitle('retention');
}

export default function Page() {
  return <RetentionPage />;
}
