import type { Metadata } from 'next';
import { pageTitle } from '../../../../../i18n/page-title.ts';
import { EditReportPage } from '../../../../../reports/edit-pages.tsx';

export function generateMetadata(): Promise<Metadata> {
  return pageTitle('reports');
}

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <EditReportPage id={(await params).id} />;
}
