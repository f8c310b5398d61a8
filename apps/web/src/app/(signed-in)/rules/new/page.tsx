import type { Metadata } from 'next';
import { pageTitle } from '../../../../i18n/page-title.ts';
import { NewRulePage } from '../../../../rules/new-rule-page.tsx';

export function generateMetadata(): Promise<Metadata> {
  return pageTitle('rules');
}

export default function Page() {
  return <NewRulePage />;
}
