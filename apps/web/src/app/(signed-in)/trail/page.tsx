import type { Metadata } from 'next';
import { pageTitle } from '../../../i18n/page-title.ts';
import { TrailPage } from '../../../trail/trail-page.tsx';

export function generateMetadata(): Promise<Metadata> {
  return pageTitle('trail');
}

export default function Page() {
  return <TrailPage />;
}
