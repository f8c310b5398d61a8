import type { Metadata } from 'next';
import { pageTitle } from '../../../i18n/page-title.ts';
import { ProfilePage } from '../../../profile/profile-page.tsx';

export function generateMetadata(): Promise<Metadata> {
  return pageTitle('profile');
}

export default function Page() {
  return <ProfilePage />;
}
