import { classTable } from '../../classes/class-table.ts';

/** Refused packets (PCI DSS 10.2.1.4). */
export const pfClasses = classTable({
  pf_denied: 'access-denied',
});
