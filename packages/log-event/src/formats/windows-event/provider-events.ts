/**
 * Events of other logs, by provider (`*` ends a beginning that is enough): ids, what happened, its category in ECS, which
 * fields the data fills, its outcome where the event says it, and classes.
 */
export const providerEvents = `
Microsoft-Windows-Eventlog
  104 event_log_cleared process plain success log-control
  1100 event_log_stopped process plain success log-control
  1101 audit_events_dropped process plain failure log-control
  1102 audit_log_cleared process plain success log-control
  1104 audit_log_full process plain failure log-control
  1105 audit_log_archived process plain success log-control
  1108 event_log_error process plain failure log-control
  26,30,31,32,33 event_log_error process plain failure log-control
EventLog
  6005 event_log_started process plain success log-control
  6006 event_log_stopped process plain success log-control
  6008 windows_stopped_unexpectedly host plain failure -
  6009,6011,6013 windows_uptime host plain - -
Service Control Manager
  7045 service_installed configuration service success system-object
  7030,7031,7032,7034 service_failed process service failure -
  7035 service_control_sent process service success administrator-action
  7036 service_state_changed process service success -
  7040 service_start_type_changed configuration service success administrator-action
  7042 service_stopped process service success administrator-action
  7000,7001,7009,7011,7022,7023,7024,7026,7038,7041,7043 service_failed process service failure -
Microsoft-Windows-Kernel-General
  1 system_time_changed configuration plain success time-change
  12 windows_started host plain success -
  13 windows_stopped host plain success -
Microsoft-Windows-Kernel-Power
  41 windows_stopped_unexpectedly host plain failure -
  109 windows_stopped host plain success -
User32
  1074 windows_shutdown_requested host shutdown success administrator-action
  1076 windows_shutdown_explained host shutdown success administrator-action
Microsoft-Windows-Time-Service
  35 time_source_selected configuration time success time-change
  37 time_source_received host time success -
  24,29,36,38,47,48,49,129,130,131,132,134,142 time_source_lost host time failure -
  50,139 clock_state_changed host time success -
  34,46,52 clock_not_set host time failure -
  52,143,144 clock_state_changed host time success -
  138,158,257,258,259,260,261,262,263,264,265,266 time_service_changed configuration time success time-change
W32Time
  35 time_source_selected configuration time success time-change
  37 time_source_received host time success -
  24,29,36,38,47,48,49,129,131,134,142 time_source_lost host time failure -
Microsoft-Windows-PowerShell
  4103 powershell_command process powershell success -
  4104 powershell_script process powershell success -
  4105 powershell_script_started process powershell - -
  4106 powershell_script_ended process powershell - -
  40961,40962,53504,8193,8194,8195,8196,8197 powershell_console process powershell - -
PowerShellCore
  4103 powershell_command process powershell success -
  4104 powershell_script process powershell success -
PowerShell
  400 powershell_started process powershell success -
  403 powershell_ended process powershell success -
  600 powershell_provider_started process powershell - -
  800 powershell_command process powershell success -
MsiInstaller
  1033,11707 software_installed package installer success system-object
  1034,11724 software_removed package installer success system-object
  1035,1036,11728 software_changed package installer success system-object
  1040,1042 software_installation package installer - -
  11708,11725,1013 software_installation_failed package installer failure -
Microsoft-Windows-WindowsUpdateClient
  19 update_installed package plain success system-object
  20 update_failed package plain failure -
  43,44 update_started package plain - -
Microsoft-Windows-Servicing
  2,4 update_installed package plain success system-object
  3 update_failed package plain failure -
Microsoft-Windows-TaskScheduler
  106 scheduled_task_created configuration plain success system-object
  140 scheduled_task_updated configuration plain success system-object
  141 scheduled_task_deleted configuration plain success system-object
  142 scheduled_task_disabled configuration plain success system-object
  100,102,107,110,129,200,201 scheduled_task_run process plain success -
  101,103,203 scheduled_task_run process plain failure -
Microsoft-Windows-TerminalServices-LocalSessionManager
  21 windows_remote_logon authentication session success authentication-use
  22 windows_remote_shell session session success -
  23 windows_remote_logoff session session success authentication-use
  24 windows_session_disconnected session session success authentication-use
  25 windows_session_reconnected session session success authentication-use
  39,40 windows_session_disconnected session session success authentication-use
Microsoft-Windows-TerminalServices-RemoteConnectionManager
  1149 windows_remote_login authentication session success authentication-use
  261 remote_connection network plain - -
Microsoft-Windows-RemoteDesktopServices-RdpCoreTS
  131 remote_connection network session success -
  140 windows_remote_login authentication session failure authentication-use access-denied
Microsoft-Windows-Windows Firewall With Advanced Security
  2004,2071,2097 firewall_rule_added configuration rule success policy-change
  2005,2073,2099 firewall_rule_changed configuration rule success policy-change
  2006,2052 firewall_rule_deleted configuration rule success policy-change
  2033 firewall_rules_deleted configuration rule success policy-change
  2002,2003,2008,2010 firewall_settings_changed configuration rule success policy-change
  2009 firewall_policy_failed configuration rule failure -
  2011 firewall_blocked network rule failure access-denied
Microsoft-Windows-Windows Defender
  1006,1015,1116 malware_detected malware defender failure -
  1007,1117 malware_action malware defender success -
  1008,1118,1119 malware_action malware defender failure -
  1000,1001,1002 malware_scan malware defender success -
  1005 malware_scan malware defender failure -
  1013 malware_history_deleted malware defender success log-control
  1121 attack_surface_blocked intrusion_detection defender failure access-denied
  1127 attack_surface_blocked intrusion_detection defender failure access-denied
  2000,2010 malware_signatures_updated configuration defender success -
  2001,2003,2004,2012 malware_signatures_updated configuration defender failure -
  3002 malware_protection_failed malware defender failure policy-change
  5000 malware_protection_enabled configuration defender success policy-change
  5001 malware_protection_disabled configuration defender success policy-change
  5004,5007 malware_protection_changed configuration defender success policy-change
  5008 malware_protection_failed malware defender failure policy-change
  5009,5011 malware_protection_enabled configuration defender success policy-change
  5010,5012 malware_protection_disabled configuration defender success policy-change
  5013 malware_protection_change_blocked configuration defender failure access-denied
Microsoft-Windows-AppLocker
  8003,8006 application_audited process plain success -
  8004,8007,8022,8025 application_blocked process plain failure access-denied
  8001 application_policy_changed configuration plain success policy-change
Microsoft-Windows-CodeIntegrity
  3004,3033,3077 application_blocked process plain failure access-denied
  3076 application_audited process plain success -
  3099 application_policy_changed configuration plain success policy-change
Microsoft-Windows-GroupPolicy
  1500,1501,1502,1503 group_policy_applied configuration plain success -
  1006,1030,1058,1085,1096,1125,1129 group_policy_failed configuration plain failure -
Microsoft-Windows-Winlogon
  7001 user_profile_logon session session success -
  7002 user_profile_logoff session session success -
Microsoft-Windows-WinRM
  91 remote_shell_created process plain success -
  161,162 remote_management_denied authentication plain failure access-denied
Microsoft-Windows-WMI-Activity
  5861 wmi_subscription_created configuration plain success system-object
  5858 wmi_query_failed process plain failure -
Microsoft-Windows-SMBServer
  551 share_logon authentication share failure authentication-use access-denied
  1009 share_access_denied file share failure access-denied
  3000 share_old_protocol network share - -
Microsoft-Windows-DNS-Server-Service
  150,501,541 dns_configuration_changed configuration plain success policy-change
Microsoft-Windows-DNSServer
  512,513,514,515,516,518,519,520,525,526,527,528,536,541,550,561,562,563,577,578,579 dns_configuration_changed configuration plain success policy-change
AD FS*
  1200,1202 federation_login authentication plain success authentication-use
  1201,1203,411,342,364,512,516 federation_login authentication plain failure authentication-use access-denied
  1204,1205,300 federation_password_changed iam plain success credential-change
Microsoft-Windows-Security-Kerberos
  3,4,7 kerberos_error authentication plain failure authentication-use access-denied
MSSQL*
  18453,18454,18455 db_login authentication sql success authentication-use
  18450,18451,18452,18456,18461,18470,18486,18487,18488 db_login authentication sql failure authentication-use access-denied
  15457 db_setting_changed configuration plain success policy-change
  33205 db_audit database audit - -
  33217,33218 db_audit_changed process plain success log-control
  33204,33206,33219,33222 db_audit_failed process plain failure log-control
  17137,17162,17163 db_started process plain success -
  17147,17148 db_stopped process plain success administrator-action
  18264,18265,18267,18268 db_backup database plain success administrator-action
  19030,19031 db_trace_changed process plain success log-control
Microsoft-Windows-Sysmon
  1 process_created process sysmon success -
  2 file_time_changed file sysmon success -
  3 network_connection network network success -
  4 monitoring_state_changed process sysmon success log-control
  5 process_exited process sysmon success -
  6 driver_loaded driver sysmon success system-object
  7 library_loaded process sysmon success -
  8 remote_thread_created process sysmon success -
  9 raw_disk_read file sysmon success -
  10 process_accessed process sysmon success -
  11 file_created file sysmon success -
  12 registry_key_changed registry sysmon success -
  13 registry_value_changed registry sysmon success system-object
  14 registry_key_renamed registry sysmon success system-object
  15 file_stream_created file sysmon success -
  16 monitoring_configuration_changed configuration sysmon success policy-change
  17,18 pipe_event file sysmon success -
  19,20,21 wmi_subscription_created configuration sysmon success system-object
  22 dns_query network sysmon - -
  23,26 file_deleted file sysmon success -
  24 clipboard_changed process sysmon success -
  25 process_tampered process sysmon success -
  27,28 file_blocked file sysmon failure access-denied
  29 file_created file sysmon success -
  255 monitoring_error process sysmon failure -
`;
