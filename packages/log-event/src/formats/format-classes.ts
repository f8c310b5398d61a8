import type { ClassTables } from '../classes/place-classes.ts';
import { akashiAuditClasses } from './akashi-audit/classes.ts';
import { cronClasses } from './cron/classes.ts';
import { databaseClasses } from './database-readers.ts';
import { hostClasses } from './host-readers.ts';
import { webErrorClasses } from './http-access/classes.ts';
import { ntpClasses, systemClockClasses } from './ntpd/classes.ts';
import { pamClasses } from './pam/classes.ts';
import { networkClasses } from './network-readers.ts';
import { sshdClasses } from './sshd/classes.ts';
import { suClasses } from './su/classes.ts';
import { sudoClasses } from './sudo/classes.ts';
import { windowsEventClasses } from './windows-event/classes.ts';

/** The class table of each format, by the format's name. A format that is not here has classes only by its reader. */
export const formatClasses: ClassTables = new Map([
  ...databaseClasses,
  ...hostClasses,
  ...networkClasses,
  ['akashi-audit', akashiAuditClasses],
  ['apache-error', webErrorClasses],
  ['chrony', ntpClasses],
  ['cron', cronClasses],
  ['nginx-error', webErrorClasses],
  ['ntpd', ntpClasses],
  ['pam', pamClasses],
  ['sshd', sshdClasses],
  ['su', suClasses],
  ['sudo', sudoClasses],
  ['system-clock', systemClockClasses],
  ['windows-event', windowsEventClasses],
]);
