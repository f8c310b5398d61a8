/** A witness that others wrote: litewitness, whose key lies in an ssh-agent. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { findGoProgram, type FoundProgram } from '@akashi/s3-testserver';

const torchwood = 'filippo.io/torchwood';

function find(name: string): Promise<FoundProgram> {
  return findGoProgram({
    name,
    what: 'litewitness, a witness that others wrote',
    module: torchwood,
    package: `${torchwood}/cmd/${name}`,
    version: 'v0.6.1',
    moduleSum: 'h1:5ySRP9s89RylK4lVZATrxrUlcBSG4FC57rDm71bfnYU=',
  });
}

export interface ForeignWitness {
  readonly url: string;
  readonly vkey: string;
  close(): void;
}

export type FoundWitness = { missing: string } | { litewitness: string; witnessctl: string };

export async function findLitewitness(): Promise<FoundWitness> {
  const [litewitness, witnessctl] = [await find('litewitness'), await find('witnessctl')];
  if ('missing' in litewitness) return litewitness;
  if ('missing' in witnessctl) return witnessctl;
  if (spawnSync('ssh-agent', ['-k']).error !== undefined) return { missing: 'litewitness needs ssh-agent (OpenSSH).' };
  return { litewitness: litewitness.path, witnessctl: witnessctl.path };
}

function must(command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): string {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', env });
  if (status !== 0) throw new Error(`${command}: ${stdout}${stderr}`);
  return stdout;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts it in `home` for one log. */
export async function startLitewitness(
  found: Exclude<FoundWitness, { missing: string }>,
  { home, origin, logKey }: { home: string; origin: string; logKey: string },
): Promise<ForeignWitness> {
  const [db, socket, key] = [join(home, 'witness.db'), join(home, 'agent'), join(home, 'key')];
  must(found.witnessctl, ['add-log', '-db', db, '-origin', origin]);
  must(found.witnessctl, ['add-key', '-db', db, '-origin', origin, '-key', logKey]);
  must('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
  const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(agent.stdout, 'data');
  if (!existsSync(socket)) throw new Error('ssh-agent made no socket');
  must('ssh-add', ['-q', key], { ...process.env, SSH_AUTH_SOCK: socket });
  const [, fingerprint = ''] = must('ssh-keygen', ['-lf', `${key}.pub`]).split(' ');
  const address = `127.0.0.1:${await freePort()}`;
  const args = ['-db', db, '-name', 'foreign.example/w', '-key', fingerprint, '-ssh-agent', socket, '-listen', address];
  const witness = spawn(found.litewitness, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const vkey = await vkeyTold(witness);
  return {
    url: `http://${address}`,
    vkey,
    close: () => {
      witness.kill();
      agent.kill();
    },
  };
}

/** It tells its key and then that it listens. */
async function vkeyTold(witness: ChildProcess): Promise<string> {
  let told = '';
  for await (const chunk of witness.stderr as AsyncIterable<Buffer>) {
    told += chunk.toString();
    const vkey = /vkey="?(\S+?)"?\s/.exec(told)?.[1];
    if (vkey !== undefined && told.includes('listening')) {
      witness.stderr?.resume();
      return vkey;
    }
  }
  throw new Error(`litewitness ended: ${told}`);
}
