import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { loadTemplates } from '../../orchestrator/prompts/load-templates.ts';
import { taskNames } from '../../orchestrator/prompts/tasks/names.ts';
import { sequentialRecommendation } from '../../orchestrator/prompts/tasks/sequential-recommendation.ts';
import { describeError, UserError } from '../../orchestrator/shared/errors.ts';
import { packageRoot } from '../../orchestrator/shared/package-root.ts';
import { promptFolder, templates } from './helpers.ts';

for (const task of taskNames)
  test(`the shipped templates of ${task} are at least ten`, (t) => {
    t.true(templates.tasks[task].length >= 10);
  });

test('the shipped fused templates go both ways', (t) => {
  const responses = templates.tasks['fused-sequential-recommendation'].map(({ response }) =>
    JSON.stringify(response),
  );
  for (const name of ['item', 'title', 'description'])
    t.true(responses.some((response) => response.includes(`"${name}"`)));
});

test('a template is taken apart at its placeholders', (t) => {
  t.deepEqual(templates.tasks['item-to-index'][0].prompt, [
    { text: 'Which code belongs to the item called "' },
    { placeholder: 'title' },
    { text: '"?' },
  ]);
});

const good = '  - prompt: "After {history} what?"\n    response: "{item}"\n';
const sequential = 'sequential-recommendation.yaml';

/** Loading the shipped folder with these files changed fails and says all of this. */
const fails = test.macro((t: ExecutionContext, changes: Record<string, string | null>, ...said: RegExp[]) => {
  const folder = promptFolder(t, changes);
  const error = t.throws(() => loadTemplates(folder), { instanceOf: UserError });
  for (const pattern of said) t.regex(describeError(error), pattern);
  t.truthy(error.remedy);
});

test(
  'a missing task file is named',
  fails,
  { [sequential]: null },
  /sequential-recommendation\.yaml: the file is missing/,
);
test('a missing frame is named', fails, { 'frame.yaml': null }, /frame\.yaml: the file is missing/);
test(
  'an empty list is named',
  fails,
  { [sequential]: 'templates: []\n' },
  /yaml:1: templates: the list has no template/,
);
test(
  'an empty file is named',
  fails,
  { [sequential]: '# nothing\n' },
  /sequential-recommendation\.yaml:1: templates: /,
);
test(
  'an unknown placeholder comes with the nearest allowed one',
  fails,
  { [sequential]: `templates:\n${good}  - prompt: "Then {histroy} what?"\n    response: "{item}"\n` },
  /yaml:4: unknown placeholder \{histroy\} in the prompt; did you mean \{history\}\?/,
);
test(
  'a placeholder of another task is refused',
  fails,
  { [sequential]: 'templates:\n  - prompt: "{history} {query}"\n    response: "{item}"\n' },
  /unknown placeholder \{query\}.*Allowed: \{user\}, \{history\}/,
);
test(
  'a prompt without its history is refused',
  fails,
  { [sequential]: `templates:\n${good}  - prompt: "What next?"\n    response: "{item}"\n` },
  /yaml:4: the prompt has no \{history\}/,
);
test(
  'a response without a placeholder is refused',
  fails,
  { [sequential]: 'templates:\n  - prompt: "{history}"\n    response: "soap"\n' },
  /yaml:3: the response has no \{item\}/,
);
test(
  'a response with text before the code is refused',
  fails,
  { [sequential]: 'templates:\n  - prompt: "{history}"\n    response: "Take {item}"\n' },
  /yaml:3: the response has text before \{item\}/,
);
test(
  'a lone brace is refused',
  fails,
  { [sequential]: 'templates:\n  - prompt: "{history"\n    response: "{item}"\n' },
  /yaml:2: the prompt has a brace that is no placeholder/,
);
test(
  'the same template twice is refused with both places',
  fails,
  { [sequential]: `templates:\n${good}${good}` },
  /yaml:4: the same template stands at .*yaml:2 already/,
);
test(
  'a fused template that does not cross over is refused',
  fails,
  {
    'fused-sequential-recommendation.yaml': 'templates:\n  - prompt: "{history}"\n    response: "{item}"\n',
  },
  /this task crosses over/,
);
test(
  'broken YAML is named with its line',
  fails,
  { [sequential]: 'templates:\n  - prompt: "a\n   response: {\n' },
  /sequential-recommendation\.yaml:\d+: is not valid YAML/,
);
test(
  'a mistyped key comes with the nearest one',
  fails,
  { [sequential]: 'templates:\n  - promt: "{history}"\n    prompt: "{history}"\n    response: "{item}"\n' },
  /yaml:2: unknown key "promt"; did you mean "prompt"\?/,
);
test(
  'a template that is a number is refused',
  fails,
  { [sequential]: 'templates:\n  - prompt: 3\n    response: "{item}"\n' },
  /yaml:2: templates\.0\.prompt: .*expected string/,
);
test(
  'aliases that would blow up are refused',
  fails,
  {
    [sequential]: `a: &a [1,1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\ntemplates: [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\n`,
  },
  /alias/i,
);

const frame = (text: string) =>
  `frame: ${JSON.stringify(text)}\nseparators: {codes: "", titles: "\\n"}\nuser_layout: {prefix: "", separator: ""}\n`;

test(
  'a frame without {prompt} is refused',
  fails,
  { 'frame.yaml': frame('### Response:\n{response}') },
  /frame\.yaml:1: the frame must hold \{prompt\} and then \{response\}.*it holds \{response\}/,
);
test(
  'a frame with text after {response} is refused',
  fails,
  { 'frame.yaml': frame('{prompt}\n{response} Bye') },
  /nothing may follow \{response\}/,
);
test(
  'a frame whose response shares a line is refused',
  fails,
  { 'frame.yaml': frame('{prompt}\nAnswer: {response}') },
  /on a line of its own/,
);

test(
  'a frame in which prompt and response touch needs a code there in every template',
  fails,
  {
    'frame.yaml': frame('{prompt}{response}'),
    [sequential]: `templates:\n${good}`,
    'index-to-item.yaml': 'templates:\n  - prompt: "Name it: {item}"\n    response: "{title}"\n',
  },
  /preference\.yaml: prompt and response touch in this frame/,
);
test('codes with nothing between them make a frame, with or without a start token', (t) => {
  const only = { registry: [sequentialRecommendation], needed: [sequentialRecommendation] };
  const alone = loadTemplates(join(packageRoot, 'recipes/parts/codes-alone'), only);
  t.deepEqual([alone.frame, alone.startToken], [{ before: '', between: '' }, false]);
  t.true(templates.startToken);
});

test('problems of several files come together', (t) => {
  const folder = promptFolder(t, { [sequential]: 'templates: []\n', 'preference.yaml': null });
  const error = t.throws(() => loadTemplates(folder), { instanceOf: UserError });
  t.regex(error.message, /^has 2 problems:\n.*sequential.*\n.*preference/s);
});

test('a missing folder is named', (t) => {
  const error = t.throws(() => loadTemplates('/nowhere/prompts'), { instanceOf: UserError });
  t.is(error.place, '/nowhere/prompts');
});
