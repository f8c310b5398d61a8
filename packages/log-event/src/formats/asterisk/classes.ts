import { classTable } from '../../classes/class-table.ts';

/** Registrations of telephones (PCI DSS 10.2.1.4, 10.2.1.5). */
export const asteriskClasses = classTable({
  sip_register: 'authentication-use',
  'sip_register failure': 'authentication-use access-denied',
});
