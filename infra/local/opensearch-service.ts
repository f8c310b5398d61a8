import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findJavaHome } from './find-java.ts';
import type { Installation } from './installation.ts';
import { ensureOpensearchDistribution } from './opensearch-distribution.ts';
import type { OrdinaryUser } from './ordinary-user.ts';
import type { ServiceDefinition } from './service-process.ts';

/** Lines of the stock jvm.options that would write into the shared distribution or dump memory to disk. */
const unwantedJvmOptions = /HeapDump|ErrorFile|Xlog:gc|Xloggc|^-Xm[sx]/;

function writeConfiguration(distribution: string, folder: string, installation: Installation): void {
  const config = join(folder, 'config');
  if (!existsSync(config)) cpSync(join(distribution, 'config'), config, { recursive: true });
  const settings = [
    'cluster.name: akashi',
    'node.name: akashi-1',
    'discovery.type: single-node',
    'network.host: 127.0.0.1',
    `http.port: ${installation.ports.opensearch}`,
    `transport.port: ${installation.ports.opensearchTransport}`,
    `path.data: ${JSON.stringify(join(folder, 'data'))}`,
    `path.logs: ${JSON.stringify(join(folder, 'logs'))}`,
    'action.auto_create_index: false',
    'indices.memory.index_buffer_size: 20%',
    // One thread, the default of two processors, would let the refresh of a flooded stream hold up those of all others.
    'thread_pool.refresh.max: 4',
    '',
  ];
  writeFileSync(join(config, 'opensearch.yml'), settings.join('\n'));
  const heap = process.env['OPENSEARCH_HEAP'] || '1g';
  const stock = readFileSync(join(distribution, 'config', 'jvm.options'), 'utf8').split('\n');
  const kept = stock.filter(
    (line) => !unwantedJvmOptions.test(line.replace(/^\d*-?\d*:/, '')) && !line.startsWith('8:'),
  );
  writeFileSync(
    join(config, 'jvm.options'),
    [
      ...kept,
      `-Xms${heap}`,
      `-Xmx${heap}`,
      '-XX:-HeapDumpOnOutOfMemoryError',
      `-XX:ErrorFile=${join(folder, 'logs', 'hs_err_pid%p.log')}`,
      '',
    ].join('\n'),
  );
}

/** The embedded OpenSearch of one installation: official distribution, local JVM, loopback only. */
export async function opensearchService(
  installation: Installation,
  user: OrdinaryUser,
  say: (sentence: string) => void,
): Promise<ServiceDefinition> {
  const javaHome = findJavaHome();
  const distribution = await ensureOpensearchDistribution(say);
  const folder = join(installation.home, 'opensearch');
  for (const name of ['data', 'logs', 'tmp']) mkdirSync(join(folder, name), { recursive: true, mode: 0o700 });
  writeConfiguration(distribution, folder, installation);
  chmodSync(folder, 0o700);
  user.own(folder);
  const url = `http://127.0.0.1:${installation.ports.opensearch}`;
  return {
    name: 'OpenSearch',
    ...user.wrap(join(distribution, 'bin', 'opensearch'), []),
    cwd: folder,
    env: {
      OPENSEARCH_JAVA_HOME: javaHome,
      OPENSEARCH_PATH_CONF: join(folder, 'config'),
      OPENSEARCH_TMPDIR: join(folder, 'tmp'),
      OPENSEARCH_JAVA_OPTS: '',
      HOME: folder,
    },
    logFile: join(installation.home, 'logs', 'opensearch.log'),
    isReady: async () => {
      const answer = await fetch(`${url}/_cluster/health`).catch(() => undefined);
      return answer?.ok === true;
    },
    readyWithinMs: 180_000,
    stopWithinMs: 30_000,
  };
}
