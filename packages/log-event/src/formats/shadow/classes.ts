import { classTable } from '../../classes/class-table.ts';

/** Accounts and groups (PCI DSS 10.2.1.5), and sign-ins at a terminal. */
export const shadowClasses = classTable({
  user_added: 'account-change administrator-action',
  'user_added failure': 'account-change',
  'group_added failure': 'account-change',
  user_changed: 'account-change',
  user_renamed: 'account-change administrator-action',
  user_deleted: 'account-change administrator-action',
  group_added: 'account-change administrator-action',
  group_changed: 'account-change administrator-action',
  group_renamed: 'account-change administrator-action',
  group_deleted: 'account-change administrator-action',
  group_member_added: 'account-change administrator-action',
  group_member_removed: 'account-change administrator-action',
  account_locked: 'account-change administrator-action',
  account_unlocked: 'account-change administrator-action',
  password_changed: 'credential-change',
  'password_changed failure': 'credential-change access-denied',
  password_expiry_changed: 'credential-change',
  group_password_changed: 'credential-change',
  group_switched: 'privilege-elevation',
  'group_switched failure': 'privilege-elevation access-denied',
  login: 'authentication-use',
  'login failure': 'authentication-use access-denied',
});
