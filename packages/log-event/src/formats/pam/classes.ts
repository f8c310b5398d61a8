import { classTableOf } from '../../classes/class-table.ts';

/** Uses of the modules (PCI DSS 10.2.1.4, 10.2.1.5). Sessions have their classes by the service that they are of. */
export const pamClasses = classTableOf({
  'authentication-use': 'authentication access_granted password_expired',
  'authentication-use access-denied':
    'authentication_failed password_check access_denied account_expired account_locked',
  'credential-change': 'password_changed',
});
