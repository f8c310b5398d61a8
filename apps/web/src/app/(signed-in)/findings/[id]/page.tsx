import type { Metadata } from 'next';
import { pageTitle } from '../../../../i18n/page-title.ts';
import { FindingPage } from '../../../../findings/finding-page.tsx';

export function generateMetadata(): Promise<Metadata> {
  return pageTitle('findings');
}

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <FindingPage id={(await params).id} />;
}
