/** Only a path of this site may be returned to after signing in; anything else leads to the explorer. */
export function safeReturnPath(path: string | null | undefined): string {
  if (!path || !path.startsWith('/') || path.startsWith('//') || path.includes('\\')) return '/explorer';
  return path.startsWith('/sign-in') ? '/explorer' : path;
}

export function signInAddress(path: string): string {
  return `/sign-in?return=${encodeURIComponent(path)}`;
}

/** To the sign-in page and back here afterwards: a full load, so that nothing of the ended session stays in memory. */
export function leaveToSignIn(): void {
  const { pathname, search } = window.location;
  if (!pathname.startsWith('/sign-in')) window.location.assign(signInAddress(`${pathname}${search}`));
}
