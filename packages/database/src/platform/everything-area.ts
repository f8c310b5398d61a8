/** The area that an organisation begins with: every log group but the product's own, reviewed each day. Its id is the organisation's. */
export function everythingArea(tenant: { readonly id: string; readonly language: string }, at: Date) {
  return {
    id: tenant.id,
    tenantId: tenant.id,
    name: tenant.language === 'ja' ? '全体' : 'Everything',
    category: 'security-events',
    logGroups: ['*'],
    logStreams: [],
    sources: [],
    hosts: [],
    reviewers: [],
    approvers: [],
    createdAt: at,
    changedAt: at,
  };
}
