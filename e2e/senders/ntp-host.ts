import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DemoFile } from '../installation/installation.ts';
import { repositoryRoot } from '../installation/installation.ts';
import { RunningProgram, runProgram, type Invocation, type ProgramResult } from './program.ts';

/** The article's files as they are. */
const awslogs = `[ntpd]
file = /var/log/ntpstats/ntpd.log
buffer_duration = 5000
log_stream_name = {instance_id}
initial_position = start_of_file
log_group_name = ntpd
`;
/** The article's three words, below the line that the system's own logrotate.conf brings: four copies are kept. */
const logrotate = `rotate 4

/var/log/ntpstats/ntpd.log {
    missingok
    notifempty
    copytruncate
}
`;

/** Whether a process here may have a `/var/log` of its own, which lets hosts share one machine. */
export const mayOwnVarLog = spawnSync('unshare', ['--mount', 'mount', '--bind', tmpdir(), '/var/log']).status === 0;

/** One server of the story: its own `/var/log`, the article's configuration, the agent. */
export class NtpHost {
  readonly name: string;
  readonly #folder: string;
  readonly #demo: DemoFile;
  #agent: RunningProgram | undefined;

  constructor(demo: DemoFile, folder: string, name: string) {
    this.name = name;
    this.#demo = demo;
    this.#folder = join(folder, name);
    mkdirSync(join(this.#folder, 'var', 'log', 'ntpstats'), { recursive: true, mode: 0o755 });
    this.#put('awslogs.conf', awslogs);
    this.#put('logrotate.conf', logrotate);
    this.#put('ingest.key', demo.tenants[0]?.ingestKey ?? '');
  }

  get agentOutput(): string {
    return this.#agent?.output ?? '';
  }

  get #logFile(): string {
    return join(this.#folder, 'var', 'log', 'ntpstats', 'ntpd.log');
  }

  /** As ntpd writes: appending to the file that its configuration names. */
  write(lines: readonly string[]): void {
    appendFileSync(this.#logFile, lines.map((line) => `${line}\n`).join(''));
  }

  startAgent(): void {
    this.#agent = new RunningProgram(this.#agentInvocation());
  }

  /** Ships what is there and ends. */
  shipOnce(): Promise<ProgramResult> {
    return runProgram(this.#agentInvocation('--once'));
  }

  async stopAgent(): Promise<number | null> {
    const agent = this.#agent;
    this.#agent = undefined;
    return (await agent?.stop()) ?? null;
  }

  /** What cron does at night. */
  async rotate(logrotateCommand: string): Promise<void> {
    const state = join(this.#folder, 'logrotate.state');
    const args = ['--force', '--state', state, join(this.#folder, 'logrotate.conf')];
    const { code, stderr } = await runProgram(this.#inItsOwnWorld({ command: logrotateCommand, args }));
    if (code !== 0) throw new Error(`logrotate ended with ${code}: ${stderr}`);
  }

  #agentInvocation(...more: readonly string[]): Invocation {
    const own = (name: string): string => join(this.#folder, name);
    return this.#inItsOwnWorld({
      command: process.execPath,
      args: [
        join(repositoryRoot, 'apps', 'agent', 'bin', 'akashi-agent.mjs'),
        `--config=${own('awslogs.conf')}`,
        `--endpoint=${this.#demo.ingestHttpsUrl}`,
        `--ca=${this.#demo.syslog.ca}`,
        `--key-file=${own('ingest.key')}`,
        `--state=${own('state')}`,
        ...more,
      ],
      // One machine plays several hosts, in Japan.
      env: { AKASHI_AGENT_HOSTNAME: this.name, AKASHI_AGENT_METADATA_URL: 'off', TZ: 'Asia/Tokyo' },
    });
  }

  #inItsOwnWorld({ command, args, ...rest }: Invocation): Invocation {
    const script = 'mount --bind "$1" /var/log && shift && exec "$@"';
    return {
      ...rest,
      command: 'unshare',
      args: ['--mount', 'sh', '-c', script, 'sh', join(this.#folder, 'var', 'log'), command, ...args],
    };
  }

  #put(name: string, content: string): void {
    writeFileSync(join(this.#folder, name), content, { mode: 0o600 });
  }
}
