import type { Metadata } from 'next';
import { AuditTrailPage } from '../../../audit-trail/audit-trail-page.tsx';
import { pageTitle } from '../../../i18n/page-title.ts';

export function generateMetadata(): Promise<Metadata> {
  return pageTitle('audit');
}

export default function Page() {
  return <AuditTrailPage />;
}
