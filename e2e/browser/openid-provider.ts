import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

/** Whoever sits before the browser: the provider asks nobody who they are. */
export interface ProviderPerson {
  readonly sub: string;
  readonly email: string;
  readonly name: string;
  readonly groups: readonly string[];
}

const client = { id: 'akashi', secret: 'a client secret of the provider' };

/** An organisation's own OpenID provider, on this machine and without HTTPS, as only a trial may reach it. */
export class OpenIdProvider {
  readonly issuer: string;
  readonly client = client;
  readonly #server: Server;
  #person: ProviderPerson | undefined;

  private constructor(server: Server, callbackUrl: string) {
    this.#server = server;
    this.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const provider = this.#makeProvider(callbackUrl);
    const answer = provider.callback();
    server.on('request', (request, response) => {
      if (request.url?.startsWith('/interaction/') === true) {
        const login = { accountId: this.#person?.sub ?? '' };
        void provider.interactionFinished(request, response, { login });
      } else void answer(request, response);
    });
  }

  static async start(callbackUrl: string): Promise<OpenIdProvider> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new OpenIdProvider(server, callbackUrl);
  }

  /** The one whom it sees from here on. */
  seat(person: ProviderPerson): void {
    this.#person = person;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #makeProvider(callbackUrl: string): Provider {
    return new Provider(this.issuer, {
      clients: [
        {
          client_id: client.id,
          client_secret: client.secret,
          redirect_uris: [callbackUrl],
          token_endpoint_auth_method: 'client_secret_post',
        },
      ],
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
      features: { devInteractions: { enabled: false } },
      pkce: { required: () => true },
      cookies: { keys: ['journey'] },
      findAccount: (_context, id) => ({
        accountId: id,
        claims: () => Promise.resolve({ ...this.#person, sub: id, email_verified: true }),
      }),
      loadExistingGrant: async (context) => {
        const grant = new context.oidc.provider.Grant({
          clientId: context.oidc.client?.clientId ?? '',
          accountId: context.oidc.session?.accountId ?? '',
        });
        grant.addOIDCScope('openid email profile');
        await grant.save();
        return grant;
      },
      interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    });
  }
}
