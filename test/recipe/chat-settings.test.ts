import test from 'ava';
import { chatSettingsOf } from '../../orchestrator/recipe/chat-settings.ts';
import { resolveRecipe } from '../../orchestrator/recipe/resolve-recipe.ts';
import { UserError } from '../../orchestrator/shared/errors.ts';
import { stages } from '../../orchestrator/stages/index.ts';
import { smallRecipe, withRecipes } from './with-recipes.ts';

const section = 'chat: {language_model: {base_url: "https://models.example/v1", model: small}}\n';
const kept = {
  language_model: {
    base_url: 'https://models.example/v1',
    model: 'small',
    api_key_env: null,
    timeout_ms: 4000,
    reply: true,
    allow_http: false,
  },
};

test('a language model changes no stage, and a recipe without one is what it was', (t) => {
  const at = withRecipes(t, {
    'plain.yaml': smallRecipe,
    'own.yaml': `${section}name: plain\n${smallRecipe}`,
  });
  const plain = resolveRecipe(at('plain.yaml')).recipe;
  const { chat, ...rest } = resolveRecipe(at('own.yaml')).recipe;
  t.deepEqual(chat, kept);
  t.deepEqual(rest, plain);
  t.false('chat' in plain);
  for (const stage of stages) t.deepEqual(stage.sections({ ...plain, chat }), stage.sections(plain));
});

test('settings of chat can be changed while a run is open, one by one', (t) => {
  t.deepEqual(chatSettingsOf(undefined), { language_model: null });
  t.deepEqual(chatSettingsOf(kept), kept);
  const { language_model } = chatSettingsOf(kept, ['chat.language_model.model=other']);
  t.deepEqual(language_model, { ...kept.language_model, model: 'other' });
  t.deepEqual(chatSettingsOf(kept, ['chat.language_model=null']), { language_model: null });
});

test('what cannot be changed, and what is wrong, is told with its place', (t) => {
  const messageOf = (...set: string[]) =>
    t.throws(() => chatSettingsOf(undefined, set, {}), { instanceOf: UserError }).message;
  t.regex(messageOf('seed=2'), /--set seed=2 {2}cannot be changed when a run is opened\n.*eager-llm run/);
  t.regex(
    messageOf('chat.language_model.base_url=http://127.0.0.1/v1'),
    /chat\.language_model\.model: is missing/,
  );
  t.regex(
    messageOf('chat.language_model={base_url: "http://models.example/v1", model: m}'),
    /chat\.language_model\.base_url: sends texts, and the key, unencrypted/,
  );
  t.regex(
    messageOf('chat.language_model={base_url: "https://x.example/v1", model: m, api_key_env: "a key"}'),
    /environment variable/,
  );
});
