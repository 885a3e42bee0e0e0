import { z } from 'zod';
import { conflictsAt } from '../shared/conflict.ts';
import { type ChatSettings, chatConflicts, chatSettings } from '../understanding/settings.ts';
import type { Environment } from './environment.ts';
import { explainIssues } from './explain-issues.ts';
import { locatedFrom, originOf, plainValue } from './located.ts';
import { applyOverrides } from './overrides.ts';
import { type Problem, recipeError } from './problem.ts';

const section = z.strictObject({ chat: chatSettings });

/**
 * The settings of a run's conversations, with changes for the time it is open: `chat.language_model.model=…`. All else
 * is what the run was made with. Throws one UserError that lists every problem.
 */
export function chatSettingsOf(
  kept: ChatSettings | undefined,
  set: readonly string[] = [],
  env: Environment = process.env,
): ChatSettings {
  const file = 'recipe.yaml';
  const problems: Problem[] = [];
  const changes = set.filter((setting) => {
    const isOfChat = /^\s*chat\s*[.=]/.test(setting);
    if (!isOfChat)
      problems.push({
        place: `--set ${setting}`,
        path: '',
        message: 'cannot be changed when a run is opened',
        remedy:
          'Only settings of chat can: --set chat.language_model.model=…. Others make a new version: eager-llm run.',
      });
    return isOfChat;
  });
  const written = locatedFrom({ chat: kept ?? {} }, { place: file, folder: process.cwd() });
  const tree = applyOverrides(written, changes, env, problems);
  const parsed = section.safeParse(plainValue(tree));
  if (!parsed.success) problems.push(...explainIssues(section, parsed.error.issues, tree));
  else
    for (const { path, message, remedy } of conflictsAt('chat', chatConflicts(parsed.data.chat)))
      problems.push({ place: originOf(tree, path.split('.')).place, path, message, remedy });
  if (!parsed.success || problems.length > 0) throw recipeError(file, problems);
  return parsed.data.chat;
}
