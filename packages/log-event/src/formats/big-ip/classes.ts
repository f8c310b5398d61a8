import { classTable } from '../../classes/class-table.ts';

/** BIG-IP: sign-ins and what administrators change (PCI DSS 10.2.1.2, .4, .5). */
export const bigIpClasses = classTable({
  bigip_login: 'authentication-use administrator-action',
  'bigip_login failure': 'authentication-use access-denied',
  bigip_logout: 'authentication-use administrator-action',
  bigip_command: 'administrator-action policy-change',
  'bigip_command failure': 'administrator-action access-denied',
  bigip_configured: 'administrator-action policy-change',
  'bigip_configured failure': 'administrator-action access-denied',
});
