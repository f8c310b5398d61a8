/** A page to look at, by its address; `{group}` and `{person}` stand for ids that an installation makes. */
export interface Place {
  readonly path: string;
  /** The button that opens the page's dialog, as a key of the messages. */
  readonly dialog?: string;
}

export const administratorsPlaces: readonly Place[] = [
  { path: '/access', dialog: 'access.groups.create' },
  { path: '/access/groups/{group}', dialog: 'access.grants.add' },
  { path: '/access/log-groups?group=syslog' },
  { path: '/access/people?person={person}' },
  { path: '/access/approvals' },
  { path: '/access/reviews', dialog: 'accessReview.start' },
  { path: '/masters?table=assets', dialog: 'masters.import' },
  { path: '/members', dialog: 'members.invite.open' },
  { path: '/members?tab=invitations' },
  { path: '/keys', dialog: 'keys.create' },
  { path: '/sources' },
  { path: '/sources?tab=coverage' },
  { path: '/sources?tab=unparsed' },
  { path: '/sources?tab=senders', dialog: 'sourceSettings.create' },
  { path: '/sources?tab=keys', dialog: 'keys.create' },
  { path: '/sources?tab=formats' },
  { path: '/sources?tab=formats&format=%2B' },
  { path: '/incidents' },
  { path: '/incidents?state=all' },
  { path: '/trail' },
  { path: '/trail?person=yamada' },
  { path: '/integrity' },
  { path: '/audit-trail' },
  { path: '/settings' },
  { path: '/settings?tab=notifications', dialog: 'channels.add' },
  { path: '/settings?tab=sign-in' },
  { path: '/settings?tab=providers', dialog: 'identityProviders.add' },
  { path: '/settings?tab=quotas' },
  { path: '/settings?tab=duties' },
  { path: '/settings?tab=support', dialog: 'support.grant' },
  { path: '/profile' },
  { path: '/profile?tab=security', dialog: 'profile.factors.add' },
  { path: '/profile?tab=sessions' },
];
export const operatorsPlaces: readonly Place[] = [
  { path: '/platform', dialog: 'platform.create' },
  { path: '/platform?tab=senders' },
  { path: '/platform?tab=health' },
  { path: '/platform?tab=duties' },
  { path: '/platform?tab=notifications', dialog: 'channels.add' },
  { path: '/platform?tab=support' },
  { path: '/incidents' },
  { path: '/audit-trail' },
  { path: '/integrity' },
  { path: '/members' },
];
/** Pages that a viewer has no permission for say so and nothing else, in the frame of the product. */
export const viewersPlaces: readonly Place[] = [
  { path: '/incidents' },
  { path: '/masters' },
  { path: '/trail?person=yamada' },
  { path: '/members' },
  { path: '/keys' },
  { path: '/platform' },
  { path: '/settings' },
  { path: '/access' },
  { path: '/access/log-groups' },
  { path: '/access/people' },
  { path: '/integrity' },
  { path: '/audit-trail' },
];
