import { createServer } from 'node:net';
import { InstallationError, type Installation } from './installation.ts';

/** Whether nobody listens on the port now. */
export function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** Throws InstallationError naming the first port that somebody else holds, and the variable that moves it. */
export async function assertPortsFree(installation: Installation): Promise<void> {
  const { ports, outside, bindAddress } = installation;
  const embedded = ['postgres', 'opensearch', 'opensearchTransport', 'mail'];
  for (const [name, port] of Object.entries(ports)) {
    if (name === 'postgres' && outside.databaseUrl !== undefined) continue;
    if (name === 'mail' && outside.smtpUrl !== undefined) continue;
    if (name.startsWith('opensearch') && outside.opensearchUrl !== undefined) continue;
    const host = embedded.includes(name) ? '127.0.0.1' : bindAddress;
    if (await isFree(port, host)) continue;
    throw new InstallationError(
      `port ${port} (${name}) is taken. Stop what uses it, or choose another range with PORT_BASE, for example PORT_BASE=${installation.portBase + 1000} npm start.`,
    );
  }
}
