import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A network namespace with an address of its own, as another machine that has a cable to this one. */
export interface OtherMachine {
  /** Its own address. */
  readonly address: string;
  /** Where it reaches this machine. */
  readonly here: string;
  /** Runs a program there and answers what it printed. */
  run(program: string, args: readonly string[]): Promise<string>;
  close(): Promise<void>;
}

/**
 * Undefined where this is not possible: it needs Linux, iproute2 and root. The addresses are of TEST-NET-2 (RFC 5737), so
 * that nothing else has them.
 */
export async function openOtherMachine(): Promise<OtherMachine | undefined> {
  const name = `akashi${process.pid % 100_000}`;
  const octet = 4 * (process.pid % 60);
  const [here, address] = [`198.51.100.${octet + 1}`, `198.51.100.${octet + 2}`];
  const ip = (...args: string[]): Promise<unknown> => run('ip', args);
  const close = async (): Promise<void> => {
    await ip('netns', 'del', name);
  };
  try {
    await ip('netns', 'add', name);
  } catch {
    return undefined;
  }
  try {
    await ip('link', 'add', name, 'type', 'veth', 'peer', 'name', 'other0', 'netns', name);
    await ip('addr', 'add', `${here}/30`, 'dev', name);
    await ip('link', 'set', name, 'up');
    await ip('-n', name, 'addr', 'add', `${address}/30`, 'dev', 'other0');
    await ip('-n', name, 'link', 'set', 'other0', 'up');
    await ip('-n', name, 'link', 'set', 'lo', 'up');
  } catch {
    await close();
    return undefined;
  }
  return {
    address,
    here,
    async run(program, args) {
      const { stdout } = await run('ip', ['netns', 'exec', name, program, ...args]);
      return stdout;
    },
    close,
  };
}
