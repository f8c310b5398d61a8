import { Server, type IncomingMessage } from 'node:http';
import { keepOwnForwarding } from './forwarded-for.ts';

// Loaded before Next (`node --import`): Next keeps an `x-forwarded-for` that a client sent, and no hook of its own comes
// before it that sees who the client is.

// oxlint-disable-next-line node/no-process-env
const proxies = (process.env['AKASHI_WEB_PROXIES'] ?? '')
  .split(',')
  .map((each) => each.trim())
  .filter((each) => each !== '');

// Called with the server as `this`, as everything that emits is.
// oxlint-disable-next-line typescript/unbound-method
const emit = Server.prototype.emit as (this: Server, ...args: unknown[]) => boolean;

Server.prototype.emit = function emitOwn(this: Server, ...args: unknown[]): boolean {
  const [event, request] = args;
  if (event === 'request' || event === 'upgrade') {
    const { headers, socket } = request as IncomingMessage;
    keepOwnForwarding(headers, { peer: socket.remoteAddress ?? '', proxies });
  }
  return emit.call(this, ...args);
};
