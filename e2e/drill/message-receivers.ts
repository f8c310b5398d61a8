import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMailCatcher } from '../../infra/local/mail-catcher.ts';

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
  readonly #folder = mkdtempSync(join(tmpdir(), 'akashi-drill-mail-'));
  readonly port: number;
  #running: Awaited<ReturnType<typeof startMailCatcher>> | undefined;

  constructor(port: number) {
    this.port = port;
  }

  async start(): Promise<void> {
    this.#running = await startMailCatcher({ port: this.port, folder: this.#folder });
  }

  async goAway(): Promise<void> {
    await this.#running?.stop();
    this.#running = undefined;
  }

  /** How many mails name an incident, whatever the encoding of their parts. */
  countOf(incidentId: string): number {
    const mails = readdirSync(this.#folder).filter((name) => name.endsWith('.eml'));
    return mails.filter((name) => plainOf(readFileSync(join(this.#folder, name), 'utf8')).includes(incidentId)).length;
  }

  async stop(): Promise<void> {
    await this.goAway();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function plainOf(mail: string): string {
  const unfolded = mail.replaceAll(/=\r?\n/g, '').replaceAll('=3D', '=');
  const encoded = [...mail.matchAll(/(?:^[A-Za-z0-9+/=]{40,}\r?\n?)+/gm)].map(([block]) =>
    Buffer.from(block, 'base64').toString('utf8'),
  );
  return [unfolded, ...encoded].join('\n');
}
