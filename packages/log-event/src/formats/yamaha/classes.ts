import { classTable } from '../../classes/class-table.ts';

/** Yamaha's routers: sign-ins, saved configurations and refused packets (PCI DSS 10.2.1.2, .4, .5). */
export const yamahaClasses = classTable({
  yamaha_login: 'authentication-use',
  'yamaha_login failure': 'authentication-use access-denied',
  yamaha_logout: 'authentication-use',
  yamaha_configuration_saved: 'administrator-action policy-change',
  yamaha_denied: 'access-denied',
});
