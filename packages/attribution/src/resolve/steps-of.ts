import { matches } from '@akashi/query';
import type { Claim, ClaimKind } from '../claims/claim.ts';
import type { Claims } from '../claims/claims-of.ts';
import { keysOfEvent } from '../claims/event-keys.ts';
import type { EventAtTime } from './resolve.ts';

export const resolutionSteps = ['account', 'session', 'device'] as const;
export type ResolutionStep = (typeof resolutionSteps)[number];

const stepOf: Readonly<Record<ClaimKind, ResolutionStep>> = {
  account: 'account',
  session: 'session',
  'only-session': 'session',
  device: 'device',
  address: 'device',
};

/** Fields that each step goes by. */
const fieldsOf: Readonly<Record<ResolutionStep, readonly string[]>> = {
  account: ['user.name', 'user.id', 'host.name', 'host.ip', 'service.name', 'log.stream', 'log.group'],
  session: [
    'user.name',
    'user.effective.name',
    'user.id',
    'process.tty.name',
    'session.id',
    'winlog.logon.id',
    'process.pid',
    'host.name',
  ],
  device: ['source.mac', 'source.ip'],
};

export interface StepTaken {
  readonly step: ResolutionStep;
  /** `field value`, for the fields that the event has. */
  readonly looked: readonly string[];
  readonly found: readonly Claim[];
}

/** Every step of a resolution, those that led nowhere included. */
export function stepsOf({ document, timeMs }: EventAtTime, claims: Claims): StepTaken[] {
  const holding = claims.index
    .at(keysOfEvent(document), timeMs)
    .filter(({ condition }) => matches(condition, document));
  return resolutionSteps.map((step) => ({
    step,
    looked: fieldsOf[step].flatMap((field) => {
      const value = document[field];
      return typeof value === 'string' || typeof value === 'number' ? [`${field} ${value}`] : [];
    }),
    found: holding.filter(({ kind }) => stepOf[kind] === step),
  }));
}
