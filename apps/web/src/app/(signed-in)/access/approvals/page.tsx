import type { Metadata } from 'next';
import { ApprovalsPage } from '../../../../approvals/approvals-page.tsx';
import { pageTitle } from '../../../../i18n/page-title.ts';

export function generateMetadata(): Promise<Metadata> {
  return pageTitle('approvals');
}

export default function Page() {
  return <ApprovalsPage />;
}
