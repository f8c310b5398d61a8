import { classTable } from '../../classes/class-table.ts';

/** Refused questions and transfers, changed zones, and commands to the server (PCI DSS 10.2.1.2, 10.2.1.4). */
export const namedClasses = classTable({
  dns_denied: 'access-denied',
  dns_zone_updated: 'policy-change',
  dns_command: 'administrator-action',
  'dns_command failure': 'administrator-action access-denied',
});
