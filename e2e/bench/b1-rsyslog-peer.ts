import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePortBase } from '@akashi/testkit';
import { stopProcess, waitUntil } from './b1-ingest-process.ts';

/** A real rsyslogd that takes lines over TCP and writes them to one file. */
export interface RsyslogPeer {
  readonly port: number;
  /** Bytes that came out at the far end. */
  writtenBytes(): Promise<number>;
  stop(): Promise<void>;
}

const daemonPath = ['/usr/sbin/rsyslogd', '/usr/local/sbin/rsyslogd', '/sbin/rsyslogd'].find((path) =>
  existsSync(path),
);

export const hasRsyslog = daemonPath !== undefined;

/**
 * `durable`: a disk queue whose files are synced before a message counts as taken, the nearest that rsyslog has to "a
 * receipt means durable". Its checkpoint interval stays at the default, which favours it: after a power cut it would find
 * the messages, but not its index of them. `fast`: straight to the file, page cache only.
 */
export async function startRsyslog(kind: 'durable' | 'fast'): Promise<RsyslogPeer> {
  if (daemonPath === undefined) throw new Error('rsyslogd is not installed');
  const folder = await mkdtemp(join(tmpdir(), 'akashi-b1-rsyslog-'));
  const port = await freePortBase([0]);
  const queue =
    kind === 'durable'
      ? 'queue.type="Disk" queue.filename="landing" queue.syncqueuefiles="on" queue.maxdiskspace="2g" queue.size="2000000"'
      : '';
  await writeFile(
    join(folder, 'rsyslog.conf'),
    [
      `global(workDirectory="${folder}")`,
      'module(load="imptcp")',
      'template(name="raw" type="string" string="%rawmsg%\\n")',
      `ruleset(name="landing" ${queue}) { action(type="omfile" file="${folder}/out.log" template="raw") }`,
      `input(type="imptcp" address="127.0.0.1" port="${port}" ruleset="landing")`,
      '',
    ].join('\n'),
  );
  const daemon = spawn(daemonPath, ['-n', '-f', join(folder, 'rsyslog.conf'), '-i', join(folder, 'pid')], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  await waitUntil(() => accepts(port), 20_000);
  return {
    port,
    writtenBytes: () =>
      stat(join(folder, 'out.log')).then(
        ({ size }) => size,
        () => 0,
      ),
    async stop() {
      // A full disk queue takes long to be saved; nothing of it is wanted any more.
      daemon.kill('SIGKILL');
      await stopProcess(daemon);
      await rm(folder, { recursive: true });
    },
  };
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
