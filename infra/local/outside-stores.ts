import type { StoreUrls } from './app-services.ts';
import type { Installation } from './installation.ts';
import { partDatabaseUrls, partLogins } from './part-logins.ts';
import { embeddedDatabaseUrl } from './postgres-service.ts';

/** Where a program finds the stores that a running installation has started or was given. */
export function outsideStores(installation: Installation): StoreUrls {
  const { outside, ports } = installation;
  const databaseUrl = outside.databaseUrl ?? embeddedDatabaseUrl(installation);
  const logins = outside.databaseUrl === undefined ? partLogins(installation.home) : undefined;
  return {
    databaseUrl,
    partDatabaseUrls: partDatabaseUrls(databaseUrl, logins),
    opensearchUrl: outside.opensearchUrl ?? `http://127.0.0.1:${ports.opensearch}`,
    redisUrl: outside.redisUrl,
  };
}
