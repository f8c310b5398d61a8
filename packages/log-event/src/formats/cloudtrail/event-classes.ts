/** Calls of AWS that Requirement 10 asks for, by their names; the rest follow from their verbs. */

import type { EventClass } from '../../classes/event-class.ts';

const rows: Readonly<Record<string, string>> = {
  'authentication-use':
    'ConsoleLogin CheckMfa SwitchRole ExitRole RenewRole GetSigninToken GetSessionToken GetFederationToken GetCallerIdentity AssumeRoleWithSAML AssumeRoleWithWebIdentity UserAuthentication Authenticate Federate InitiateAuth AdminInitiateAuth CredentialChallenge CredentialVerification GetRoleCredentials StartSession',
  'authentication-use privilege-elevation': 'AssumeRole AssumeRoot',
  'account-change':
    'CreateUser DeleteUser UpdateUser CreateGroup DeleteGroup UpdateGroup RemoveUserFromGroup CreateRole DeleteRole UpdateRole UpdateRoleDescription CreateInstanceProfile DeleteInstanceProfile AddRoleToInstanceProfile RemoveRoleFromInstanceProfile CreateServiceLinkedRole DeleteServiceLinkedRole AdminCreateUser AdminDeleteUser AdminDisableUser AdminEnableUser CreateAccount CloseAccount InviteAccountToOrganization LeaveOrganization RemoveAccountFromOrganization CreateAccountAssignment DeleteAccountAssignment CreateGroupMembership DeleteGroupMembership',
  'account-change privilege-elevation': 'AddUserToGroup',
  'privilege-elevation policy-change':
    'AttachUserPolicy AttachGroupPolicy AttachRolePolicy PutUserPolicy PutGroupPolicy PutRolePolicy CreatePolicyVersion SetDefaultPolicyVersion UpdateAssumeRolePolicy DeleteRolePermissionsBoundary DeleteUserPermissionsBoundary CreateGrant',
  'policy-change':
    'CreatePolicy DeletePolicy DeletePolicyVersion DetachUserPolicy DetachGroupPolicy DetachRolePolicy DeleteUserPolicy DeleteGroupPolicy DeleteRolePolicy PutUserPermissionsBoundary PutRolePermissionsBoundary UpdateAccountPasswordPolicy DeleteAccountPasswordPolicy AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress RevokeSecurityGroupIngress RevokeSecurityGroupEgress ModifySecurityGroupRules CreateSecurityGroup DeleteSecurityGroup CreateNetworkAcl CreateNetworkAclEntry DeleteNetworkAcl DeleteNetworkAclEntry ReplaceNetworkAclEntry ReplaceNetworkAclAssociation PutBucketPolicy DeleteBucketPolicy PutBucketAcl PutObjectAcl PutBucketPublicAccessBlock DeleteBucketPublicAccessBlock PutAccountPublicAccessBlock PutBucketEncryption DeleteBucketEncryption PutKeyPolicy ScheduleKeyDeletion DisableKey DisableKeyRotation CreateDetector DeleteDetector UpdateDetector DisassociateFromMasterAccount DisableSecurityHub UpdateWebACL DeleteWebACL CreateWebACL AttachPolicy DetachPolicy EnablePolicyType DisablePolicyType PutResourcePolicy DeleteResourcePolicy CreateSAMLProvider UpdateSAMLProvider DeleteSAMLProvider CreateOpenIDConnectProvider DeleteOpenIDConnectProvider ModifyDBParameterGroup ModifySnapshotAttribute ModifyImageAttribute ModifyDBSnapshotAttribute',
  'credential-change':
    'CreateAccessKey DeleteAccessKey UpdateAccessKey CreateLoginProfile UpdateLoginProfile DeleteLoginProfile ChangePassword PasswordUpdated PasswordRecoveryRequested PasswordRecoveryCompleted CreateVirtualMFADevice DeleteVirtualMFADevice EnableMFADevice DeactivateMFADevice ResyncMFADevice UploadSSHPublicKey DeleteSSHPublicKey UpdateSSHPublicKey UploadSigningCertificate DeleteSigningCertificate UploadServerCertificate DeleteServerCertificate CreateServiceSpecificCredential ResetServiceSpecificCredential CreateKeyPair DeleteKeyPair ImportKeyPair AdminSetUserPassword AdminResetUserPassword ForgotPassword ConfirmForgotPassword RotateSecret PutSecretValue UpdateSecret GetPasswordData EmailUpdated',
  'log-control':
    'StopLogging StartLogging CreateTrail DeleteTrail UpdateTrail PutEventSelectors PutInsightSelectors StopEventDataStoreIngestion DeleteEventDataStore DeleteFlowLogs CreateFlowLogs DeleteLogGroup DeleteLogStream PutRetentionPolicy DeleteRetentionPolicy PutBucketLogging StopConfigurationRecorder StartConfigurationRecorder DeleteConfigurationRecorder PutConfigurationRecorder DeleteDeliveryChannel DeleteQueryLoggingConfig DeleteResolverQueryLogConfig DisableAlarmActions DeleteAlarms DeleteMetricFilter PutSubscriptionFilter DeleteSubscriptionFilter DeleteLoggingConfiguration PutLoggingConfiguration ModifyActivityStream StopActivityStream',
  'log-access':
    'LookupEvents GetLogEvents FilterLogEvents StartQuery GetQueryResults StartLiveTail GetLogRecord GetTrailStatus TestMetricFilter DownloadDBLogFilePortion DownloadCompleteDBLogFile',
  'access-denied': 'ConsoleLoginFailure',
};

const byName: ReadonlyMap<string, readonly EventClass[]> = new Map(
  Object.entries(rows).flatMap(([names, calls]) =>
    calls.split(' ').map((call) => [call, names.split(' ') as EventClass[]] as const),
  ),
);

const makesOrDeletes =
  /^(?:Create|Delete|Run|Terminate|Register|Deregister|Import|Publish|Allocate|Release|Restore|Copy|Purge|Remove)[A-Z]/;

/** Of an API call; `isReadOnly` as the trail says it. */
export function callClasses(name: string, isReadOnly: boolean): readonly EventClass[] {
  const known = byName.get(name) ?? byName.get(name.replace(/\d{8}(?:v\d)?$/, ''));
  if (known !== undefined) return known;
  return !isReadOnly && makesOrDeletes.test(name) ? ['system-object'] : [];
}
