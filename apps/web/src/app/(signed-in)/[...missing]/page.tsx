import { notFound } from 'next/navigation';

/** Addresses that no page has, so that what is said about them stands in the frame, with the menu. */
export default function Page() {
  notFound();
}
