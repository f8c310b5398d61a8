import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, existsSync, readFileSync } from 'node:fs';

/**
 * PostgreSQL and OpenSearch refuse to run as root. When we are root they run as this system user, with the one
 * capability that lets them reach their own folders below directories that only root may enter.
 */
const storesUser = 'akashi-services';

/** The pages' own user: it owns nothing, and reads what everybody may read. */
const pagesUser = 'akashi-web';

export interface OrdinaryUser {
  /** Puts `command` under the ordinary user; unchanged when we are not root. */
  wrap(command: string, args: readonly string[]): { command: string; args: string[] };
  /** Hands a folder to the ordinary user. */
  own(path: string): void;
}

function lookUp(userName: string): { uid: number; gid: number } | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${userName}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

function createUser(userName: string): { uid: number; gid: number } {
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', userName]);
  const user = lookUp(userName);
  if (user === undefined) throw new Error(`the system user ${userName} could not be created with useradd`);
  return user;
}

function capabilityArguments(ids: readonly string[]): string[] {
  // Without the secure bit access(2) would leave the capability out of account, and a JVM asks by access(2).
  const capability = [
    '--inh-caps=+dac_read_search',
    '--ambient-caps=+dac_read_search',
    '--securebits=+no_setuid_fixup',
  ];
  const probe = spawnSync('setpriv', [...ids, ...capability, 'true']);
  return probe.status === 0 ? capability : [];
}

function idsOf(userName: string): { uid: number; gid: number; ids: string[] } {
  const { uid, gid } = lookUp(userName) ?? createUser(userName);
  return { uid, gid, ids: [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'] };
}

/**
 * The command as the pages' own user, without any capability: when we are root and that user may read all of `files`.
 * Undefined otherwise.
 */
export function asPagesUser(
  { command, args }: { command: string; args: readonly string[] },
  files: readonly string[],
): { command: string; args: string[] } | undefined {
  if (process.getuid?.() !== 0 || !existsSync('/etc/passwd')) return undefined;
  const { ids } = idsOf(pagesUser);
  const prefix = [...ids, '--no-new-privs', '--bounding-set=-all'];
  const reads = files.every((file) => spawnSync('setpriv', [...prefix, 'test', '-r', file]).status === 0);
  return reads ? { command: 'setpriv', args: [...prefix, command, ...args] } : undefined;
}

/** The user that services run as: ourselves, or a system user when we are root. */
export function findOrdinaryUser(): OrdinaryUser {
  if (process.getuid?.() !== 0 || !existsSync('/etc/passwd')) {
    return { wrap: (command, args) => ({ command, args: [...args] }), own: () => undefined };
  }
  const { uid, gid, ids } = idsOf(storesUser);
  const prefix = [...ids, ...capabilityArguments(ids)];
  return {
    wrap: (command, args) => ({ command: 'setpriv', args: [...prefix, command, ...args] }),
    own: (path) => {
      chownSync(path, uid, gid);
      execFileSync('chown', ['-R', `${uid}:${gid}`, path]);
    },
  };
}
