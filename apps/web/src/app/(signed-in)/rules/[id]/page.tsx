import type { Metadata } from 'next';
import { pageTitle } from '../../../../i18n/page-title.ts';
import { RulePage } from '../../../../rules/rule-page.tsx';

export function generateMetadata(): Promise<Metadata> {
  return pageTitle('rules');
}

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <RulePage id={(await params).id} />;
}
