/**
 * Events of Windows' security log: ids, what happened, its category in ECS, which fields the data fills
 * (`data-fields.ts`), and classes. `-` stands for no class, or for what the data decides (`event-classes.ts`).
 *
 * A failed audit of any of them is a refused attempt (10.2.1.4).
 */
export const securityEvents = `
1100 event_log_stopped process plain log-control
1101 audit_events_dropped process plain log-control
1102 audit_log_cleared process plain log-control
1104 audit_log_full process plain log-control
1105 audit_log_archived process plain log-control
1108 event_log_error process plain log-control
4608 windows_audit_started process plain log-control
4609 windows_audit_stopped process plain log-control
4612 audit_events_dropped process plain log-control
4610,4611,4614,4622 security_package_loaded configuration plain policy-change
4616 system_time_changed configuration plain time-change
4618 security_event_pattern intrusion_detection plain -
4621 audit_failure_recovered configuration plain policy-change
4624 windows_logon authentication logon authentication-use
4625 windows_logon authentication logon authentication-use
4626,4627 windows_logon_claims authentication logon -
4634,4647 windows_logoff session logon authentication-use
4648 windows_explicit_logon authentication explicit authentication-use
4649 replay_attack_detected intrusion_detection plain access-denied
4656 object_handle_requested file object -
4657 registry_value_changed registry object system-object
4658 object_handle_closed file object -
4659,4660 object_deleted file object system-object
4661,4662 directory_object_accessed iam object -
4663 object_accessed file object -
4664 hard_link_created file object -
4670 object_permissions_changed file object policy-change
4672 special_privileges_assigned iam plain -
4673 privileged_service_called process plain administrator-action
4674 privileged_object_operation process object administrator-action
4675 logon_sids_filtered authentication logon authentication-use
4688 process_created process process -
4689 process_exited process plain -
4690 handle_duplicated process object -
4692,4693,4694,4695 protected_data_operation iam plain -
4696 process_token_assigned process process -
4697 service_installed configuration service system-object
4698 scheduled_task_created configuration plain system-object
4699 scheduled_task_deleted configuration plain system-object
4700 scheduled_task_enabled configuration plain system-object
4701 scheduled_task_disabled configuration plain system-object
4702 scheduled_task_updated configuration plain system-object
4703 user_right_adjusted iam plain -
4704 user_right_assigned iam right privilege-elevation policy-change
4705 user_right_removed iam right policy-change
4706 domain_trust_created configuration plain policy-change
4707 domain_trust_removed configuration plain policy-change
4709,4710,4711,4712 ipsec_service_changed configuration plain policy-change
4713 kerberos_policy_changed configuration plain policy-change
4714 data_recovery_policy_changed configuration plain policy-change
4715 audit_policy_changed configuration plain policy-change
4716 domain_trust_changed configuration plain policy-change
4717 logon_right_granted iam right privilege-elevation policy-change
4718 logon_right_removed iam right policy-change
4719 audit_policy_changed configuration plain policy-change
4720 user_created iam plain account-change
4722 user_enabled iam plain account-change
4723 password_changed iam plain credential-change
4724 password_reset iam plain credential-change
4725 user_disabled iam plain account-change
4726 user_deleted iam plain account-change
4727,4731,4744,4749,4754,4759,4783,4790 group_created iam group account-change
4728,4732,4746,4751,4756,4761,4785,4787 group_member_added iam member -
4729,4733,4747,4752,4757,4762,4786,4788 group_member_removed iam member account-change
4730,4734,4748,4753,4758,4763,4789,4792 group_deleted iam group account-change
4735,4737,4745,4750,4755,4760,4764,4784,4791 group_changed iam group account-change
4738 user_changed iam plain account-change
4739 domain_policy_changed configuration plain policy-change
4740 user_locked_out iam lockout account-change access-denied
4741 computer_account_created iam plain account-change
4742 computer_account_changed iam plain account-change
4743 computer_account_deleted iam plain account-change
4765 sid_history_added iam plain account-change privilege-elevation
4766 sid_history_refused iam plain account-change access-denied
4767 user_unlocked iam plain account-change
4768 kerberos_ticket_requested authentication ticket authentication-use
4769 kerberos_service_ticket_requested authentication ticket authentication-use
4770 kerberos_ticket_renewed authentication ticket authentication-use
4771 kerberos_preauthentication authentication ticket authentication-use
4772 kerberos_ticket_requested authentication ticket authentication-use
4773 kerberos_service_ticket_requested authentication ticket authentication-use
4774,4775 account_mapped authentication logon authentication-use
4776,4777 credentials_validated authentication logon authentication-use
4778 windows_session_reconnected session plain authentication-use
4779 windows_session_disconnected session plain authentication-use
4780 administrators_acl_set iam plain policy-change
4781 account_renamed iam renamed account-change
4782 password_hash_accessed iam plain administrator-action
4793 password_policy_checked iam plain -
4794 recovery_password_set iam plain credential-change administrator-action
4797 blank_password_queried iam plain -
4798,4799 group_membership_listed iam plain -
4800 workstation_locked session logon authentication-use
4801 workstation_unlocked session logon authentication-use
4802 screen_saver_started session logon -
4803 screen_saver_ended session logon -
4816 rpc_integrity_violation network plain access-denied
4817 audit_policy_changed configuration plain policy-change
4818 access_policy_differs configuration plain -
4819 access_policy_changed configuration plain policy-change
4820,4821,4822,4823,4824 kerberos_ticket_requested authentication ticket authentication-use
4825 remote_desktop_denied authentication plain authentication-use access-denied
4826 boot_configuration_loaded host plain -
4864,4865,4866,4867 domain_trust_changed configuration plain policy-change
4868,4869 certificate_request_denied iam plain access-denied
4870 certificate_revoked iam plain credential-change
4882 certificate_service_permissions_changed configuration plain policy-change
4885 certificate_service_audit_changed configuration plain policy-change
4886 certificate_requested iam plain authentication-use
4887 certificate_issued iam plain credential-change
4888 certificate_request_denied iam plain access-denied
4890,4891,4892 certificate_service_changed configuration plain policy-change
4898,4899,4900 certificate_template_changed configuration plain policy-change
4902 audit_policy_table_created configuration plain -
4904,4905 audit_source_changed configuration plain policy-change
4906 audit_failure_policy_changed configuration plain policy-change
4907 audit_policy_changed configuration object policy-change
4908,4912 audit_policy_changed configuration plain policy-change
4909,4910 tpm_policy_changed configuration plain policy-change
4911,4913 object_policy_changed configuration object policy-change
4928,4929,4930,4931,4934,4935,4936,4937 directory_replication_changed configuration plain -
4944,4945 firewall_started configuration plain -
4946 firewall_rule_added configuration rule policy-change
4947 firewall_rule_changed configuration rule policy-change
4948 firewall_rule_deleted configuration rule policy-change
4949,4950,4954,4956 firewall_settings_changed configuration plain policy-change
4951,4952,4953,4957,4958 firewall_rule_ignored configuration rule -
4964 special_group_logon authentication logon authentication-use
4985 transaction_changed process plain -
5024 firewall_service_started process plain policy-change
5025 firewall_service_stopped process plain policy-change
5027,5028,5029,5030,5035,5037 firewall_service_failed process plain policy-change
5031 firewall_blocked network network access-denied
5033 firewall_service_started process plain policy-change
5034 firewall_service_stopped process plain policy-change
5038,6281 code_integrity_failed file object access-denied
5039 registry_key_virtualized registry object -
5058,5059,5061 key_operation iam plain -
5136 directory_object_changed iam directory -
5137 directory_object_created iam directory -
5138 directory_object_restored iam directory -
5139 directory_object_moved iam directory -
5141 directory_object_deleted iam directory -
5140 share_accessed file share -
5142 share_created configuration share system-object
5143 share_changed configuration share system-object
5144 share_deleted configuration share system-object
5145 share_object_accessed file share -
5152,5153 packet_blocked network network access-denied
5150,5151 packet_blocked network network access-denied
5154 listening_allowed network network -
5155,5159 listening_blocked network network access-denied
5156,5158 connection_allowed network network -
5157 connection_blocked network network access-denied
5168 spn_check_failed authentication plain access-denied
5376 credentials_backed_up iam plain -
5377 credentials_restored iam plain credential-change
5378 credentials_delegation_denied authentication plain access-denied
5379,5381,5382 stored_credentials_read iam plain -
5440,5441,5442,5443,5444,5446,5447,5448,5449,5450 filter_changed configuration plain -
5632,5633 network_authentication authentication logon authentication-use
6144 security_policy_applied configuration plain policy-change
6145 security_policy_failed configuration plain policy-change
6272,6278 radius_access authentication radius authentication-use
6273,6274,6276,6279 radius_access authentication radius authentication-use access-denied
6277 radius_access authentication radius authentication-use
6280 user_unlocked iam radius account-change
6416 device_recognized host plain -
6419,6420 device_disabled configuration plain system-object
6421,6422 device_enabled configuration plain system-object
6423 device_installation_forbidden host plain access-denied
6424 device_installation_allowed host plain system-object
`;

