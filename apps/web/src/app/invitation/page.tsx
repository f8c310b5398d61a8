import type { Metadata } from 'next';
import { pageTitle } from '../../i18n/page-title.ts';
import { InvitationPage } from '../../invitation/invitation-page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { ...(await pageTitle('invitation')), referrer: 'no-referrer', robots: 'noindex' };
}

export default function Page() {
  return <InvitationPage />;
}
