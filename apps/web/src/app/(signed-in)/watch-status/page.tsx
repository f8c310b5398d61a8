import type { Metadata } from 'next';
import { pageTitle } from '../../../i18n/page-title.ts';
import { WatchStatusPage } from '../../../watch-status/watch-status-page.tsx';

export function generateMetadata(): Promise<Metadata> {
  return pageTitle('watch-status');
}

export default function Page() {
  return <WatchStatusPage />;
}
