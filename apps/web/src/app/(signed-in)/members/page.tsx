import type { Metadata } from 'next';
import { pageTitle } from '../../../i18n/page-title.ts';
import { MembersPage } from '../../../members/members-page.tsx';

export function generateMetadata(): Promise<Metadata> {
  return pageTitle('members');
}

export default function Page() {
  return <MembersPage />;
}
