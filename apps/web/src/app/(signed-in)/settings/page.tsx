import type { Metadata } from 'next';
import { pageTitle } from '../../../i18n/page-title.ts';
import { OrganisationPage } from '../../../organisation/organisation-page.tsx';

export function generateMetadata(): Promise<Metadata> {
  return pageTitle('settings');
}

export default function Page() {
  return <OrganisationPage />;
}
