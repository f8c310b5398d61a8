import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post } from '@nestjs/common';
import { ApiDefaultResponse, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import {
  ownPasswordChange,
  ownSessionsAnswer,
  problem,
  profile,
  profileChange,
  revokedSessions,
  type OwnPasswordChange,
  type OwnSessionsAnswer,
  type Profile,
  type ProfileChange,
  type RevokedSessions,
} from '@akashi/contracts';
import type { SessionUser } from '@akashi/database';
import { readId } from '../access/read-id.ts';
import { Audited, AuditedInside } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context, CurrentSession } from '../request-context/request-parameters.ts';
import { NeedsStepUp, SignedIn } from '../request-context/route-rules.ts';
import { ProfileService } from './profile.service.ts';

@ApiTags('profile')
@Controller('v1/profile')
export class ProfileController {
  readonly #profile: ProfileService;

  constructor(@Inject(ProfileService) profileService: ProfileService) {
    this.#profile = profileService;
  }

  @Get()
  @SignedIn()
  @Audited('profile.view')
  @Answers(profile)
  get(@Context() context: RequestContext): Promise<Profile> {
    return this.#profile.get(context);
  }

  @Patch()
  @SignedIn()
  @AuditedInside('profile.change')
  @Answers(profile)
  change(@Context() context: RequestContext, @Body({ schema: profileChange }) body: ProfileChange): Promise<Profile> {
    return this.#profile.change(context, body);
  }

  @Post('password')
  @SignedIn()
  @NeedsStepUp()
  @AuditedInside('credential.password-change')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'The password is changed; every other session has ended' })
  @ApiDefaultResponse({ description: 'Any refusal or fault', standardSchema: problem })
  changePassword(
    @Context() context: RequestContext,
    @CurrentSession() found: SessionUser,
    @Body({ schema: ownPasswordChange }) body: OwnPasswordChange,
  ): Promise<void> {
    return this.#profile.changePassword(context, found, body);
  }

  @Get('sessions')
  @SignedIn()
  @Audited('session.list')
  @Answers(ownSessionsAnswer)
  sessions(@Context() context: RequestContext, @CurrentSession() found: SessionUser): Promise<OwnSessionsAnswer> {
    return this.#profile.sessions(context, found);
  }

  @Delete('sessions/:id')
  @SignedIn()
  @AuditedInside('session.revoke')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'The session has ended' })
  @ApiDefaultResponse({ description: 'Any refusal or fault', standardSchema: problem })
  revokeSession(@Context() context: RequestContext, @Param('id') id: string): Promise<void> {
    return this.#profile.revokeSession(context, readId(id));
  }

  @Delete('sessions')
  @SignedIn()
  @AuditedInside('session.revoke')
  @Answers(revokedSessions, { description: 'Every session but this one has ended' })
  async revokeOthers(
    @Context() context: RequestContext,
    @CurrentSession() found: SessionUser,
  ): Promise<RevokedSessions> {
    return { revoked: await this.#profile.revokeOtherSessions(context, found) };
  }
}
