import test from 'ava';
import { UserError } from '../../orchestrator/shared/errors.ts';
import { openLanguageModel } from '../../orchestrator/understanding/language-model/open-language-model.ts';
import { languageModelConflicts, languageModelSettings } from '../../orchestrator/understanding/settings.ts';
import { patient, protocolServer } from './protocol-server.ts';

const settingsOf = (settings: object) =>
  languageModelSettings.parse({ model: 'small', timeout_ms: patient, ...settings });
const question = { task: 'say yes', text: 'well?', mostTokens: 5 };

test('the key is read from the variable that is named, and goes into a header alone', async (t) => {
  const { url, asked } = await protocolServer(t, () => 'yes');
  const model = openLanguageModel(settingsOf({ base_url: `${url}/`, api_key_env: 'SHOP_API_KEY' }), {
    SHOP_API_KEY: 'secret-1',
  });
  t.is(await model.ask(question), 'yes');
  t.is(asked[0].headers.authorization, 'Bearer secret-1');
  t.false(JSON.stringify([asked[0].body, model]).includes('secret-1'));
  await openLanguageModel(settingsOf({ base_url: url })).ask(question);
  t.is(asked[1].headers.authorization, undefined);
});

test('a key that is missing, or none, is told by the name of its variable', (t) => {
  for (const env of [{}, { SHOP_API_KEY: ' ' }, { SHOP_API_KEY: 'a\r\nb' }]) {
    const error = t.throws(
      () =>
        openLanguageModel(
          settingsOf({ base_url: 'https://models.example/v1', api_key_env: 'SHOP_API_KEY' }),
          env,
        ),
      { instanceOf: UserError },
    );
    t.regex(error.message, /SHOP_API_KEY/);
    t.notRegex(error.message, /a\r\nb/);
  }
});

test('texts go to this machine or over https, elsewhere only where that is said', (t) => {
  const paths = (settings: object) =>
    [...languageModelConflicts(settingsOf(settings))].map(({ path }) => path);
  for (const base_url of [
    'https://models.example/v1',
    'http://127.0.0.1:8080/v1',
    'http://localhost/v1',
    'http://[::1]:1/v1',
  ])
    t.deepEqual(paths({ base_url }), []);
  for (const base_url of [
    'http://models.example/v1',
    'http://127.0.0.1.models.example/v1',
    'file:///etc/passwd',
    'models',
    'https://me:key@models.example/v1',
    'https://models.example/v1?key=1',
  ])
    t.deepEqual(paths({ base_url }), ['base_url'], base_url);
  t.deepEqual(paths({ base_url: 'http://models.example/v1', allow_http: true }), []);
  // The keys of this server, or another secret of the machine, are none of that server's business.
  for (const api_key_env of ['EAGER_LLM_API_KEYS', 'AWS_SECRET_ACCESS_KEY', 'HOME'])
    t.throws(() => settingsOf({ base_url: 'https://models.example/v1', api_key_env }));
  // A run from elsewhere may hold what no recipe could be validated with.
  t.throws(() => openLanguageModel(settingsOf({ base_url: 'http://models.example/v1' })), {
    instanceOf: UserError,
  });
});

test('a server that fails three times in a row is left alone for half a minute', async (t) => {
  let works = false;
  let time = 0;
  const { url, asked } = await protocolServer(t, (_, response) => {
    if (works) return 'yes';
    response.writeHead(503).end();
    return undefined;
  });
  const model = openLanguageModel(settingsOf({ base_url: url }), {}, () => time);
  const ask = () => model.ask(question).catch((error: Error) => error.message);
  for (const _ of [1, 2, 3]) t.is(await ask(), 'the language model refused the question');
  works = true;
  t.is(await ask(), 'the language model has failed several times, and is asked again in a while');
  t.is(asked.length, 3);
  time = 31_000;
  t.is(await ask(), 'yes');
});
