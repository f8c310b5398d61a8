import { isReturnPath } from '@akashi/policy';

/** Only a path of this site may be returned to after signing in; anything else leads to the person's first page. */
export function safeReturnPath(path: string | null | undefined): string {
  return path && isReturnPath(path) ? path : '/';
}

export function signInAddress(path: string): string {
  return `/sign-in?return=${encodeURIComponent(path)}`;
}
