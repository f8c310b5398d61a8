import { Command, InvalidArgumentError } from 'commander';

import { runAgent } from './agent.ts';
import { AgentFault } from './agent-fault.ts';
import { readEnvironment } from './env.ts';
import { createSay } from './say.ts';
import { agentVersion } from './version.ts';

type Options = {
  config: string;
  endpoint: string;
  keyFile: string;
  ca?: string;
  state?: string;
  once?: boolean;
  onceWait: number;
};

const program = new Command('akashi-agent')
  .description('Follows log files as an awslogs.conf says and ships every line to Akashi.')
  .version(agentVersion)
  .requiredOption('--config <file>', 'an awslogs.conf, as it is')
  .requiredOption('--endpoint <url>', 'where Akashi takes logs in')
  .requiredOption('--key-file <file>', 'a file that holds the ingest key')
  .option('--ca <file>', "the certificate authority of an https endpoint, such as Akashi's own ca.pem")
  .option('--state <dir>', 'folder in which the agent remembers what was shipped')
  .option('--once', 'ship what is there and exit')
  .option('--once-wait <seconds>', 'with --once: give up after so long without a receipt', readSeconds, 60)
  .parse();

const options = program.opts<Options>();
const say = createSay((text) => void process.stderr.write(text));
const stop = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop.abort());
// awslogs users send HUP after editing files; the agent must not die of it.
process.on('SIGHUP', () => say.line('restart the agent to have it read its configuration again.'));

try {
  await runAgent(
    {
      config: options.config,
      endpoint: options.endpoint,
      keyFile: options.keyFile,
      caFile: options.ca ?? null,
      state: options.state ?? null,
      once: options.once ?? false,
      onceWaitMs: options.onceWait * 1000,
    },
    { environment: readEnvironment(), say, isRoot: process.getuid?.() === 0, stop: stop.signal },
  );
  process.exitCode = 0;
} catch (error) {
  if (!(error instanceof AgentFault)) throw error;
  say.line(error.message);
  process.exitCode = 1;
}

function readSeconds(value: string): number {
  const seconds = Number(value);
  if (!Number.isFinite(seconds) || seconds < 0) throw new InvalidArgumentError('a number of seconds is expected.');
  return seconds;
}
