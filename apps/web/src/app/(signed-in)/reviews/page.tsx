import type { Metadata } from 'next';
import { pageTitle } from '../../../i18n/page-title.ts';
import { ReviewsPage } from '../../../reviews/reviews-page.tsx';

export function generateMetadata(): Promise<Metadata> {
  return pageTitle('log-reviews');
}

export default function Page() {
  return <ReviewsPage />;
}
