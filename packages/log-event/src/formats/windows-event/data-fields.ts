/**
 * Which catalogued field a value of `EventData` fills. The same name means different things in different events: in a
 * logon `TargetUserName` is who signed in, in an account's change whom it was done to, in a group's change the group.
 */

export type DataProfile = ReadonlyMap<string, string>;

const who = {
  SubjectUserName: 'user.name',
  SubjectUserSid: 'user.id',
  SubjectDomainName: 'user.domain',
  SubjectLogonId: 'winlog.logon.id',
  CallerUserName: 'user.name',
  CallerUserSid: 'user.id',
  CallerDomainName: 'user.domain',
};

const whom = {
  TargetUserName: 'user.target.name',
  TargetUserSid: 'user.target.id',
  TargetSid: 'user.target.id',
  TargetDomainName: 'user.target.domain',
  TargetDomain: 'user.target.domain',
};

const from = {
  IpAddress: 'source.ip',
  IpPort: 'source.port',
  ClientAddress: 'source.ip',
  ClientIPAddress: 'source.ip',
  SourceAddress: 'source.ip',
  SourcePort: 'source.port',
  DestAddress: 'destination.ip',
  DestPort: 'destination.port',
  WorkstationName: 'source.address',
  Workstation: 'source.address',
  ClientName: 'source.address',
};

const what = {
  ProcessName: 'process.executable',
  ProcessId: 'process.pid',
  CallerProcessName: 'process.executable',
  CallerProcessId: 'process.pid',
  CommandLine: 'process.command_line',
  ParentProcessName: 'process.parent.executable',
  ObjectName: 'file.path',
  ServiceName: 'service.name',
  ServiceFileName: 'file.path',
  ImagePath: 'file.path',
  TaskName: 'winlog.task_name',
  ShareName: 'winlog.share',
  LogonType: 'winlog.logon.type',
  PrivilegeList: 'winlog.privileges',
  ObjectValueName: 'registry.value',
  RuleName: 'rule.name',
  Reason: 'event.reason',
};

const plain = { ...who, ...whom, ...from, ...what };

/** The account that signs in, out or is refused; who started that (`Subject…`, mostly the system) stays in labels. */
const logon = {
  ...from,
  ...what,
  TargetUserName: 'user.name',
  TargetUserSid: 'user.id',
  TargetSid: 'user.id',
  TargetDomainName: 'user.domain',
  TargetLogonId: 'winlog.logon.id',
  UserName: 'user.name',
  UserSid: 'user.id',
  DomainName: 'user.domain',
  AccountName: 'user.name',
  AccountDomain: 'user.domain',
  LogonID: 'winlog.logon.id',
  LogonId: 'winlog.logon.id',
  ClientUserName: 'user.name',
  MappedName: 'user.effective.name',
};

const group = {
  ...who,
  ...from,
  ...what,
  TargetUserName: 'group.name',
  TargetSid: 'group.id',
};

const session = {
  ...from,
  User: 'user.name',
  UserSid: 'user.id',
  Param1: 'user.name',
  Param2: 'user.domain',
  Param3: 'source.ip',
  Address: 'source.ip',
  SessionID: 'winlog.logon.id',
  ClientIP: 'source.ip',
  IPString: 'source.ip',
};

const service = {
  ...who,
  ...from,
  ServiceName: 'service.name',
  ServiceFileName: 'file.path',
  ImagePath: 'file.path',
  ServiceAccount: 'user.effective.name',
  AccountName: 'user.effective.name',
  Param1: 'service.name',
  ClientProcessId: 'process.pid',
  ParentProcessId: 'process.parent.pid',
};

