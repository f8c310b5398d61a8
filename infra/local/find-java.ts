import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { InstallationError } from './installation.ts';

const oldestMajor = 21;

function majorOf(home: string): number {
  const java = join(home, 'bin', 'java');
  if (!existsSync(java)) return 0;
  const { stderr, stdout } = spawnSync(java, ['-version'], { encoding: 'utf8' });
  return Number(/version "(\d+)/.exec(`${stderr}${stdout}`)?.[1] ?? 0);
}

function listInstalled(): string[] {
  const root = '/usr/lib/jvm';
  return existsSync(root) ? readdirSync(root).map((name) => join(root, name)) : [];
}

/** Home of a Java 21 or newer: OPENSEARCH_JAVA_HOME, JAVA_HOME, then the newest below /usr/lib/jvm. */
export function findJavaHome(): string {
  for (const variable of ['OPENSEARCH_JAVA_HOME', 'JAVA_HOME']) {
    const home = process.env[variable];
    if (home !== undefined && majorOf(home) >= oldestMajor) return home;
  }
  const newest = listInstalled()
    .map((home) => ({ home, major: majorOf(home) }))
    .filter(({ major }) => major >= oldestMajor)
    .sort((a, b) => b.major - a.major)[0];
  if (newest !== undefined) return newest.home;
  throw new InstallationError(
    `OpenSearch needs Java ${oldestMajor} or newer and none was found. Install one (Debian: apt-get install openjdk-21-jre-headless, or a Temurin package) or point OPENSEARCH_JAVA_HOME at it; or give OPENSEARCH_URL of a running OpenSearch.`,
  );
}
