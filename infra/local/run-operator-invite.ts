import { runInvitationProgram } from './invitation-program.ts';
import { readInstallation } from './installation.ts';
import { partDatabaseUrls, partLogins } from './part-logins.ts';
import { embeddedDatabaseUrl } from './postgres-service.ts';

// Beside a running installation, with the same AKASHI_HOME and PORT_BASE: a new link for an operator whose link or
// second factor is lost, or for a further one.
const installation = readInstallation();
const { outside, ports } = installation;
const databaseUrl = outside.databaseUrl ?? embeddedDatabaseUrl(installation);
const logins = outside.databaseUrl === undefined ? partLogins(installation.home) : undefined;
const stores = {
  databaseUrl,
  partDatabaseUrls: partDatabaseUrls(databaseUrl, logins),
  opensearchUrl: outside.opensearchUrl ?? `http://127.0.0.1:${ports.opensearch}`,
  redisUrl: outside.redisUrl,
};
const { code, link } = await runInvitationProgram(installation, stores, process.argv.slice(2));
if (link !== '') process.stdout.write(`Open this link, once and within three days:\n  ${link}\n`);
process.exitCode = code;
