import { classTable } from '../../classes/class-table.ts';

/** Sign-ins, commands and refused packets of Huawei and H3C (PCI DSS 10.2.1.2, .4, .5). */
export const huaweiClasses = classTable({
  huawei_login: 'authentication-use',
  'huawei_login failure': 'authentication-use access-denied',
  huawei_logout: 'authentication-use',
  huawei_command: 'administrator-action',
  huawei_configured: 'administrator-action policy-change',
  huawei_denied: 'access-denied',
  huawei_user_added: 'administrator-action account-change',
  huawei_user_deleted: 'administrator-action account-change',
});
