import type { Metadata } from 'next';
import { pageTitle } from '../../../i18n/page-title.ts';
import { MastersPage } from '../../../masters/masters-page.tsx';

export function generateMetadata(): Promise<Metadata> {
  return pageTitle('masters');
}

export default function Page() {
  return <MastersPage />;
}
