import 'reflect-metadata';
import type { ExecutionContext } from '@nestjs/common';
import { expect, it } from 'vitest';
import { controllers } from './api.module.ts';
import { ruleOf } from './request-context/route-rules.ts';

/** Routes that run in no tenant, each with its reason. A new one is added here by hand, on purpose. */
const unbound: Readonly<Record<string, string>> = {
  'InstallationKeysController.read': 'how the keys of the installation are kept, for operators',
  'MailDomainsController.listOf': 'mail domains that one organisation asks for, for operators',
  'PlatformController.list': 'figures of all organisations, for operators',
  'PlatformController.get': 'figures of one organisation, for operators',
  'SenderClaimsController.list': 'senders that organisations say are theirs, for operators',
};

const execution = {
  switchToHttp: () => ({ getRequest: () => ({}), getResponse: () => ({ raw: { once: () => undefined } }) }),
} as unknown as ExecutionContext;

interface Argument {
  factory?: (data: unknown, execution: ExecutionContext) => unknown;
}

/** A parameter that is only there for a caller whose tenant the guard has found. */
function needsCaller({ factory }: Argument): boolean {
  try {
    factory?.(undefined, execution);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'unauthenticated';
  }
}

interface Route {
  name: string;
  isOpen: boolean;
  isBound: boolean;
}

const routes = controllers.flatMap((controller): Route[] => {
  const prototype = controller.prototype as Readonly<Record<string, unknown>>;
  return Object.getOwnPropertyNames(prototype).flatMap((method) => {
    const handler = method === 'constructor' ? undefined : prototype[method];
    if (typeof handler !== 'function' || !Reflect.hasMetadata('path', handler)) return [];
    const metadata: unknown = Reflect.getMetadata('__routeArguments__', controller, method);
    const found = Object.values((metadata ?? {}) as Record<string, Argument>);
    const isOpen = ruleOf(handler)?.kind === 'open';
    return [{ name: `${controller.name}.${method}`, isOpen, isBound: found.some(needsCaller) }];
  });
});

it('runs every route in the tenant of its caller, but for the listed ones', () => {
  expect(routes.length).toBeGreaterThan(20);
  const free = routes.filter(({ isOpen, isBound }) => !isOpen && !isBound).map(({ name }) => name);
  expect(free.toSorted()).toEqual(Object.keys(unbound).toSorted());
});
