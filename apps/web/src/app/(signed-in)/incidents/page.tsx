import type { Metadata } from 'next';
import { pageTitle } from '../../../i18n/page-title.ts';
import { IncidentsPage } from '../../../incidents/incidents-page.tsx';

export function generateMetadata(): Promise<Metadata> {
  return pageTitle('incidents');
}

export default function Page() {
  return <IncidentsPage />;
}
