import { Inject, Injectable } from '@nestjs/common';
import { apiParts, type ApiParts } from '../api-parts.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { AccessGroupsService } from './access-groups.service.ts';
import { AccessReportsService } from './access-reports.service.ts';
import { AccessReviewsService } from './access-reviews.service.ts';
import { accessGroupsCsv, accessReviewCsv, memberAccessCsv, readersCsv, type NameOf } from './report-tables.ts';

/** The reports on rights as CSV, from the same services and so through the same rules as their pages. */
@Injectable()
export class AccessTablesService {
  readonly #database: Pick<ApiParts['database'], 'forTenant'>;
  readonly #groups: Pick<AccessGroupsService, 'list'>;
  readonly #reports: Pick<AccessReportsService, 'readers' | 'member'>;
  readonly #reviews: Pick<AccessReviewsService, 'get'>;

  constructor(
    @Inject(apiParts) parts: Pick<ApiParts, 'database'>,
    @Inject(AccessGroupsService) groups: Pick<AccessGroupsService, 'list'>,
    @Inject(AccessReportsService) reports: Pick<AccessReportsService, 'readers' | 'member'>,
    @Inject(AccessReviewsService) reviews: Pick<AccessReviewsService, 'get'>,
  ) {
    this.#database = parts.database;
    this.#groups = groups;
    this.#reports = reports;
    this.#reviews = reviews;
  }

  async groups(context: RequestContext): Promise<string> {
    const [{ items }, nameOf] = await Promise.all([this.#groups.list(context), this.#names(context)]);
    return accessGroupsCsv(items, { language: context.language, nameOf });
  }

  async readers(context: RequestContext, logGroup: string): Promise<string> {
    return readersCsv(await this.#reports.readers(context, logGroup), context.language);
  }

  async member(context: RequestContext, id: string): Promise<string> {
    return memberAccessCsv(await this.#reports.member(context, id), context.language);
  }

  async review(context: RequestContext, id: string): Promise<string> {
    const [review, nameOf] = await Promise.all([this.#reviews.get(context, id), this.#names(context)]);
    return accessReviewCsv(review, { language: context.language, nameOf });
  }

  async #names(context: RequestContext): Promise<NameOf> {
    const users = await this.#database.forTenant(context.tenantId).users.list();
    const names = new Map(users.map(({ id, displayName, email }) => [id, displayName || email]));
    return (id) => (id === null ? null : (names.get(id) ?? id));
  }
}