const profiles: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  plain: { ...plain, AccountName: 'user.name', AccountDomain: 'user.domain', LogonID: 'winlog.logon.id' },
  logon,
  ticket: logon,
  explicit: {
    ...who,
    ...from,
    ...what,
    TargetUserName: 'user.effective.name',
    TargetServerName: 'destination.address',
  },
  process: {
    ...who,
    NewProcessName: 'process.executable',
    NewProcessId: 'process.pid',
    TargetProcessName: 'process.executable',
    TargetProcessId: 'process.pid',
    ProcessName: 'process.parent.executable',
    ParentProcessName: 'process.parent.executable',
    ProcessId: 'process.parent.pid',
    CommandLine: 'process.command_line',
    TargetUserName: 'user.effective.name',
    TargetUserSid: 'user.effective.id',
  },
  object: plain,
  registry: { ...plain, ObjectName: 'registry.path' },
  right: {
    ...plain,
    TargetSid: 'user.target.id',
    AccessGranted: 'winlog.privileges',
  },
  group,
  member: { ...group, MemberName: 'user.target.name', MemberSid: 'user.target.id' },
  /** `TargetDomainName` is the computer where the wrong passwords were typed. */
  lockout: { ...plain, TargetDomainName: 'source.address', CallerComputerName: 'source.address' },
  renamed: { ...plain, OldTargetUserName: 'user.target.name' },
  directory: {
    ...who,
    ObjectDN: 'winlog.object_name',
    NewObjectDN: 'winlog.object_name',
    OldObjectDN: 'winlog.object_name',
  },
  share: {
    ...who,
    ...from,
    ...what,
    RelativeTargetName: 'file.path',
    ShareLocalPath: 'file.path',
    SharePath: 'file.path',
  },
  network: {
    ...from,
    SourceIp: 'source.ip',
    DestinationIp: 'destination.ip',
    SourceIpAddress: 'source.ip',
    DestinationPort: 'destination.port',
    Application: 'process.executable',
    Image: 'process.executable',
    User: 'user.name',
    ProcessID: 'process.pid',
    ProcessId: 'process.pid',
  },
  rule: {
    ...who,
    RuleName: 'rule.name',
    RuleId: 'rule.id',
    ModifyingUser: 'user.id',
    ModifyingApplication: 'process.executable',
  },
  radius: {
    TargetUserName: 'user.name',
    TargetUserSid: 'user.id',
    TargetDomainName: 'user.domain',
    SubjectUserName: 'user.name',
    SubjectUserSid: 'user.id',
    SubjectDomainName: 'user.domain',
    CallingStationID: 'source.mac',
    ClientIPAddress: 'source.ip',
    NASIPv4Address: 'destination.ip',
    ClientName: 'destination.address',
    NetworkPolicyName: 'rule.name',
    Reason: 'event.reason',
  },
  session,
  service,
  shutdown: { Param1: 'process.executable', Param2: 'host.name', Param3: 'event.reason', Param7: 'user.name' },
  time: { TimeSource: 'ntp.peer', DomainPeer: 'ntp.peer', ManualPeer: 'ntp.peer', Param1: 'ntp.peer' },
  powershell: {
    ScriptBlockText: 'process.command_line',
    Payload: 'process.command_line',
    Path: 'file.path',
    Param1: 'process.command_line',
  },
  sql: { Param1: 'user.name', Param2: 'event.reason', Param3: 'source.ip' },
  audit: {},
  installer: { Param1: 'service.name' },
  defender: {
    'Process Name': 'process.executable',
    Path: 'file.path',
    'Detection User': 'user.name',
    User: 'user.name',
    Domain: 'user.domain',
    'New Value': 'registry.path',
  },
  sysmon: {
    User: 'user.name',
    Image: 'process.executable',
    ProcessId: 'process.pid',
    CommandLine: 'process.command_line',
    CurrentDirectory: 'process.working_directory',
    ParentImage: 'process.parent.executable',
    ParentProcessId: 'process.parent.pid',
    LogonId: 'winlog.logon.id',
    TargetFilename: 'file.path',
    ImageLoaded: 'file.path',
    TargetObject: 'registry.path',
    QueryName: 'url.domain',
    PipeName: 'file.path',
    Configuration: 'file.path',
    TargetImage: 'process.executable',
    SourceImage: 'process.parent.executable',
  },
};

export const dataProfiles: Readonly<Record<string, DataProfile>> = Object.fromEntries(
  Object.entries(profiles).map(([name, fields]) => [name, new Map(Object.entries(fields))]),
);

/** For an id that the tables do not know. */
export const unknownProfile: DataProfile = dataProfiles['plain'] ?? new Map();
