import { applyDecorators, SetMetadata, type Type } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { Permission } from '@akashi/policy';

/** Steps of a session: only `full` has proven a second factor, and everything but the next step needs `full`. */
export type SessionStage = 'second-factor' | 'enrolment' | 'password-change' | 'full';

/** Who may call a route. */
export type RouteRule =
  | { readonly kind: 'open' }
  /** A session at this step; `any` takes every live session, the full one included. */
  | { readonly kind: 'stage'; readonly stage: SessionStage | 'any' }
  /** Every person with a full session. */
  | { readonly kind: 'signed-in' }
  /** Every person with a full session: the service shows those without the permission what is theirs, and nothing else. */
  | { readonly kind: 'permission-or-owner'; readonly permission: Permission }
  /** A person with a full session, or a program, whose role has the permission. */
  | { readonly kind: 'permission'; readonly permission: Permission };

const ruleKey = Symbol('route rule');
const stepUpKey = Symbol('route needs step-up');

function rule(value: RouteRule, name: string): MethodDecorator {
  return applyDecorators(SetMetadata(ruleKey, value), ApiExtension('x-akashi-rule', name));
}

/** For callers whose role has the permission. What they see of the logs is for their scope to say. */
export const Needs = (permission: Permission): MethodDecorator => rule({ kind: 'permission', permission }, permission);

/** For people who answer for single things without holding the permission over all; what is not theirs is not found. */
export const NeedsOrOwns = (permission: Permission): MethodDecorator =>
  rule({ kind: 'permission-or-owner', permission }, `${permission} or owner`);

/** For the few routes that come before anybody is known. */
export const OpenToAll = (): MethodDecorator => rule({ kind: 'open' }, 'open');

/** For the next step of a session that is not full yet. */
export const AtStage = (stage: SessionStage | 'any'): MethodDecorator =>
  rule({ kind: 'stage', stage }, `stage:${stage}`);

/** For every person with a full session, about themselves. */
export const SignedIn = (): MethodDecorator => rule({ kind: 'signed-in' }, 'signed-in');

/** Beside a rule: the second factor must have been proven within the last minutes. No program can do that. */
export const NeedsStepUp = (): MethodDecorator =>
  applyDecorators(SetMetadata(stepUpKey, true), ApiExtension('x-akashi-step-up', true));

export function ruleOf(handler: object): RouteRule | undefined {
  return Reflect.getMetadata(ruleKey, handler) as RouteRule | undefined;
}

export function needsStepUp(handler: object): boolean {
  return Reflect.getMetadata(stepUpKey, handler) === true;
}

/** Every route must say who may call it: one that does not keeps the API from starting. */
export function checkRouteRules(controllers: readonly Type[]): void {
  const bare = controllers.flatMap((controller) => routesWithoutRule(controller));
  if (bare.length > 0) throw new Error(`routes without a rule: ${bare.join(', ')}`);
}

function routesWithoutRule(controller: Type): string[] {
  const prototype = controller.prototype as Readonly<Record<string, unknown>>;
  return Object.getOwnPropertyNames(prototype)
    .filter((name) => {
      if (name === 'constructor') return false;
      const handler = Object.getOwnPropertyDescriptor(prototype, name)?.value as unknown;
      return typeof handler === 'function' && Reflect.hasMetadata('path', handler) && ruleOf(handler) === undefined;
    })
    .map((name) => `${controller.name}.${name}`);
}
