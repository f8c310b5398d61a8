/** Addresses of the real servers that integration tests run against; nothing is faked in their place. */
const databaseServerUrl = process.env['DATABASE_URL'];
const searchServerUrl = process.env['OPENSEARCH_URL'];

/** The server's address, or undefined after saying on standard error that its tests are left out. */
export function findDatabaseServer(): string | undefined {
  return said(databaseServerUrl, 'DATABASE_URL names no PostgreSQL server');
}

export function findSearchServer(): string | undefined {
  return said(searchServerUrl, 'OPENSEARCH_URL names no OpenSearch server');
}

function said(url: string | undefined, missing: string): string | undefined {
  if (url === undefined || url === '') process.stderr.write(`tests skipped: ${missing}\n`);
  return url === '' ? undefined : url;
}
