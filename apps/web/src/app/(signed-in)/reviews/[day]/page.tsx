import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { pageTitle } from '../../../../i18n/page-title.ts';
import { DayPage } from '../../../../reviews/day-page.tsx';
import { isDay } from '../../../../time/days.ts';

export function generateMetadata(): Promise<Metadata> {
  return pageTitle('log-reviews');
}

export default async function Page({ params }: { params: Promise<{ day: string }> }) {
  const { day } = await params;
  if (!isDay(day)) notFound();
  return <DayPage day={day} />;
}
