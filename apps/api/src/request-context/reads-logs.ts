import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';

const readsLogsKey = Symbol('route reads logs');

/**
 * Beside a rule, for the routes that read events or their catalogue: they count as searches of their organisation, and
 * they alone may be called under a support access.
 */
export const ReadsLogs = (): MethodDecorator =>
  applyDecorators(SetMetadata(readsLogsKey, true), ApiExtension('x-akashi-reads-logs', true));

export function readsLogs(handler: object): boolean {
  return Reflect.getMetadata(readsLogsKey, handler) === true;
}
