import { usualHours, usualTags, type ReportTags, type WorkingHours } from '@akashi/report';
import type { RunPrisma } from '../scoped-transaction.ts';
import type { BeforeCommit } from './access-keys.ts';

export interface ReviewSettings extends ReportTags {
  /** When a day's review is due: minutes after midnight of the day after, by the organisation's clock. */
  readonly dueMinute: number;
  /** Whether the reviewer may approve, with a reason that stays visible. */
  readonly isSelfApprovalAllowed: boolean;
  /** Whether signing credentials that can be copied to other devices are refused. */
  readonly mustBeDeviceBound: boolean;
  /** Of areas that have none of their own. */
  readonly hours: WorkingHours;
}

export interface ReviewSettingsStore {
  /** The defaults until somebody changes them. */
  get(): Promise<ReviewSettings>;
  put(settings: ReviewSettings, at: Date, beforeCommit: BeforeCommit): Promise<void>;
}

/** Due at noon; nobody approves what they have reviewed (PCI DSS 10.4 with 7.2.2) until an organisation allows it. */
const untouched: ReviewSettings = {
  dueMinute: 12 * 60,
  isSelfApprovalAllowed: false,
  mustBeDeviceBound: false,
  hours: usualHours,
  ...usualTags,
};

export function reviewSettings(run: RunPrisma, tenantId: string): ReviewSettingsStore {
  return {
    get: () =>
      run(async (client) => {
        const row = await client.reviewSettings.findUnique({ where: { tenantId } });
        if (row === null) return untouched;
        return {
          dueMinute: row.dueMinute,
          isSelfApprovalAllowed: row.selfApproval,
          mustBeDeviceBound: row.deviceBound,
          hours: row.hours as unknown as WorkingHours,
          cardData: row.cardData,
          watchedObjects: row.watchedObjects,
        };
      }),
    put: (settings, at, beforeCommit) =>
      run(async (client) => {
        const values = {
          dueMinute: settings.dueMinute,
          selfApproval: settings.isSelfApprovalAllowed,
          deviceBound: settings.mustBeDeviceBound,
          hours: { ...settings.hours, days: [...settings.hours.days] },
          cardData: settings.cardData,
          watchedObjects: settings.watchedObjects,
          changedAt: at,
        };
        await client.reviewSettings.upsert({ where: { tenantId }, create: { ...values, tenantId }, update: values });
        await beforeCommit();
      }),
  };
}
