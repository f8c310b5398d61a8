import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';

const readsLogsKey = Symbol('route reads logs');

/**
 * Beside a rule, for the routes that read events or their catalogue: they count as searches of their organisation, and
 * they alone may be called under a support access.
 */
export const ReadsLogs = (): MethodDecorator =>
  applyDecorators(SetMetadata(readsLogsKey, true), ApiExtension('x-akashi-reads-logs', true));

const countsAsSearchKey = Symbol('route counts as search');

/** Beside a rule, for routes that search without being open to a support access, such as the audit trail. */
export const CountsAsSearch = (): MethodDecorator => SetMetadata(countsAsSearchKey, true);

/** Whether a call of the route takes one of the searches that its organisation may run at a time. */
export function countsAsSearch(handler: object): boolean {
  return readsLogs(handler) || Reflect.getMetadata(countsAsSearchKey, handler) === true;
}

export function readsLogs(handler: object): boolean {
  return Reflect.getMetadata(readsLogsKey, handler) === true;
}
