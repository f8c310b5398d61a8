import { openSupportSession } from '../support-access/support-session.ts';

/** Only a path of this site may be returned to after signing in; anything else leads to the person's first page. */
export function safeReturnPath(path: string | null | undefined): string {
  if (!path || !path.startsWith('/') || path.startsWith('//') || path.includes('\\')) return '/';
  return path.startsWith('/sign-in') ? '/' : path;
}

export function signInAddress(path: string): string {
  return `/sign-in?return=${encodeURIComponent(path)}`;
}

/** To the sign-in page and back here afterwards: a full load, so that nothing of the ended session stays in memory. */
export function leaveToSignIn(): void {
  const { pathname, search } = window.location;
  openSupportSession(null);
  if (!pathname.startsWith('/sign-in')) window.location.assign(signInAddress(`${pathname}${search}`));
}
