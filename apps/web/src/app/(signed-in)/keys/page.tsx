import type { Metadata } from 'next';
import { pageTitle } from '../../../i18n/page-title.ts';
import { KeysPage } from '../../../keys/keys-page.tsx';

export function generateMetadata(): Promise<Metadata> {
  return pageTitle('keys');
}

export default function Page() {
  return <KeysPage kind="api" />;
}
