import type { Metadata } from 'next';
import { pageTitle } from '../../../i18n/page-title.ts';
import { PlatformPage } from '../../../platform/platform-page.tsx';

export function generateMetadata(): Promise<Metadata> {
  return pageTitle('platform');
}

export default function Page() {
  return <PlatformPage />;
}
