import { classTable } from '../../classes/class-table.ts';

/** The scanner is a security function: that it stops is a change of policy. */
export const clamavClasses = classTable({
  malware_scanner_stopped: 'policy-change',
});
