import type { Metadata } from 'next';
import { IntegrityPage } from '../../../integrity/integrity-page.tsx';
import { pageTitle } from '../../../i18n/page-title.ts';

export function generateMetadata(): Promise<Metadata> {
  return pageTitle('integrity');
}

export default function Page() {
  return <IntegrityPage />;
}
