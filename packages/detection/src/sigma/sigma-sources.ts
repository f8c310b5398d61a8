/**
 * Where the events of a Sigma log source are here: the formats that read them, and what parts them within a format. A log source
 * that is not in this table is refused: no format of the product reads it.
 */

export interface SigmaSource {
  readonly formats: readonly string[];
  /** All of these: a field has one of the values. */
  readonly where?: readonly { readonly field: string; readonly values: readonly string[] }[];
  /** The names of fields, in `sigmaFields`. */
  readonly fields: string;
  /** Whether each record is asked by itself, also where several are one event here. */
  readonly isByRecord?: boolean;
}

const windows = ['windows-event'];
/** What programs of a Linux host write, and lines of it that no format knows. */
const linux = (
  'sshd sftp-server sudo su pam shadow polkit systemd journald cron setroubleshoot inetd ftp vsftpd ' +
  'postfix sendmail exim dovecot named dhcpd dnsmasq samba openldap openvpn clamav packages log-daemon ' +
  'netfilter system-clock ntpd chrony syslog text key-value'
).split(' ');
/** What applications write of themselves: as text, JSON or pairs. */
const applications = ['text', 'json', 'key-value', 'syslog'];

const sysmon = 'Microsoft-Windows-Sysmon';
const powershell = 'Microsoft-Windows-PowerShell/Operational';
const classicPowershell = 'Windows PowerShell';

function coded(codes: readonly string[], place: readonly [field: string, value: string]): SigmaSource {
  const where = [
    { field: 'event.code', values: codes },
    { field: place[0], values: [place[1]] },
  ];
  return { formats: windows, where, fields: 'windows' };
}

const sysmonCodes: Readonly<Record<string, readonly string[]>> = {
  file_change: ['2'],
  network_connection: ['3'],
  sysmon_status: ['4', '16'],
  process_termination: ['5'],
  driver_load: ['6'],
  image_load: ['7'],
  create_remote_thread: ['8'],
  raw_access_thread: ['9'],
  process_access: ['10'],
  file_event: ['11'],
  registry_add: ['12'],
  registry_delete: ['12'],
  registry_set: ['13'],
  registry_rename: ['14'],
  registry_event: ['12', '13', '14'],
  create_stream_hash: ['15'],
  pipe_created: ['17', '18'],
  wmi_event: ['19', '20', '21'],
  dns_query: ['22'],
  file_delete: ['23', '26'],
  clipboard_capture: ['24'],
  process_tampering: ['25'],
  file_block: ['27', '28'],
  file_executable_detected: ['29'],
  sysmon_error: ['255'],
};