/** Ids whose outcome the message says, whatever the keywords are. */
export const fixedOutcomes = `
failure 1101 1104 1108 4612 4625 4649 4766 4771 4772 4773 4775 4777 4820 4821 4822 4823 4824 4825 4868 4888 5027 5028 5029 5030 5031 5035 5037
failure 5038 5150 5151 5152 5153 5155 5157 5159 5168 5378 6145 6273 6274 6276 6279 6281 6423
success 1100 1102 1105 4608 4609 4616 4624 4634 4647 4648 4672 6272 6277 6278
`;

/**
 * Windows 2000 and 2003 wrote these ids, which are those of today less 4,096, where there is no other.
 */
export const formerIds: Readonly<Record<string, string>> = {
  517: '1102',
  512: '4608',
  513: '4609',
  516: '4612',
  520: '4616',
  528: '4624',
  529: '4625',
  530: '4625',
  531: '4625',
  532: '4625',
  533: '4625',
  534: '4625',
  535: '4625',
  536: '4625',
  537: '4625',
  539: '4625',
  538: '4634',
  540: '4624',
  551: '4647',
  552: '4648',
  601: '4697',
  602: '4698',
  612: '4719',
  627: '4723',
  628: '4724',
  671: '4767',
  672: '4768',
  673: '4769',
  674: '4770',
  675: '4771',
  676: '4772',
  677: '4773',
  678: '4774',
  679: '4775',
  680: '4776',
  681: '4777',
  682: '4778',
  683: '4779',
};
