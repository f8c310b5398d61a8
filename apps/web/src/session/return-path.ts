/** Only a path of this site may be returned to after signing in; anything else leads to the explorer. */
export function safeReturnPath(path: string | null | undefined): string {
  if (!path || !path.startsWith('/') || path.startsWith('//') || path.includes('\\')) return '/explorer';
  return path.startsWith('/sign-in') ? '/explorer' : path;
}

export function signInAddress(path: string): string {
  return `/sign-in?return=${encodeURIComponent(path)}`;
}
