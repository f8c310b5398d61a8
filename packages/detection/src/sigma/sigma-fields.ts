import { eventFields, labelPrefix } from '@akashi/log-event';

/**
 * Which fields of a document hold what a field of a Sigma rule names, by the source's kind. Values of all of them count. Names that are
 * not in the table are looked for as they are, in the catalogue and among the labels: a format keeps what it does not know there.
 */

/** In the notation of `fieldTexts`. */
type FieldTable = Readonly<Record<string, readonly string[]>>;

const executable = ['process.executable'];
const file = ['file.path'];

const windows: FieldTable = {
  Provider_Name: ['event.provider'],
  SourceName: ['event.provider'],
  Channel: ['winlog.channel'],
  Computer: ['host.name'],
  ComputerName: ['host.name'],
  Image: executable,
  NewProcessName: executable,
  ProcessName: [...executable, 'process.parent.executable'],
  ProcessPath: executable,
  CallerProcessName: executable,
  Application: executable,
  SourceImage: executable,
  CommandLine: ['process.command_line'],
  ProcessCommandLine: ['process.command_line'],
  ParentImage: ['process.parent.executable'],
  ParentProcessName: ['process.parent.executable'],
  CurrentDirectory: ['process.working_directory'],
  User: ['user.domain\\user.name', 'user.name'],
  SubjectUserName: ['user.name'],
  SubjectUserSid: ['user.id'],
  SubjectDomainName: ['user.domain'],
  SubjectLogonId: ['winlog.logon.id'],
  TargetUserName: ['user.target.name', 'user.name', 'user.effective.name', 'group.name'],
  TargetUserSid: ['user.target.id', 'user.id'],
  TargetSid: ['user.target.id', 'group.id'],
  TargetDomainName: ['user.target.domain', 'user.domain'],
  MemberName: ['user.target.name'],
  MemberSid: ['user.target.id'],
  AccountName: ['user.effective.name', 'user.name'],
  LogonType: ['winlog.logon.type'],
  LogonId: ['winlog.logon.id'],
  IpAddress: ['source.ip', 'source.address'],
  IpPort: ['source.port'],
  SourceIp: ['source.ip'],
  SourcePort: ['source.port'],
  SourceHostname: ['source.address'],
  ClientAddress: ['source.ip'],
  WorkstationName: ['source.address'],
  Workstation: ['source.address'],
  DestinationIp: ['destination.ip'],
  DestinationPort: ['destination.port'],
  DestinationHostname: ['destination.address'],
  DestAddress: ['destination.ip'],
  DestPort: ['destination.port'],
  Protocol: ['network.transport'],
  QueryName: ['dns.question.name'],
  ServiceName: ['service.name'],
  ServiceFileName: file,
  ImagePath: file,
  TargetFilename: file,
  FileName: file,
  ImageLoaded: file,
  Path: file,
  RelativeTargetName: file,
  ObjectName: [...file, 'registry.path', 'winlog.object_name'],
  ObjectDN: ['winlog.object_name'],
  TargetObject: ['registry.path'],
  ObjectValueName: ['registry.value'],
  TaskName: ['winlog.task_name'],
  ShareName: ['winlog.share'],
  PrivilegeList: ['winlog.privileges'],
  Level: ['event.severity'],
  RuleName: ['rule.name'],
  ModifyingApplication: executable,
  Message: ['message', 'record'],
};

const web: FieldTable = {
  'cs-method': ['http.request.method'],
  'cs-uri': ['url.original'],
  'c-uri': ['url.original'],
  'cs-uri-stem': ['url.path'],
  'cs-uri-query': ['url.original'],
  'c-uri-query': ['url.query'],
  'cs-host': ['url.domain', 'destination.address'],
  'r-dns': ['url.domain'],
  'cs-user-agent': ['user_agent.original'],
  'c-useragent': ['user_agent.original'],
  'cs-referer': ['http.request.referrer'],
  'cs-username': ['user.name'],
  'sc-status': ['http.response.status_code'],
  'c-ip': ['source.ip'],
  dst_ip: ['destination.ip'],
};

