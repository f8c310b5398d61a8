import type { Metadata } from 'next';
import { pageTitle } from '../../../i18n/page-title.ts';
import { FindingsPage } from '../../../findings/findings-page.tsx';

export function generateMetadata(): Promise<Metadata> {
  return pageTitle('findings');
}

export default function Page() {
  return <FindingsPage />;
}
