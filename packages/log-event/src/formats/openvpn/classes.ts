import { classTable } from '../../classes/class-table.ts';

/** Sign-ins to private networks (PCI DSS 10.2.1.4, 10.2.1.5). */
export const openvpnClasses = classTable({
  vpn_login: 'authentication-use',
  'vpn_login failure': 'authentication-use access-denied',
  vpn_certificate_verified: 'authentication-use',
  vpn_opened: 'authentication-use',
  vpn_closed: 'authentication-use',
});
