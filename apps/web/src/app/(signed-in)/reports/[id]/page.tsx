import type { Metadata } from 'next';
import { pageTitle } from '../../../../i18n/page-title.ts';
import { ReportPage } from '../../../../reports/report-page.tsx';

export function generateMetadata(): Promise<Metadata> {
  return pageTitle('reports');
}

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <ReportPage id={(await params).id} />;
}
