import { redirect } from 'next/navigation';
import { homeOf } from '../navigation/pages.ts';
import { readSession } from '../session/read-session.ts';
import { signInAddress } from '../session/return-path.ts';

/** To the first page that this person may open. */
export default async function Home() {
  const reading = await readSession();
  redirect(reading.state === 'signed-in' ? homeOf(reading.session) : signInAddress('/'));
}
