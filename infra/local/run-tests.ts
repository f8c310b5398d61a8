import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { buildAll } from './build.ts';
import { findFreePortBase } from './free-port-base.ts';
import { makeHome, readInstallation, repositoryRoot } from './installation.ts';
import { runProgram } from './run-program.ts';
import { startStores } from './stores.ts';
import { Supervisor } from './supervisor.ts';

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
  /** Names of what failed, to be said at the end, where the log of a long run is looked at first. */
  readonly failures: string[];
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly numFailedTestSuites: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** What failed in a report: the test by its file and name, with the beginning of why. */
function failuresOf(report: VitestReport): string[] {
  const firstLines = (text: string | undefined) => (text ?? '').split('\n').slice(0, 4).join('\n    ');
  return report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(repositoryRoot, name);
    const failed = assertionResults.filter((result) => result.status === 'failed');
    if (failed.length === 0) return status === 'failed' ? [`${file}\n    ${firstLines(message)}`] : [];
    return failed.map(
      ({ fullName, failureMessages }) => `${file} > ${fullName}\n    ${firstLines(failureMessages[0])}`,
    );
  });
}

function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`);
}

/** Runs one tier and adds its counts; a tier that breaks without a report counts as one failure. */
async function runTier(tier: string, folder: string, env: NodeJS.ProcessEnv): Promise<Tally> {
  say(`\n— ${tier}`);
  const report = join(folder, `${tier}.json`);
  const status = await runProgram({
    command: join(repositoryRoot, 'node_modules', '.bin', 'vitest'),
    args: ['run', '--project', tier, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    cwd: repositoryRoot,
    env,
  });
  try {
    const counts = JSON.parse(readFileSync(report, 'utf8')) as VitestReport;
    const unexplained = status !== 0 && counts.numFailedTests === 0 ? Math.max(1, counts.numFailedTestSuites) : 0;
    return {
      passed: counts.numPassedTests,
      failed: counts.numFailedTests + unexplained,
      skipped: counts.numPendingTests + counts.numTodoTests,
      failures: failuresOf(counts),
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0, failures: [`${tier}: ended without a report`] };
  }
}

async function runIntegration(folder: string): Promise<Tally> {
  const portBase = await findFreePortBase();
  process.env['PORT_BASE'] = String(portBase);
  process.env['AKASHI_HOME'] = join(folder, 'services');
  const installation = readInstallation();
  makeHome(installation.home);
  const supervisor = new Supervisor(say);
  supervisor.stopOnSignals();
  const stores = await startStores(installation, supervisor, say);
  const tally = await runTier('integration', folder, {
    DATABASE_URL: stores.databaseUrl,
    OPENSEARCH_URL: stores.opensearchUrl,
    PORT_BASE: '',
    AKASHI_HOME: '',
  });
  await supervisor.stopParts();
  return tally;
}

const tiers: Record<string, (folder: string) => Promise<Tally>> = {
  unit: (folder) => runTier('unit', folder, {}),
  integration: runIntegration,
  e2e: (folder) =>
    runTier('e2e', folder, { PORT_BASE: '', AKASHI_HOME: '', DATABASE_URL: '', OPENSEARCH_URL: '', REDIS_URL: '' }),
};

async function main(): Promise<number> {
  const wanted = process.argv.slice(2);
  const names = wanted.length === 0 ? Object.keys(tiers) : wanted;
  say('Building (only what changed) …');
  await buildAll();
  const folder = mkdtempSync(join(tmpdir(), 'akashi-test-'));
  const total: Tally = { passed: 0, failed: 0, skipped: 0, failures: [] };
  try {
    for (const name of names) {
      const tier = tiers[name];
      if (tier === undefined)
        throw new Error(`there is no tier "${name}"; the tiers are ${Object.keys(tiers).join(', ')}`);
      const tally = await tier(folder);
      total.passed += tally.passed;
      total.failed += tally.failed;
      total.skipped += tally.skipped;
      total.failures.push(...tally.failures);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  for (const failure of total.failures) say(`\nfailed: ${failure}`);
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  say(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

try {
  process.exit(await main());
} catch (error) {
  process.stderr.write(`akashi: ${error instanceof Error ? error.message : String(error)}\n`);
  say('0 passed, 1 failed');
  process.exit(1);
}