const network: FieldTable = {
  src_ip: ['source.ip'],
  dst_ip: ['destination.ip'],
  src_port: ['source.port'],
  dst_port: ['destination.port'],
  query: ['dns.question.name'],
  record_type: ['dns.question.type'],
  action: ['labels.action', 'event.action'],
};

/** Programs and files of Linux hosts, as audit and sudo tell of them. */
const processes: FieldTable = {
  Image: executable,
  CommandLine: ['process.command_line'],
  ParentImage: ['process.parent.executable'],
  CurrentDirectory: ['process.working_directory'],
  User: ['user.effective.name', 'user.name'],
  USER: ['user.effective.name'],
  TargetFilename: file,
};

const cloudtrail: FieldTable = {
  eventName: ['event.action'],
  eventSource: ['service.name'],
  errorCode: ['error.code'],
  errorMessage: ['event.reason', 'error.message'],
  userAgent: ['user_agent.original'],
  sourceIPAddress: ['source.ip', 'source.address'],
  awsRegion: ['cloud.region'],
  'userIdentity.arn': ['user.id'],
};

const azure: FieldTable = {
  operationName: ['event.action'],
  OperationName: ['event.action'],
  OperationNameValue: ['event.action'],
  ActivityDisplayName: ['event.action'],
  Operation: ['event.action'],
  'properties.message': ['event.action', 'message', 'record'],
  ResultType: ['error.code'],
  resultType: ['error.code'],
  ResultDescription: ['event.reason'],
  Workload: ['service.name'],
  AppDisplayName: ['service.name'],
  callerIpAddress: ['source.ip'],
  userAgent: ['user_agent.original'],
  ResourceId: ['cloud.resource'],
  ObjectId: ['cloud.resource'],
};

const gcp: FieldTable = {
  'gcp.audit.method_name': ['event.action'],
  'data.protoPayload.methodName': ['event.action'],
  'data.protoPayload.serviceName': ['service.name'],
  'data.protoPayload.logName': ['labels.logName'],
};

const kubernetes: FieldTable = {
  userAgent: ['user_agent.original'],
  requestURI: ['url.original'],
  'responseStatus.code': ['http.response.status_code'],
  'objectRef.resource': ['json:objectRef.resource'],
  'objectRef.subresource': ['json:objectRef.subresource'],
  'objectRef.namespace': ['json:objectRef.namespace'],
  'objectRef.apiGroup': ['json:objectRef.apiGroup'],
  apiGroup: ['json:objectRef.apiGroup'],
  verb: ['json:verb'],
};

const zeek: FieldTable = {
  'id.orig_h': ['source.ip'],
  'id.orig_p': ['source.port'],
  'id.resp_h': ['destination.ip'],
  'id.resp_p': ['destination.port'],
  query: ['dns.question.name'],
  qtype_name: ['dns.question.type'],
  uri: ['url.original', 'url.path'],
  'c-uri': ['url.original', 'url.path'],
  method: ['http.request.method'],
  user_agent: ['user_agent.original'],
  'c-useragent': ['user_agent.original'],
  host: ['url.domain', 'destination.address'],
  status_code: ['http.response.status_code'],
};

const antivirus: FieldTable = { Signature: ['rule.name'], Filename: file };

const tables: Readonly<Record<string, FieldTable>> = {
  windows,
  web,
  network,
  process: processes,
  cloudtrail,
  azure,
  gcp,
  kubernetes,
  zeek,
  antivirus,
  plain: {},
};

/** Fields of the document, in the notation of `FieldTable`. */
export function fieldsOf(table: string, name: string): readonly string[] {
  if (table === 'auditd') return [`record:${name}`];
  // No format leaves the code of an event among the labels.
  if (table === 'windows' && name === 'EventID') return ['event.code'];
  const mapped = tables[table]?.[name] ?? [];
  const own = Object.hasOwn(eventFields, name) ? [name] : [];
  return [...new Set([...mapped, ...own, `${labelPrefix}${name}`])];
}
