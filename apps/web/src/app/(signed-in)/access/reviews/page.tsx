import type { Metadata } from 'next';
import { ReviewsPage } from '../../../../access-review/reviews-page.tsx';
import { pageTitle } from '../../../../i18n/page-title.ts';

export function generateMetadata(): Promise<Metadata> {
  return pageTitle('access');
}

export default function Page() {
  return <ReviewsPage />;
}
