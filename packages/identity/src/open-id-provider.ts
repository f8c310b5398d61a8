import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientError,
  customFetch,
  discovery,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type Configuration,
  type CustomFetchOptions,
} from 'openid-client';
import { AddressRefusedError, createGuardedFetch, type FetchGuard } from './guarded-fetch.ts';
import { KnownProviders } from './known-providers.ts';

export interface OpenIdProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly groupsClaim: string;
}

/** What has to come back, kept with the browser under a seal until the callback. */
export interface OpenIdAttempt {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

export interface OpenIdPerson {
  readonly subject: string;
  /** Null unless the provider says that it verified the address. */
  readonly email: string | null;
  /** As long as the provider says it. */
  readonly name: string | null;
  /** What stands in the groups claim. */
  readonly groups: readonly string[];
}

export interface OpenIdClient {
  /** Whether the provider answers as one, by what it publishes. Throws when it does not; a wrong secret is not found here. */
  check(provider: Omit<OpenIdProvider, 'groupsClaim'>): Promise<void>;
  /** Where to send the browser, and what to keep until it comes back. */
  start(provider: OpenIdProvider): Promise<{ url: string; attempt: OpenIdAttempt }>;
  /** Who came back, or null when the answer is not the one to this attempt. Throws when the provider cannot be reached. */
  finish(provider: OpenIdProvider, answer: URL, attempt: OpenIdAttempt): Promise<OpenIdPerson | null>;
}

/**
 * `other-issuer`: at this address answers a provider that calls itself by another issuer. `address-refused`: it leads to
 * where this installation does not go.
 */
export type OpenIdProviderProblem = 'insecure' | 'address-refused' | 'no-answer' | 'other-issuer';

/** A provider that does not answer as one; `cause` says how. */
export class OpenIdProviderError extends Error {
  override readonly name = 'OpenIdProviderError';
  readonly reason: OpenIdProviderProblem;

  constructor(reason: OpenIdProviderProblem, options?: ErrorOptions) {
    super(`the provider cannot be used: ${reason}`, options);
    this.reason = reason;
  }
}

const timeoutSeconds = 10;
/** What `openid-client` calls a discovery document with another `issuer` than the one that it was read for. */
const otherIssuer = 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED';

export interface OpenIdClientSettings extends FetchGuard {
  readonly callbackUrl: string;
}

/**
 * OpenID Connect by authorization code with PKCE (S256), state and nonce. Whatever address a provider names is fetched through
 * the guard. What it publishes is read once in ten minutes, however many people, known or not, begin to sign in.
 */
export function createOpenIdClient(settings: OpenIdClientSettings): OpenIdClient {
  const guarded = createGuardedFetch(settings);
  const fetchGuarded = (url: string, options: CustomFetchOptions): Promise<Response> =>
    guarded(url, { ...options, signal: options.signal ?? undefined });
  const known = new KnownProviders<Configuration>();
  const takesPlainHttp = settings.allowedNetworks.length > 0;

  function configureOnce(provider: OpenIdProvider): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = provider;
    return known.get([issuer, clientId, clientSecret], () => configure(provider));
  }

  async function configure(provider: Omit<OpenIdProvider, 'groupsClaim'>): Promise<Configuration> {
    const issuer = new URL(provider.issuer);
    if (issuer.protocol !== 'https:' && !takesPlainHttp) throw new OpenIdProviderError('insecure');
    let configuration: Configuration;
    try {
      configuration = await discovery(issuer, provider.clientId, provider.clientSecret, undefined, {
        timeout: timeoutSeconds,
        execute: takesPlainHttp ? [allowInsecureRequests] : [],
        [customFetch]: fetchGuarded,
      });
    } catch (cause) {
      throw new OpenIdProviderError(problemOf(cause), { cause });
    }
    const { authorization_endpoint: signIn, token_endpoint: tokens, jwks_uri: keys } = configuration.serverMetadata();
    if (signIn === undefined || tokens === undefined || keys === undefined) throw new OpenIdProviderError('no-answer');
    // The browser goes there, not we: it must still be a page, and over HTTPS.
    const protocol = URL.parse(signIn)?.protocol;
    if (protocol !== 'https:' && (protocol !== 'http:' || !takesPlainHttp)) throw new OpenIdProviderError('insecure');
    return configuration;
  }

  return {
    check: async (provider) => {
      await configure(provider);
    },
    start: async (provider) => {
      const configuration = await configureOnce(provider);
      const attempt = { state: randomState(), nonce: randomNonce(), codeVerifier: randomPKCECodeVerifier() };
      const url = buildAuthorizationUrl(configuration, {
        redirect_uri: settings.callbackUrl,
        scope: 'openid email profile',
        state: attempt.state,
        nonce: attempt.nonce,
        code_challenge: await calculatePKCECodeChallenge(attempt.codeVerifier),
        code_challenge_method: 'S256',
      });
      return { url: url.href, attempt };
    },
    finish: async (provider, answer, attempt) => {
      const configuration = await configureOnce(provider);
      const url = new URL(settings.callbackUrl);
      url.search = answer.search;
      let claims: Readonly<Record<string, unknown>> | undefined;
      try {
        const tokens = await authorizationCodeGrant(configuration, url, {
          expectedState: attempt.state,
          expectedNonce: attempt.nonce,
          pkceCodeVerifier: attempt.codeVerifier,
          idTokenExpected: true,
        });
        claims = tokens.claims();
        // Many providers put address and groups there only. What the signed token says comes first.
        if (claims !== undefined && configuration.serverMetadata().userinfo_endpoint !== undefined) {
          claims = { ...(await fetchUserInfo(configuration, tokens.access_token, String(claims['sub']))), ...claims };
        }
      } catch {
        return null;
      }
      return claims === undefined ? null : readPerson(claims, provider.groupsClaim);
    },
  };
}

function problemOf(error: unknown): OpenIdProviderProblem {
  if (error instanceof ClientError && error.code === otherIssuer) return 'other-issuer';
  for (let at = error; at instanceof Error; at = at.cause)
    if (at instanceof AddressRefusedError) return 'address-refused';
  return 'no-answer';
}

function readPerson(claims: Readonly<Record<string, unknown>>, groupsClaim: string): OpenIdPerson | null {
  const { sub, email, email_verified: isVerified, name } = claims;
  if (typeof sub !== 'string' || sub === '') return null;
  const groups = claims[groupsClaim];
  return {
    subject: sub,
    email: typeof email === 'string' && isVerified === true ? email.trim().toLowerCase() : null,
    name: typeof name === 'string' && name.trim() !== '' ? name.trim() : null,
    groups: (Array.isArray(groups) ? groups : [groups]).filter((each): each is string => typeof each === 'string'),
  };
}
