import type { Metadata } from 'next';
import { SourcesPage } from '../../../sources/sources-page.tsx';
import { pageTitle } from '../../../i18n/page-title.ts';

export function generateMetadata(): Promise<Metadata> {
  return pageTitle('sources');
}

export default function Page() {
  return <SourcesPage />;
}
