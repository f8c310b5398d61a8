/** What an identity provider's sign-in can keep of it: the cookie that carries it there and back holds 4 KB. */
export const longestReturnPath = 2000;

/**
 * Whether signing in may lead there: a page of this site, not the sign-in itself. Printable ASCII only, as a browser writes
 * an address: it would skip a tab or a line end, and what is left of `/<tab>/elsewhere.example` is another site.
 */
export function isReturnPath(path: string): boolean {
  if (!/^\/[\u0021-\u007e]*$/.test(path)) return false;
  return !path.startsWith('//') && !path.includes('\\') && !path.startsWith('/sign-in');
}
