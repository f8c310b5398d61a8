/** Where identity providers send the browser back to, as they are told it. */
export function callbackUrlOf(webUrl: string): string {
  return `${webUrl}/api/v1/session/provider/callback`;
}
