import { classTableOf } from '../../classes/class-table.ts';

const signIns =
  'sign-in.password sign-in.second-factor sign-in.passkey sign-in.recovery-code sign-in.provider session.start session.step-up';

const refusedSignIns = signIns.replaceAll(/(?= |$)/g, '/failure');

/**
 * The product's own acts (PCI DSS 10.2.1.2 to 10.2.1.6). Looking at logs is one, looking at settings is none. A report that is
 * frozen and a review that is submitted are looks at logs.
 */
export const akashiAuditClasses = classTableOf({
  'log-access':
    'search search.histogram search.facets search.relaxed search.fields live-tail live-tail.end event.view event.context ' +
    'event.proof unparsed-lines.view person.trail coverage.view time.view format.try export.create export.download audit-trail.view ' +
    'rule.try alert.list alert.view report-run.start report-run.view report-run.rows report.download report.sealed restore.start restore.end ' +
    'log-review.view log-review.look log-review.decide log-review.undo log-review.decide-bulk log-review.delegate ' +
    'log-review.submit log-review.approve log-review.return log-review.addendum finding.view finding.create finding.change ' +
    'review.submitted review.returned review.approved review.addendum review.missed',
  'log-access administrator-action': 'support-access.read',
  'authentication-use': `${signIns} sign-in.challenge session.end session.extend session.revoke`,
  'authentication-use access-denied': `${refusedSignIns} sign-in.locked sign-in.blocked`,
  'access-denied': 'request.refused key.refused sender.refused',
  'credential-change':
    'credential.password-change credential.password-reset credential.factor-add credential.factor-change ' +
    'credential.factor-remove credential.recovery-codes recovery.request recovery.confirm ' +
    'credential.signing-add credential.signing-end signing-credential.enrolled signing-credential.ended',
  'credential-change administrator-action': 'member.factor-reset key.create key.change key.rotate key.revoke',
  'account-change': 'member.invitation-accept profile.change',
  'account-change administrator-action':
    'member.invite member.invitation-revoke member.change member.disable member.enable member.unlock',
  'privilege-elevation policy-change administrator-action': 'grant.create access-group.member-add support-access.grant',
  'privilege-elevation administrator-action': 'support-access.start',
  'policy-change administrator-action':
    'settings.change retention.change retention-policy.create retention-policy.rename legal-hold.create legal-hold.lift ' +
    'tombstone.create tombstone.complete ' +
    'masking.change notification-channel.create notification-channel.change ' +
    'checkpoint-way.create checkpoint-way.change checkpoint-way.remove ' +
    'master.import master.row-add master.row-change master.row-end master.define ' +
    'rule.create rule.change rule.enable rule.disable rule.remove coverage.not-expected coverage.expected format.save format.activate format.deactivate ' +
    'notification-channel.remove identity-provider.create identity-provider.change identity-provider.remove ' +
    'report.create report.change report.end report.restore area.create area.change area.end review-settings.change time-settings.change ' +
    'mail-domain.confirm mail-domain.remove access-group.create access-group.change access-group.remove ' +
    'access-group.member-remove grant.revoke support-access.revoke quota.change',
  'administrator-action':
    'approval.request approval.confirm approval.decline approval.withdraw access-review.start access-review.decide ' +
    'access-review.close support-access.end tenant.create tenant.change tenant.suspend tenant.resume tenant.close ' +
    'mail-domain.request notification-channel.try checkpoint-sending.create incident.acknowledge incident.close ' +
    'recovery-export.make recovery-export.confirm data-key.export',
  'log-control administrator-action':
    'source.create source.change source.disable source.enable sender.confirm sender.withdraw ' +
    'data-key.rotate signing-key.rotate content-keys.destroy silence-limit.set silence-limit.remove',
  'log-control': 'service.start service.stop inbox.failed quota.full disposal.complete',
  'time-change administrator-action': 'clock.moved',
});
