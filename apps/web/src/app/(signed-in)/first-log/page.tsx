import type { Metadata } from 'next';
import { pageTitle } from '../../../i18n/page-title.ts';
import { FirstLogPage } from '../../../first-log/first-log-page.tsx';

export function generateMetadata(): Promise<Metadata> {
  return pageTitle('firstLog');
}

export default function Page() {
  return <FirstLogPage />;
}