const channels: Readonly<Record<string, readonly string[]>> = {
  security: ['Security'],
  system: ['System'],
  application: ['Application'],
  sysmon: ['Microsoft-Windows-Sysmon/Operational'],
  powershell: [powershell, 'PowerShellCore/Operational'],
  'powershell-classic': [classicPowershell],
  windefend: ['Microsoft-Windows-Windows Defender/Operational'],
  'bits-client': ['Microsoft-Windows-Bits-Client/Operational'],
  'codeintegrity-operational': ['Microsoft-Windows-CodeIntegrity/Operational'],
  'firewall-as': ['Microsoft-Windows-Windows Firewall With Advanced Security/Firewall'],
  'appxdeployment-server': ['Microsoft-Windows-AppXDeploymentServer/Operational'],
  'appxpackaging-om': ['Microsoft-Windows-AppxPackaging/Operational'],
  'appmodel-runtime': ['Microsoft-Windows-AppModel-Runtime/Admin'],
  applocker: [
    'Microsoft-Windows-AppLocker/MSI and Script',
    'Microsoft-Windows-AppLocker/EXE and DLL',
    'Microsoft-Windows-AppLocker/Packaged app-Deployment',
    'Microsoft-Windows-AppLocker/Packaged app-Execution',
  ],
  capi2: ['Microsoft-Windows-CAPI2/Operational'],
  'certificateservicesclient-lifecycle-system': [
    'Microsoft-Windows-CertificateServicesClient-Lifecycle-System/Operational',
  ],
  'diagnosis-scripted': ['Microsoft-Windows-Diagnosis-Scripted/Operational'],
  'dns-client': ['Microsoft-Windows-DNS Client Events/Operational', 'Microsoft-Windows-DNS-Client/Operational'],
  'dns-server': ['DNS Server'],
  'dns-server-analytic': ['Microsoft-Windows-DNS-Server/Analytical'],
  'driver-framework': ['Microsoft-Windows-DriverFrameworks-UserMode/Operational'],
  'iis-configuration': ['Microsoft-IIS-Configuration/Operational'],
  ldap: ['Microsoft-Windows-LDAP-Client/Debug'],
  'lsa-server': ['Microsoft-Windows-LSA/Operational'],
  'microsoft-servicebus-client': ['Microsoft-ServiceBus-Client'],
  'msexchange-management': ['MSExchange Management'],
  ntlm: ['Microsoft-Windows-NTLM/Operational'],
  openssh: ['OpenSSH/Operational'],
  'printservice-admin': ['Microsoft-Windows-PrintService/Admin'],
  'printservice-operational': ['Microsoft-Windows-PrintService/Operational'],
  'security-mitigations': [
    'Microsoft-Windows-Security-Mitigations/Kernel Mode',
    'Microsoft-Windows-Security-Mitigations/User Mode',
  ],
  'shell-core': ['Microsoft-Windows-Shell-Core/Operational'],
  'smbclient-connectivity': ['Microsoft-Windows-SmbClient/Connectivity'],
  'smbclient-security': ['Microsoft-Windows-SmbClient/Security'],
  'smbserver-connectivity': ['Microsoft-Windows-SMBServer/Connectivity'],
  taskscheduler: ['Microsoft-Windows-TaskScheduler/Operational'],
  'terminalservices-localsessionmanager': ['Microsoft-Windows-TerminalServices-LocalSessionManager/Operational'],
  wmi: ['Microsoft-Windows-WMI-Activity/Operational'],
};

function zeek(path: string): SigmaSource {
  return { formats: ['zeek'], where: [{ field: 'labels._path', values: [path] }], fields: 'zeek' };
}

function channel(names: readonly string[]): SigmaSource {
  return { formats: windows, where: [{ field: 'winlog.channel', values: names }], fields: 'windows' };
}

const auditd: SigmaSource = { formats: ['auditd'], fields: 'auditd', isByRecord: true };
const onLinux: SigmaSource = { formats: linux, fields: 'plain' };
const application: SigmaSource = { formats: applications, fields: 'plain' };
const web: SigmaSource = { formats: ['http-access', 'w3c', 'haproxy'], fields: 'web' };
const azure: SigmaSource = { formats: ['azure-audit'], fields: 'azure' };

