import type { Metadata } from 'next';
import { pageTitle } from '../../../i18n/page-title.ts';
import { AlertsPage } from '../../../alerts/alerts-page.tsx';

export function generateMetadata(): Promise<Metadata> {
  return pageTitle('alerts');
}

export default function Page() {
  return <AlertsPage />;
}
