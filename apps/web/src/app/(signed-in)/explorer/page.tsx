import type { Metadata } from 'next';
import { Explorer } from '../../../explorer/explorer.tsx';
import { pageTitle } from '../../../i18n/page-title.ts';

export function generateMetadata(): Promise<Metadata> {
  return pageTitle('explorer');
}

export default function Page() {
  return <Explorer />;
}