/** By `product/category/service`; an empty part is one that the rule does not name. */
const sources: ReadonlyMap<string, readonly SigmaSource[]> = new Map<string, readonly SigmaSource[]>([
  [
    'windows/process_creation/',
    [
      coded(['1'], ['event.provider', sysmon]),
      coded(['4688'], ['event.provider', 'Microsoft-Windows-Security-Auditing']),
    ],
  ],
  ...Object.entries(sysmonCodes).map(([category, codes]) => {
    return [`windows/${category}/`, [coded(codes, ['event.provider', sysmon])]] as const;
  }),
  ...['file_access', 'file_rename'].map((category) => {
    const where = [{ field: 'event.provider', values: ['Microsoft-Windows-Kernel-File'] }];
    return [`windows/${category}/`, [{ formats: windows, where, fields: 'windows' }]] as const;
  }),
  ['windows/ps_script/', [coded(['4104'], ['winlog.channel', powershell])]],
  ['windows/ps_module/', [coded(['4103'], ['winlog.channel', powershell])]],
  ['windows/ps_classic_start/', [coded(['400'], ['winlog.channel', classicPowershell])]],
  ['windows/ps_classic_provider_start/', [coded(['600'], ['winlog.channel', classicPowershell])]],
  ...Object.entries(channels).map(([service, names]) => [`windows//${service}`, [channel(names)]] as const),
  ['windows//', [{ formats: windows, fields: 'windows' }]],
  [
    'linux/process_creation/',
    [
      { formats: ['auditd'], where: [{ field: 'event.action', values: ['executed'] }], fields: 'process' },
      { formats: ['sudo'], fields: 'process' },
    ],
  ],
  [
    'linux/file_event/',
    [{ formats: ['auditd'], where: [{ field: 'event.category', values: ['file'] }], fields: 'process' }],
  ],
  ['linux//auditd', [auditd]],
  ['linux//', [onLinux]],
  ['linux//syslog', [onLinux]],
  ['linux//auth', [{ formats: ['sshd', 'sudo', 'su', 'pam', 'shadow', 'polkit', 'systemd'], fields: 'plain' }]],
  ['linux//guacamole', [onLinux]],
  ...['sshd', 'sudo', 'cron', 'vsftpd', 'clamav'].map((service) => {
    return [`linux//${service}`, [{ formats: [service], fields: 'process' }]] as const;
  }),
  ['/webserver/', [web]],
  ['//apache', [{ formats: ['apache-error', 'http-access'], fields: 'web' }]],
  ['//nginx', [{ formats: ['nginx-error', 'http-access'], fields: 'web' }]],
  ['/proxy/', [{ formats: ['squid'], fields: 'web' }]],
  ['/dns/', [{ formats: ['named', 'dnsmasq'], fields: 'network' }]],
  [
    '/firewall/',
    [
      {
        formats: [
          'cisco-asa',
          'fortinet',
          'palo-alto',
          'check-point',
          'juniper',
          'netfilter',
          'pf',
          'windows-firewall',
          'sonicwall',
          'sophos',
        ],
        fields: 'network',
      },
    ],
  ],
  ['/antivirus/', [{ formats: ['clamav', 'sophos'], fields: 'antivirus' }]],
  ['/database/', [{ formats: ['mysql', 'postgresql', 'oracle-audit', 'sql-server', 'mongodb'], fields: 'plain' }]],
  ...['jvm', 'django', 'nodejs', 'python', 'ruby_on_rails', 'spring', 'sql', 'velocity'].map((product) => {
    return [`${product}/application/`, [application]] as const;
  }),
  ['opencanary/application/', [{ formats: ['json'], fields: 'plain' }]],
  ['aws//cloudtrail', [{ formats: ['cloudtrail'], fields: 'cloudtrail' }]],
  ...['auditlogs', 'signinlogs', 'activitylogs', 'riskdetection', 'pim'].map(
    (service) => [`azure//${service}`, [azure]] as const,
  ),
  ['m365//audit', [azure]],
  ['gcp//gcp.audit', [{ formats: ['gcp-audit'], fields: 'gcp' }]],
  ['kubernetes/application/audit', [{ formats: ['kubernetes-audit'], fields: 'kubernetes' }]],
  ['kubernetes//audit', [{ formats: ['kubernetes-audit'], fields: 'kubernetes' }]],
  ...['smb_files', 'dce_rpc', 'http', 'dns', 'x509', 'rdp', 'kerberos'].map(
    (service) => [`zeek//${service}`, [zeek(service)]] as const,
  ),
  ...['aaa', 'syslog', 'bgp', 'ldp'].map(
    (service) => [`cisco//${service}`, [{ formats: ['cisco-ios'], fields: 'plain' }]] as const,
  ),
  ['huawei//bgp', [{ formats: ['huawei'], fields: 'plain' }]],
  ['juniper//bgp', [{ formats: ['juniper'], fields: 'plain' }]],
  ['fortigate//event', [{ formats: ['fortinet'], fields: 'network' }]],
  ['fortios//sslvpnd', [{ formats: ['fortinet'], fields: 'network' }]],
  ['paloalto/file_event/globalprotect', [{ formats: ['palo-alto'], fields: 'process' }]],
  ['paloalto/appliance/globalprotect', [{ formats: ['palo-alto'], fields: 'process' }]],
]);

export interface SigmaLogSource {
  readonly product: string;
  readonly category: string;
  readonly service: string;
}

export function sourcesOf({ product, category, service }: SigmaLogSource): readonly SigmaSource[] | undefined {
  return sources.get(`${product}/${category}/${service}`);
}
