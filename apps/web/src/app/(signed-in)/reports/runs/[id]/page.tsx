import type { Metadata } from 'next';
import { pageTitle } from '../../../../../i18n/page-title.ts';
import { RunPage } from '../../../../../report-runs/run-page.tsx';

export function generateMetadata(): Promise<Metadata> {
  return pageTitle('reports');
}

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <RunPage id={(await params).id} />;
}
