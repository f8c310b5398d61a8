#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const bundle = new URL('../dist/akashi-agent.mjs', import.meta.url);
const pinnedNode = fileURLToPath(new URL('../../../node_modules/.bin/node', import.meta.url));

function refuse(sentence) {
  process.stderr.write(`akashi-agent: ${sentence}\n`);
  process.exitCode = 1;
}

if (!existsSync(bundle)) {
  refuse(
    'the agent is not built yet: run "npm start" or "npx turbo run build --filter=@akashi/agent" in the repository first.',
  );
} else if (Number(process.versions.node.split('.')[0]) >= 20) {
  // In this process, so that a signal to it reaches the agent itself.
  await import(bundle.href);
} else if (existsSync(pinnedNode)) {
  const agent = spawn(pinnedNode, [fileURLToPath(bundle), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => agent.kill(signal));
  agent.on('exit', (code) => (process.exitCode = code ?? 1));
} else {
  refuse(`Node 20 or newer is needed, this is ${process.versions.node}.`);
}
