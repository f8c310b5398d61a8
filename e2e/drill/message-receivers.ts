import { createServer, type Server } from 'node:http';
import { SMTPServer } from 'smtp-server';

interface Call {
  readonly path: string;
  readonly body: string;
}

/** A real web server that webhooks lead to. `/failing` answers an error until it is mended. */
export class WebhookReceiver {
  readonly #server: Server;
  readonly #calls: Call[] = [];
  isMended = false;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<WebhookReceiver> {
    const server = createServer();
    const receiver = new WebhookReceiver(server);
    server.on('request', (request, response) => {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        const path = request.url ?? '';
        const fails = path === '/failing' && !receiver.isMended;
        if (!fails) receiver.#calls.push({ path, body: Buffer.concat(pieces).toString('utf8') });
        response.writeHead(fails ? 500 : 204).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  url(path: string): string {
    const address = this.#server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    return `http://127.0.0.1:${port}${path}`;
  }

  /** How many messages tell of an incident at `/told`. */
  countOf(incidentId: string): number {
    return this.#calls.filter(
      ({ path, body }) => path === '/told' && body.includes('"incident.opened"') && body.includes(incidentId),
    ).length;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}

/** A real SMTP server, which can go away and come back. */
export class MailReceiver {
  readonly #mails: string[] = [];
  readonly port: number;
  #running: SMTPServer | undefined;

  constructor(port: number) {
    this.port = port;
  }

  async start(): Promise<void> {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      onData: (stream, _session, done) => {
        const pieces: Buffer[] = [];
        stream.on('data', (piece: Buffer) => pieces.push(piece));
        stream.on('end', () => {
          this.#mails.push(Buffer.concat(pieces).toString('utf8'));
          done();
        });
      },
    });
    server.on('error', () => undefined);
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.#running = server;
  }

  async stop(): Promise<void> {
    const server = this.#running;
    this.#running = undefined;
    await new Promise<void>((resolve) => (server === undefined ? resolve() : server.close(() => resolve())));
  }

  /** How many mails name an incident, whatever the encoding of their parts. */
  countOf(incidentId: string): number {
    return this.#mails.filter((mail) => plainOf(mail).includes(incidentId)).length;
  }
}

function plainOf(mail: string): string {
  const unfolded = mail.replaceAll(/=\r?\n/g, '').replaceAll('=3D', '=');
  const encoded = [...mail.matchAll(/(?:^[A-Za-z0-9+/=]{40,}\r?\n?)+/gm)].map(([block]) =>
    Buffer.from(block, 'base64').toString('utf8'),
  );
  return [unfolded, ...encoded].join('\n');
}
