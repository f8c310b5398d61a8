import type { Metadata } from 'next';
import { GroupPage } from '../../../../../access/group-page.tsx';
import { pageTitle } from '../../../../../i18n/page-title.ts';

export function generateMetadata(): Promise<Metadata> {
  return pageTitle('access');
}

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <GroupPage id={(await params).id} />;
}
