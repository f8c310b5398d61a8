import { openSupportSession } from '../api-client/support-session.ts';
import { signInAddress } from './return-path.ts';

/** Once this page is being left, answers to its last requests start no second navigation that would cut off the first. */
let isLeaving = false;

if (typeof window !== 'undefined') {
  // The browser may show the page again as it was kept (back button): it is in use again then.
  window.addEventListener('pageshow', () => {
    isLeaving = false;
  });
}

/** To the sign-in page and back here afterwards: a full load, so that nothing of the ended session stays in memory. */
export function leaveToSignIn(): void {
  const { pathname, search } = window.location;
  if (isLeaving || pathname.startsWith('/sign-in')) return;
  isLeaving = true;
  openSupportSession(null);
  window.location.assign(signInAddress(`${pathname}${search}`));
}

/**
 * Ends the session by `endSession` and leaves for the sign-in page, with no way back to this one. What the server could
 * not forget ends by its own limit: signed out here in any case.
 */
export async function signOut(endSession: () => Promise<unknown>): Promise<void> {
  isLeaving = true;
  await endSession().catch(() => undefined);
  openSupportSession(null);
  window.location.assign('/sign-in');
}
