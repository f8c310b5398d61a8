/** Programs of hosts: which of them writes a message in a syslog envelope or the journal. */

import type { ClassTable } from '../classes/class-table.ts';
import type { EventDraft } from '../event-draft.ts';
import type { WallTime } from '../time/wall-time.ts';
import { auditdClasses } from './auditd/classes.ts';
import { clamavClasses } from './clamav/classes.ts';
import { readClamav } from './clamav/read-clamav.ts';
import { fail2banClasses } from './fail2ban/classes.ts';
import { readFail2ban, readFail2banFile } from './fail2ban/read-fail2ban.ts';
import { fileIntegrityClasses } from './file-integrity/classes.ts';
import { readFileIntegrity } from './file-integrity/read-file-integrity.ts';
import { logDaemonClasses } from './log-daemon/classes.ts';
import { logPrograms, readLogDaemon } from './log-daemon/read-log-daemon.ts';
import { packageClasses } from './packages/classes.ts';
import { readPackageFile, readYum } from './packages/read-packages.ts';
import { polkitClasses } from './polkit/classes.ts';
import { polkitPrograms, readPolkit } from './polkit/read-polkit.ts';
import type { ContentReader } from './program-readers.ts';
import { sambaClasses } from './samba/classes.ts';
import { readSamba } from './samba/read-samba.ts';
import { sftpServerClasses } from './sftp-server/classes.ts';
import { readSftpServer } from './sftp-server/read-sftp-server.ts';
import { readSetroubleshoot } from './setroubleshoot/read-setroubleshoot.ts';
import { shadowClasses } from './shadow/classes.ts';
import { readLogin, readShadow, shadowPrograms } from './shadow/read-shadow.ts';
import { readSystemClock } from './system-clock/read-system-clock.ts';
import { systemdClasses } from './systemd/classes.ts';
import { readSystemd } from './systemd/read-systemd.ts';
import { vsftpdClasses } from './vsftpd/classes.ts';
import { readVsftpd } from './vsftpd/read-vsftpd.ts';

/** Readers by the program's name. */
export const hostPrograms: ReadonlyArray<readonly [string, ContentReader]> = [
  ...named(shadowPrograms, readShadow),
  ...named('login', readLogin),
  ...named(polkitPrograms, readPolkit),
  ...named(logPrograms, (draft, message) => readSystemClock(draft, message) || readLogDaemon(draft, message)),
  ...named(
    'systemd systemd-logind',
    (draft, message) => readSystemClock(draft, message) || readSystemd(draft, message),
  ),
  ...named('yum dnf dnf-automatic packagekitd', readYum),
  ...named('aide tripwire', readFileIntegrity),
  ...named('clamd freshclam clamav clamav-daemon clamonacc', readClamav),
  ...named('vsftpd', readVsftpd),
  ...named('sftp-server internal-sftp', readSftpServer),
  ...named('smbd_audit', readSamba),
  ...named('fail2ban fail2ban-server fail2ban.actions fail2ban.filter fail2ban.jail fail2ban.server', readFail2ban),
  ...named('setroubleshoot setroubleshootd', readSetroubleshoot),
];

/** Lines of files that begin with their time. */
export function readHostFile(draft: EventDraft, wall: WallTime): boolean {
  return readPackageFile(draft, wall) || readFail2banFile(draft, wall);
}

/** Class tables by the format's name. */
export const hostClasses: ReadonlyArray<readonly [string, ClassTable]> = [
  ['auditd', auditdClasses],
  ['clamav', clamavClasses],
  ['fail2ban', fail2banClasses],
  ['file-integrity', fileIntegrityClasses],
  ['log-daemon', logDaemonClasses],
  ['packages', packageClasses],
  ['polkit', polkitClasses],
  ['samba', sambaClasses],
  ['sftp-server', sftpServerClasses],
  ['shadow', shadowClasses],
  ['systemd', systemdClasses],
  ['vsftpd', vsftpdClasses],
];

function named(programs: string, reader: ContentReader): Array<readonly [string, ContentReader]> {
  return programs.split(' ').map((program) => [program, reader] as const);
}
