import { spawn, type ChildProcess } from 'node:child_process';
import { appendFileSync, chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { repositoryRoot } from '../installation/installation.ts';
import type { DrillCase, DrillResult } from './drill-case.ts';
import type { DrillInstallation } from './drill-installation.ts';
import { runCommand } from './run-command.ts';
import { ofTenant, sharedStream } from './oracle.ts';

const logGroup = 'drill-agent';
const rotations = 4;
const linesPerRound = 400;

interface AgentHost {
  readonly folder: string;
  readonly logFile: string;
  readonly start: () => ChildProcess;
  readonly shipRest: () => Promise<number>;
}

function setUpHost(installation: DrillInstallation): AgentHost {
  const folder = mkdtempSync(join(tmpdir(), 'akashi-agent-'));
  const logFile = join(folder, 'ntpd.log');
  const keyFile = join(folder, 'key');
  const config = join(folder, 'awslogs.conf');
  writeFileSync(keyFile, installation.tenant.ingestKey, { mode: 0o600 });
  writeFileSync(
    config,
    `[ntpd]\nfile = ${logFile}\nbuffer_duration = 500\nlog_stream_name = {instance_id}\ninitial_position = start_of_file\nlog_group_name = ${logGroup}\n`,
  );
  writeFileSync(join(folder, 'rotate'), `${logFile} {\n  rotate 20\n  missingok\n  notifempty\n  copytruncate\n}\n`);
  chmodSync(folder, 0o755);
  const launcher = join(repositoryRoot, 'apps', 'agent', 'bin', 'akashi-agent.mjs');
  const args = [
    launcher,
    '--config',
    config,
    '--endpoint',
    installation.running.demo.ingestUrl,
    '--key-file',
    keyFile,
    '--state',
    join(folder, 'state'),
  ];
  const env = { ...process.env, AKASHI_AGENT_HOSTNAME: 'drill-host' };
  return {
    folder,
    logFile,
    start: () => spawn(process.execPath, args, { env, stdio: 'ignore' }),
    shipRest: async () => (await runCommand(process.execPath, [...args, '--once'], env)).code,
  };
}

/** Every number that is on disk now, in the file and its copies. */
function numbersOnDisk(host: AgentHost): Set<number> {
  const numbers = new Set<number>();
  for (const name of readdirSync(host.folder)) {
    if (!name.startsWith('ntpd.log')) continue;
    for (const match of readFileSync(join(host.folder, name), 'utf8').matchAll(/ peer n=(\d+)\n/g))
      numbers.add(Number(match[1]));
  }
  return numbers;
}

interface Found {
  readonly counts: Map<number, number>;
  readonly gaps: number;
}

async function readIndex(installation: DrillInstallation): Promise<Found> {
  const stream = `${installation.opensearchUrl}/${sharedStream}`;
  const counts = new Map<number, number>();
  let gaps = 0;
  await fetch(`${stream}/_refresh`, { method: 'POST' });
  let after: unknown;
  do {
    const answer = await fetch(`${stream}/_search`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        size: 5_000,
        query: ofTenant(installation.tenant.id, logGroup),
        sort: [{ 'akashi.segment': 'asc' }, { 'akashi.position': 'asc' }],
        _source: ['record'],
        ...(after === undefined ? {} : { search_after: after }),
      }),
    });
    const { hits } = (await answer.json()) as { hits: { hits: { _source: { record: string }; sort: unknown }[] } };
    for (const { _source } of hits.hits) {
      if (_source.record.includes('possible gap')) gaps += 1;
      const match = / peer n=(\d+)$/.exec(_source.record);
      if (match !== null) counts.set(Number(match[1]), (counts.get(Number(match[1])) ?? 0) + 1);
    }
    after = hits.hits.at(-1)?.sort;
  } while (after !== undefined);
  return { counts, gaps };
}

/** logrotate with `copytruncate` and an agent that is killed, while ntpd goes on writing. */
async function rotateAndKill(installation: DrillInstallation): Promise<DrillResult> {
  if ((await runCommand('logrotate', ['--version'])).code !== 0) {
    return { drill: 'F22', result: 'skip', detail: 'logrotate is not installed' };
  }
  const host = setUpHost(installation);
  try {
    let next = 0;
    let agent = host.start();
    for (let round = 0; round < rotations; round += 1) {
      for (let line = 0; line < linesPerRound; line += 1) {
        appendFileSync(host.logFile, `22 Nov 10:00:0${line % 10} ntpd[7533]: 0.0.0.0 c615 05 peer n=${next}\n`);
        next += 1;
        if (line % 50 === 0) await delay(40);
      }
      if (round % 2 === 1) {
        agent.kill('SIGKILL');
        agent = host.start();
      }
      await runCommand('logrotate', [
        '--force',
        '--state',
        join(host.folder, 'rotate.state'),
        join(host.folder, 'rotate'),
      ]);
    }
    await delay(3_000);
    agent.kill('SIGKILL');
    const code = await host.shipRest();
    const onDisk = numbersOnDisk(host);
    const deadline = Date.now() + 60_000;
    let found = await readIndex(installation);
    while ([...onDisk].some((number) => !found.counts.has(number)) && Date.now() < deadline) {
      await delay(500);
      found = await readIndex(installation);
    }
    const lost = [...onDisk].filter((number) => !found.counts.has(number)).length;
    const duplicated = [...found.counts.values()].filter((count) => count > 1).length;
    const goneFromDisk = next - onDisk.size;
    const sound = code === 0 && lost === 0 && duplicated === 0 && found.gaps > 0;
    return {
      drill: 'F22',
      result: sound ? 'pass' : 'fail',
      written: next,
      onDisk: onDisk.size,
      lost,
      duplicated,
      goneFromDisk,
      gapRecords: found.gaps,
    };
  } finally {
    rmSync(host.folder, { recursive: true, force: true });
  }
}

/** Faults around the file agent. */
export function agentCases(installation: DrillInstallation): DrillCase[] {
  return [{ name: 'F22', about: 'copytruncate rotations and a killed agent', run: () => rotateAndKill(installation) }];
}
