import { NextResponse, type NextRequest } from 'next/server';
import { readEnv } from './env.ts';

const apiPrefix = '/api/';

/**
 * One origin for the browser: `/api/…` goes to the API, so that the session cookie stays first-party. Pages get a
 * fresh script nonce; styles may be inline because the editor and the overlays position themselves with them.
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  if (pathname.startsWith(apiPrefix)) {
    return NextResponse.rewrite(new URL(`${readEnv().apiUrl}/${pathname.slice(apiPrefix.length)}${search}`));
  }
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  headers.set('content-security-policy', policy);
  headers.set('x-nonce', nonce);
  headers.set('x-akashi-path', `${pathname}${search}`);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  response.headers.set('x-content-type-options', 'nosniff');
  response.headers.set('referrer-policy', 'same-origin');
  // RFC 6797; a year, as scanners ask for.
  if (readEnv().overHttps) response.headers.set('strict-transport-security', 'max-age=31536000');
  return response;
}

function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

export const config = {
  matcher: [{ source: '/((?!_next/static|_next/image|favicon.ico|icon.svg).*)' }],
};
