/** The programs whose messages are known, by the name that their envelope gives: syslog's tag, the journal's identifier. */

import type { EventDraft } from '../event-draft.ts';
import { readAuditThroughSyslog } from './auditd/read-auditd.ts';
import { readChrony } from './chrony/read-chrony.ts';
import { readCron } from './cron/read-cron.ts';
import { databasePrograms } from './database-readers.ts';
import { hostPrograms } from './host-readers.ts';
import { readLogDaemon } from './log-daemon/read-log-daemon.ts';
import { readNetfilter } from './netfilter/read-netfilter.ts';
import { networkPrograms, programFamily } from './network-readers.ts';
import { readNtpd } from './ntpd/read-ntpd.ts';
import { readPam, readPamMessage, startsPam } from './pam/read-pam.ts';
import { readSshd } from './sshd/read-sshd.ts';
import { readSu } from './su/read-su.ts';
import { readSudo } from './sudo/read-sudo.ts';
import { clockPrograms, readSystemClock } from './system-clock/read-system-clock.ts';
import { readOssecWindows, readProviderText } from './windows-event/read-event-text.ts';

/** Reads the message of one program; false when it is not that program's. */
export type ContentReader = (draft: EventDraft, message: string) => boolean;

const readers = new Map<string, ContentReader>([
  ['sshd', readSshd],
  ['sshd-session', readSshd],
  ['sshd-auth', readSshd],
  ['sudo', readSudo],
  ['su', readSu],
  ['CRON', readCron],
  ['cron', readCron],
  ['crond', readCron],
  ['CROND', readCron],
  ['anacron', readCron],
  ['crontab', readCron],
  ['ntpd', readNtpd],
  ['xntpd', readNtpd],
  ['ntpdate', readNtpd],
  ['ntp_intres', readNtpd],
  ['chronyd', readChrony],
  ['chrony', readChrony],
  ...clockPrograms.map((program) => [program, readSystemClock] as const),
  [
    'kernel',
    (draft, message) =>
      readNetfilter(draft, message) ||
      readSystemClock(draft, message) ||
      readAuditThroughSyslog(draft, message) ||
      (startsKernelLog(message) && readLogDaemon(draft, message)),
  ],
  ['audit', readAuditThroughSyslog],
  ...hostPrograms,
  ...networkPrograms,
  ...databasePrograms,
  ['WinEvtLog', readOssecWindows],
  ['Security-Auditing', readProviderText],
]);

/** klogd speaks under the kernel's name. */
function startsKernelLog(message: string): boolean {
  return message.charCodeAt(0) === 107 || message.charCodeAt(0) === 75;
}

/** False for a message of a program that is not known, and for one that is not that program's. */
export function readByProgram(draft: EventDraft, message: string): boolean {
  if (startsPam(message) && readPam(draft, message)) return true;
  const program = draft.get('process.name');
  if (typeof program !== 'string') return false;
  const tag = draft.get('log.syslog.appname');
  if (typeof tag === 'string' && tag.includes('(pam_')) {
    readPamMessage(draft, message, program);
    return true;
  }
  const reader = readers.get(program) ?? readers.get(programFamily(program) ?? '');
  if (reader?.(draft, message) === true) return true;
  return program.startsWith('Microsoft-Windows-') && readProviderText(draft, message);
}

export function contentReader(program: string): ContentReader | undefined {
  return readers.get(program);
}
