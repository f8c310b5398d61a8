import type { Metadata } from 'next';
import { pageTitle } from '../../../../i18n/page-title.ts';
import { AlertPage } from '../../../../alerts/alert-page.tsx';

export function generateMetadata(): Promise<Metadata> {
  return pageTitle('alerts');
}

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <AlertPage id={(await params).id} />;
}
