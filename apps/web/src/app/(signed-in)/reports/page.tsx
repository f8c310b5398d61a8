import type { Metadata } from 'next';
import { pageTitle } from '../../../i18n/page-title.ts';
import { ReportsPage } from '../../../reports/reports-page.tsx';

export function generateMetadata(): Promise<Metadata> {
  return pageTitle('reports');
}

export default function Page() {
  return <ReportsPage />;
}
