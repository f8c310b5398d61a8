import { classTable } from '../../classes/class-table.ts';

/** Sign-ins to networks (PCI DSS 10.2.1.4, 10.2.1.5). */
export const freeradiusClasses = classTable({
  radius_login: 'authentication-use',
  'radius_login failure': 'authentication-use access-denied',
  radius_denied: 'access-denied',
});
