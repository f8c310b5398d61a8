/** What a system call does, for those that rules of audit watch: the action, the category of ECS. */

export interface SyscallAction {
  readonly action: string;
  readonly category: string;
}

const actions: ReadonlyArray<readonly [action: string, category: string, calls: string]> = [
  ['executed', 'process', 'execve execveat'],
  ['opened_file', 'file', 'open openat openat2 open_by_handle_at creat'],
  ['read_file', 'file', 'read readv pread64 preadv'],
  ['wrote_file', 'file', 'write writev pwrite64 pwritev truncate ftruncate truncate64 ftruncate64'],
  ['deleted', 'file', 'unlink unlinkat rmdir'],
  ['renamed', 'file', 'rename renameat renameat2'],
  ['created_directory', 'file', 'mkdir mkdirat'],
  ['linked', 'file', 'link linkat'],
  ['symlinked', 'file', 'symlink symlinkat'],
  ['made_device', 'file', 'mknod mknodat'],
  ['changed_file_permissions', 'file', 'chmod fchmod fchmodat fchmodat2'],
  ['changed_file_owner', 'file', 'chown fchown lchown fchownat chown32 fchown32 lchown32'],
  ['changed_file_attributes', 'file', 'setxattr lsetxattr fsetxattr removexattr lremovexattr fremovexattr'],
  ['mounted', 'configuration', 'mount fsmount move_mount'],
  ['unmounted', 'configuration', 'umount umount2'],
  ['loaded_kernel_module', 'driver', 'init_module finit_module create_module'],
  ['unloaded_kernel_module', 'driver', 'delete_module'],
  [
    'changed_system_time',
    'host',
    'settimeofday clock_settime clock_settime64 adjtimex clock_adjtime clock_adjtime64 stime',
  ],
  ['changed_system_name', 'configuration', 'sethostname setdomainname'],
  [
    'changed_identity',
    'process',
    'setuid setgid setreuid setregid setresuid setresgid setfsuid setfsgid setgroups setuid32 setgid32',
  ],
  ['connected_to', 'network', 'connect'],
  ['bound_socket', 'network', 'bind'],
  ['listened_for_connections', 'network', 'listen'],
  ['accepted_connection', 'network', 'accept accept4'],
  ['opened_socket', 'network', 'socket socketcall'],
  ['sent_to', 'network', 'sendto sendmsg sendmmsg'],
  ['received_from', 'network', 'recvfrom recvmsg recvmmsg'],
  ['killed_process', 'process', 'kill tkill tgkill'],
  ['traced_process', 'process', 'ptrace'],
  ['rebooted', 'host', 'reboot kexec_load kexec_file_load'],
  ['changed_accounting', 'configuration', 'acct'],
];

const byCall = new Map<string, SyscallAction>(
  actions.flatMap(([action, category, calls]) => calls.split(' ').map((call) => [call, { action, category }] as const)),
);

/** Undefined for a call that says too little by itself. */
export function syscallAction(call: string): SyscallAction | undefined {
  return byCall.get(call);
}

/** Negative results of calls that were refused, and other common ones (uapi/asm-generic/errno-base.h). */
const errors = new Map([
  ['-1', 'EPERM'],
  ['-2', 'ENOENT'],
  ['-6', 'ENXIO'],
  ['-13', 'EACCES'],
  ['-16', 'EBUSY'],
  ['-17', 'EEXIST'],
  ['-20', 'ENOTDIR'],
  ['-21', 'EISDIR'],
  ['-22', 'EINVAL'],
  ['-30', 'EROFS'],
  ['-95', 'EOPNOTSUPP'],
  ['-98', 'EADDRINUSE'],
  ['-111', 'ECONNREFUSED'],
  ['-115', 'EINPROGRESS'],
]);

export function errorName(exit: string): string | undefined {
  return exit.startsWith('-') ? errors.get(exit) : exit.startsWith('E') ? exit : undefined;
}

/** What a call of these results lacked was the right to it. */
export const refusals: ReadonlySet<string> = new Set(['EPERM', 'EACCES']);
