import { classTable } from '../../classes/class-table.ts';

export const polkitClasses = classTable({
  polkit_authorized: 'authentication-use privilege-elevation',
  'polkit_authorized failure': 'access-denied authentication-use',
  pkexec_command: 'administrator-action privilege-elevation',
  'pkexec_command failure': 'access-denied privilege-elevation',
  dbus_rejected: 'access-denied',
});
