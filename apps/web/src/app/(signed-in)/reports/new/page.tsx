import type { Metadata } from 'next';
import { pageTitle } from '../../../../i18n/page-title.ts';
import { NewReportPage } from '../../../../reports/edit-pages.tsx';

export function generateMetadata(): Promise<Metadata> {
  return pageTitle('reports');
}

export default function Page() {
  return <NewReportPage />;
}
