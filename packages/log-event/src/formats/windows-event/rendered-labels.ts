/**
 * The labels of the text that Windows renders of its security events, in English and in Japanese: which name the value
 * has in the event's data. A label inside a section ("Subject", "サブジェクト") is of the account that the section is about.
 */

/** Beginnings of names of data: `Subject` + `UserName`. */
export type Section = 'Subject' | 'Target' | 'Member' | 'Group' | 'Process' | 'Other';

const sectionRows = `
Subject
  Subject|Account for which the request was made|サブジェクト|Caller
Target
  New Logon|Account For Which Logon Failed|Target Account|New Account|Account That Was Locked Out|Account Whose Credentials Were Used
  Target Computer|New Computer Account|Computer Account That Was Changed|Account Information|Target Subject|Account|User|Account Modified
  新しいログオン|ログオンを失敗したアカウント|対象アカウント|ターゲット アカウント|新しいアカウント|ロックアウトされたアカウント|資格情報が使用されたアカウント
  アカウント情報|ユーザー|ターゲット サブジェクト|新しいコンピューター アカウント|変更されたアカウント
Member
  Member|メンバー
Group
  Group|New Group|Deleted Group|グループ|新しいグループ|削除されたグループ
Process
  Process Information|プロセス情報|Process
Other
  Logon Information|Network Information|Detailed Authentication Information|Failure Information|Service Information|Additional Information
  Attributes|Changed Attributes|Access Request Information|Object|Share Information|Target Server|Client Machine|Authentication Details
  Task Information|Audit Policy Change|Change Information|Filter Information|Application Information|Rule|New Rights|User Right|New Right
  Additional Details|Permissions Change|Service Request Information|Privileges Information|Domain|Directory Service|Operation|NAS|RADIUS Client
  ログオン情報|ネットワーク情報|詳細な認証情報|エラー情報|サービス情報|追加情報|属性|変更された属性|アクセス要求情報|オブジェクト|共有情報|ターゲット サーバー
  タスク情報|監査ポリシーの変更|アプリケーション情報|フィルター情報|ユーザー権利|新しい権利
`;

