import { Inject, Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { TenantId } from '@akashi/database';
import { effectiveQuotas } from '@akashi/policy';
import { finalize, from, mergeMap, type Observable } from 'rxjs';
import { apiParts, type ApiParts } from '../api-parts.ts';
import type { AuthenticatedRequest } from '../request-context/authentication.guard.ts';
import { countsAsSearch } from '../request-context/reads-logs.ts';
import { SearchSlots } from './search-slots.ts';

const freshForMs = 2_000;

/** One organisation's searches leave room for those of the others. */
@Injectable()
export class SearchQuotaInterceptor implements NestInterceptor {
  readonly #database: Pick<ApiParts['database'], 'forTenant'>;
  readonly #slots = new SearchSlots();
  readonly #limits = new Map<TenantId, { limit: number | null; readAtMs: number }>();

  constructor(@Inject(apiParts) parts: Pick<ApiParts, 'database'>) {
    this.#database = parts.database;
  }

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { akashiContext } = execution.switchToHttp().getRequest<AuthenticatedRequest>();
    if (akashiContext === undefined || !countsAsSearch(execution.getHandler()))
      return next.handle() as Observable<unknown>;
    return from(this.#take(akashiContext.tenantId)).pipe(
      mergeMap((release) => (next.handle() as Observable<unknown>).pipe(finalize(release))),
    );
  }

  async #take(tenantId: TenantId): Promise<() => void> {
    return this.#slots.take({ tenantId, limit: await this.#limitOf(tenantId) });
  }

  async #limitOf(tenantId: TenantId): Promise<number | null> {
    const known = this.#limits.get(tenantId);
    if (known !== undefined && performance.now() - known.readAtMs < freshForMs) return known.limit;
    const { quotas } = await this.#database.forTenant(tenantId).organisation.get();
    const limit = effectiveQuotas(quotas).concurrentSearches;
    this.#limits.set(tenantId, { limit, readAtMs: performance.now() });
    return limit;
  }
}
