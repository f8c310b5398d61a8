import { hash, timingSafeEqual } from 'node:crypto';
import { auditFormat } from '@akashi/audit-trail';
import { tenantId, type TenantId } from '@akashi/database';
import { isOwnLogGroup } from '@akashi/policy';
import { AppError } from '@akashi/server-kit';

/** The installation's own parts name the organisation that a batch is for here. */
export const tenantHeader = 'x-akashi-tenant';

/** What its records carry besides their place. */
export const systemOrigin = { id: 'system', kind: 'system', format: auditFormat } as const;

/** The one sender that may write the product's own log groups (`akashi/…`), of every organisation, and nothing else. */
export interface SystemSender {
  isKey(key: string): boolean;
  /** The organisation that the header names; throws what the sender is answered when it may not. */
  tenantOf(request: { logGroup: string; header: string | string[] | undefined }): TenantId;
}

export function createSystemSender(secret: string): SystemSender {
  const expected = Buffer.from(hash('sha256', secret, 'hex'));
  return {
    isKey: (key) => timingSafeEqual(Buffer.from(hash('sha256', key, 'hex')), expected),
    tenantOf({ logGroup, header }) {
      if (!isOwnLogGroup(logGroup)) throw new AppError('forbidden', { reason: 'log-group-not-allowed' });
      try {
        return tenantId(typeof header === 'string' ? header : '');
      } catch (cause) {
        throw new AppError('request-invalid', {
          cause,
          reason: 'header',
          detail: `${tenantHeader} names no organisation.`,
        });
      }
    },
  };
}