/** A name that starts with `+` gets the section's beginning. */
const labelRows = `
+UserSid Security ID|セキュリティ ID
+UserName Account Name|アカウント名|User Name|Logon Account|ログオン アカウント
+DomainName Account Domain|Domain Name|ドメイン名|アカウント ドメイン|Supplied Realm Name|指定された領域名
+LogonId Logon ID|ログオン ID
+Sid User ID|ユーザー ID
TargetUserName Group Name|グループ名|New Account Name|Target Account Name
TargetDomainName Group Domain|グループ ドメイン|New Domain|Target Domain
SubjectUserName Caller User Name|Primary User Name
SubjectDomainName Caller Domain|Primary Domain
SubjectLogonId Caller Logon ID|Primary Logon ID
ClientUserName Client User Name
MemberName Member Name
MemberSid Member ID
OldTargetUserName Old Account Name|以前のアカウント名
TargetUserName New Account Name|新しいアカウント名
LogonType Logon Type|ログオン タイプ
NewProcessId New Process ID|新しいプロセス ID
NewProcessName New Process Name|新しいプロセス名|Image File Name
ParentProcessName Creator Process Name|クリエーター プロセス名
ProcessId Process ID|プロセス ID|Caller Process ID|呼び出し側プロセス ID|Creator Process ID
ProcessName Process Name|プロセス名|Caller Process Name|呼び出し側プロセス名
CommandLine Process Command Line|プロセスのコマンド ライン
TokenElevationType Token Elevation Type|トークン昇格の種類
WorkstationName Workstation Name|ワークステーション名|Source Workstation|ソース ワークステーション|Caller Workstation
CallerComputerName Caller Computer Name|呼び出し側コンピューター名|Caller Machine Name
IpAddress Source Network Address|ソース ネットワーク アドレス|Client Address|クライアント アドレス|Source Address|ソース アドレス|Network Address|ネットワーク アドレス
IpPort Source Port|ソース ポート|Client Port|クライアント ポート|Port|ポート
DestAddress Destination Address|宛先アドレス
DestPort Destination Port|宛先ポート
FailureReason Failure Reason|失敗の原因|Reason|理由
Status Status|ステータス|状態|Result Code|結果コード|Failure Code|エラー コード|Error Code
SubStatus Sub Status|サブ ステータス
LogonProcessName Logon Process|ログオン プロセス
AuthenticationPackageName Authentication Package|認証パッケージ
ObjectServer Object Server|オブジェクト サーバー
ObjectType Object Type|オブジェクトの種類
ObjectName Object Name|オブジェクト名
HandleId Handle ID|ハンドル ID
AccessList Accesses|アクセス
AccessMask Access Mask|アクセス マスク
ServiceName Service Name|サービス名
ServiceFileName Service File Name|サービス ファイル名
ServiceType Service Type|サービスの種類
ServiceAccount Service Account|サービス アカウント
TaskName Task Name|タスク名
PrivilegeList Privileges|特権|Assigned To
TargetServerName Target Server Name|ターゲット サーバー名
ShareName Share Name|共有名
ShareLocalPath Share Path|共有パス
RelativeTargetName Relative Target Name|相対ターゲット名
Category Category|カテゴリ
Subcategory Subcategory|サブカテゴリ
AuditPolicyChanges Changes|変更
PreviousTime Previous Time|以前の時刻
NewTime New Time|新しい時刻
+LogonGuid Logon GUID|ログオン GUID
ElevatedToken Elevated Token|昇格されたトークン
SamAccountName SAM Account Name|SAM アカウント名
TicketOptions Ticket Options|チケット オプション
TicketEncryptionType Ticket Encryption Type|チケットの暗号化の種類
PreAuthType Pre-Authentication Type|事前認証の種類
NewValue New Value|新しい値
OldValue Old Value|以前の値
ObjectValueName Object Value Name|オブジェクト値名
SessionName Session Name|セッション名
ClientName Client Name|クライアント名
RuleName Rule Name|ルール名
ImpersonationLevel Impersonation Level|偽装レベル
RestrictedAdminMode Restricted Admin Mode|制限された管理モード
VirtualAccount Virtual Account|仮想アカウント
TargetLinkedLogonId Linked Logon ID|リンクされたログオン ID
TargetOutboundUserName Network Account Name|ネットワーク アカウント名
TargetOutboundDomainName Network Account Domain|ネットワーク アカウント ドメイン
TransmittedServices Transited Services|移行されたサービス
LmPackageName Package Name (NTLM only)|パッケージ名 (NTLM のみ)
KeyLength Key Length|キーの長さ
AdditionalInfo Additional Information|追加情報
MandatoryLabel Mandatory Label|必須ラベル
SubcategoryGuid Subcategory GUID|サブカテゴリ GUID
ServiceStartType Service Start Type|サービス開始の種類
ServiceSid Service ID|サービス ID
DisplayName Display Name|表示名
UserPrincipalName User Principal Name|ユーザー プリンシパル名
Direction Direction|方向
Protocol Protocol|プロトコル
Application Application Name|アプリケーション名
CallingStationID Calling Station Identifier|呼び出し端末 ID
ClientIPAddress Client IP Address|クライアント IP アドレス
NASIPv4Address NAS IPv4 Address|NAS IPv4 アドレス
NetworkPolicyName Network Policy Name|ネットワーク ポリシー名
OperationType Operation Type|操作の種類
AccessReason Access Reasons|アクセス理由
`;

export const sections: ReadonlyMap<string, Section> = sectionTable();
export const labels: ReadonlyMap<string, string> = labelTable();

/** Words of the longest label. */
export const mostWords = 8;

function sectionTable(): Map<string, Section> {
  const table = new Map<string, Section>();
  let section: Section = 'Other';
  for (const line of sectionRows.split('\n')) {
    if (line === '') continue;
    if (line.startsWith(' ')) for (const label of line.trim().split('|')) table.set(label, section);
    else section = line as Section;
  }
  return table;
}

function labelTable(): Map<string, string> {
  const table = new Map<string, string>();
  for (const line of labelRows.split('\n')) {
    const blank = line.indexOf(' ');
    if (blank < 0) continue;
    for (const label of line.slice(blank + 1).split('|')) if (!table.has(label)) table.set(label, line.slice(0, blank));
  }
  return table;
}
