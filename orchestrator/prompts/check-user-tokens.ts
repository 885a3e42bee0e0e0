import { UserError } from '../shared/errors.ts';
import { openTemplates } from './open-templates.ts';
import type { PromptsSettings } from './settings.ts';
import { sequentialRecommendation } from './tasks/sequential-recommendation.ts';

/**
 * Throws a UserError where no template that rows are made from says who the user is: tokens for users would stand
 * nowhere. The layout `user` makes rows of histories without any template.
 */
export function checkUserTokens(
  settings: Pick<PromptsSettings, 'templates' | 'own_tasks' | 'layout'>,
  parts: Parameters<typeof openTemplates>[1],
): void {
  const { templates } = openTemplates(settings, parts);
  const bare = settings.layout === 'user' ? sequentialRecommendation.name : null;
  const rendered = new Set(parts.flatMap(({ tasks }) => Object.keys(tasks)).filter((name) => name !== bare));
  const namesUser = Object.entries(templates.tasks).some(
    ([task, each]) => rendered.has(task) && each.some(({ uses }) => uses.has('user')),
  );
  if (namesUser) return;
  throw new UserError(
    'prompts/no-user',
    'tokens for users are asked for, and no row that is trained has {user}',
    {
      place: settings.templates,
      remedy:
        'Set vocabulary.user_tokens to 0, or choose prompts.layout: prefix and templates with {user}, as in recipes/parts/codes-alone.',
    },
  );
}
