import { classTable } from '../../classes/class-table.ts';

/** Sign-ins to networks and devices, and administration of ISE (PCI DSS 10.2.1.2, .4, .5). */
export const ciscoIseClasses = classTable({
  ise_login: 'authentication-use',
  'ise_login failure': 'authentication-use access-denied',
  ise_accounting: 'authentication-use',
  ise_command: 'administrator-action',
  ise_administration: 'administrator-action policy-change',
});
