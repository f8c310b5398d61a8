import { classTable } from '../../classes/class-table.ts';

/** sudo gives more rights than before, and what is done with them is an administrator's act (PCI DSS 10.2.1.2, 10.2.1.5). */
export const sudoClasses = classTable({
  sudo_command: 'administrator-action privilege-elevation',
  'sudo_command failure': 'access-denied privilege-elevation',
  sudo_command_continued: 'administrator-action',
});
