import { spawnSync } from 'node:child_process';

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
}

/** The shortest that Linux grants. */
const turnNs = 100_000;
/** Numbers of sched_setattr(2). */
const systemCalls: Partial<Record<NodeJS.Architecture, number>> = { x64: 314, arm64: 274 };

/** The structure is `sched_attr` of sched_setattr(2): an ordinary thread, its niceness as it is. */
const perl = `
  my ($call, $turn_ns, @program) = @ARGV;
  my $attributes = pack('L2 Q l L Q3', 48, 0, 0, getpriority(0, 0), 0, $turn_ns, 0, 0);
  syscall($call + 0, 0, $attributes, 0);
  exec { $program[0] } @program or exit 127;
`;

function wrap(call: number, { command, args }: Program): Program {
  return { command: 'perl', args: ['-e', perl, '--', String(call), String(turnNs), command, ...args] };
}

/**
 * Has a program, and every thread that it will make, take short turns at the processor: no more of it than before, but as
 * soon as there is something to do, in the middle of a longer turn of another (Linux 6.12 and later; before, a thread that
 * wakes waits some milliseconds for the end of that turn, whatever the niceness of both). Best effort: an older kernel
 * takes no notice, and where the call cannot be made the program is started as it is. Neither Node nor every chrt(1) has
 * the call; perl is part of the base of Debian and its relatives.
 */
export function withShortTurns(program: Program): Program {
  const call = process.platform === 'linux' ? systemCalls[process.arch] : undefined;
  if (call === undefined) return program;
  const probe = wrap(call, { command: 'true', args: [] });
  return spawnSync(probe.command, probe.args).status === 0 ? wrap(call, program) : program;
}
