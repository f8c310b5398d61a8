import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ownAccess, type OwnAccess } from '@akashi/contracts';
import { Audited } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context } from '../request-context/request-parameters.ts';
import { SignedIn } from '../request-context/route-rules.ts';
import { OwnAccessService } from './own-access.service.ts';

@ApiTags('access reports')
@Controller('v1/access')
export class OwnAccessController {
  readonly #service: OwnAccessService;

  constructor(@Inject(OwnAccessService) service: OwnAccessService) {
    this.#service = service;
  }

  @Get('own')
  @SignedIn()
  @Audited('access-report.own')
  @Answers(ownAccess)
  get(@Context() context: RequestContext): Promise<OwnAccess> {
    return this.#service.get(context);
  }
}
