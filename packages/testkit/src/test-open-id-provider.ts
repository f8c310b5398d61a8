import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Whoever sits before the browser: the provider asks nobody who they are. */
export interface ProviderPerson {
  readonly sub: string;
  readonly email: string;
  /** True when left out. */
  readonly email_verified?: boolean;
  readonly name: string;
  readonly groups: readonly string[];
}

const client = { id: 'akashi', secret: 'a client secret of the provider' };

/** An organisation's own OpenID provider, on this machine and without HTTPS, as only a trial may reach it. */
export class TestOpenIdProvider {
  readonly issuer: string;
  readonly client = client;
  readonly #server: Server;
  #person: ProviderPerson | undefined;

  private constructor(server: Server) {
    this.#server = server;
    this.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async start(callbackUrl: string): Promise<TestOpenIdProvider> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const started = new TestOpenIdProvider(server);
    await started.#answer(callbackUrl);
    return started;
  }

  /** The one whom it sees from here on. */
  seat(person: ProviderPerson): void {
    this.#person = person;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #answer(callbackUrl: string): Promise<void> {
    // Loaded here, because most tests that import this package need no provider.
    const { default: Provider } = await import('oidc-provider');
    const provider = new Provider(this.issuer, {
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
      cookies: { keys: ['test'] },
      findAccount: (_context, id) => ({
        accountId: id,
        claims: () => Promise.resolve({ email_verified: true, ...this.#person, sub: id }),
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
    const answer = provider.callback();
    this.#server.on('request', (request, response) => {
      if (request.url?.startsWith('/interaction/') === true) {
        const login = { accountId: this.#person?.sub ?? '' };
        void provider.interactionFinished(request, response, { login });
      } else void answer(request, response);
    });
  }
}
