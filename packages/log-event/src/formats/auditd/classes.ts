import { classTable } from '../../classes/class-table.ts';

const signIn = 'authentication-use';
const refusedSignIn = 'authentication-use access-denied';

/** Linux audit (PCI DSS 10.2.1.2 to 10.2.1.7). What a call did, and to which file, is judged in `classify-audit.ts`. */
export const auditdClasses = classTable({
  ...both(
    'user_auth user_acct user_login user_err user_start cred_acq cred_refr grp_auth crypto_login login',
    signIn,
    refusedSignIn,
  ),
  ...all('user_logout user_end cred_disp crypto_logout', signIn),
  ...all(
    'anom_login_failures anom_login_time anom_login_sessions anom_login_acct anom_login_location anom_login_service',
    refusedSignIn,
  ),
  ...both(
    'add_user del_user add_group del_group user_mgmt grp_mgmt acct_lock acct_unlock chuser_id chgrp_id',
    'account-change administrator-action',
    'account-change access-denied',
  ),
  ...all(
    'anom_add_acct anom_del_acct anom_mod_acct resp_acct_lock resp_acct_lock_timed resp_acct_unlock_timed',
    'account-change',
  ),
  ...both('grp_chauthtok user_chauthtok', 'credential-change', 'credential-change access-denied'),
  ...both('user_cmd', 'privilege-elevation administrator-action', 'privilege-elevation access-denied'),
  ...all('role_assign role_modify', 'privilege-elevation administrator-action'),
  ...all('anom_root_trans', 'privilege-elevation'),
  ...all('role_remove', 'account-change administrator-action'),
  ...all('daemon_start daemon_end daemon_abort daemon_rotate daemon_resume daemon_err', 'log-control'),
  ...all('daemon_config daemon_reconfig', 'policy-change log-control administrator-action'),
  ...all('config_change feature_change usys_config', 'policy-change administrator-action'),
  ...all(
    'mac_policy_load mac_status mac_config_change user_mac_policy_load user_mac_config_change user_mac_status',
    'policy-change administrator-action',
  ),
  ...all('netfilter_cfg crypto_param_change_user', 'policy-change'),
  ...all('kern_module software_update made_device loaded_kernel_module unloaded_kernel_module', 'system-object'),
  ...all('changed_system_time time_injoffset time_adjntpval', 'time-change'),
  ...all(
    'avc_denied apparmor_denied fanotify_denied anom_link anom_creat anom_access_fs anom_max_dac anom_max_mac anom_rbac_fail',
    'access-denied',
  ),
});

function all(actions: string, classes: string): Record<string, string> {
  return Object.fromEntries(actions.split(' ').map((action) => [action, classes]));
}

function both(actions: string, classes: string, failed: string): Record<string, string> {
  const rows = actions.split(' ').map((action) => [`${action} failure`, failed]);
  return { ...all(actions, classes), ...(Object.fromEntries(rows) as Record<string, string>) };
}
