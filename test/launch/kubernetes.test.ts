import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { parseAllDocuments } from 'yaml';
import { explainTrainJobEnd } from '../../orchestrator/launch/launchers/kubernetes/end.ts';
import { endOf, type TrainJobEnd } from '../../orchestrator/launch/launchers/kubernetes/follow.ts';
import { kubernetes } from '../../orchestrator/launch/launchers/kubernetes/kubernetes.ts';
import { manifest, trainJobName } from '../../orchestrator/launch/launchers/kubernetes/manifest.ts';
import { kubernetesSettings } from '../../orchestrator/launch/launchers/kubernetes/settings.ts';
import { runWorker } from '../../orchestrator/launch/run-worker.ts';
import type { UserError } from '../../orchestrator/shared/errors.ts';
import type { ReportMessage } from '../../orchestrator/shared/reporter.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { waitUntil } from '../wait-until.ts';
import { trainingRuntimeSchema, trainJobSchema } from './train-job-schema.ts';

const settingsOf = (shared_folder: string, more: object = {}) =>
  kubernetesSettings.parse({
    ...{ kind: 'kubernetes', image: 'shop/torch:1', claim: 'runs', namespace: 'shop', shared_folder },
    ...more,
  });

test('the manifest is what Kubeflow Trainer reads, in every version', (t) => {
  const settings = settingsOf('/runs', { nodes: 2, processes: 4, gpus_per_node: 4, sharding: 'fsdp' });
  const text = manifest({ python: 'python3', settings, job: '/runs/a/job', result: "/runs/it's a" });
  const [runtime, job] = parseAllDocuments(text).map((each) => each.toJS());
  trainingRuntimeSchema.parse(runtime);
  const { metadata, spec } = trainJobSchema.parse(job);
  t.is(metadata.name, runtime.metadata.name);
  t.is(spec.runtimeRef.name, metadata.name);
  t.regex(
    spec.trainer.command.join('|'),
    /^python3\|-m\|torch\.distributed\.run\|--nnodes\|2\|--nproc-per-node\|4\|--max-restarts\|0\|-m\|eager_llm_peft\|train\|--job\|\/runs\/a\/job\|--result\|\/runs\/it's a\|--sharding\|fsdp$/,
  );
  t.deepEqual(spec.trainer.resourcesPerNode.limits, { cpu: 8, memory: '16Gi', 'nvidia.com/gpu': 4 });
  t.deepEqual(spec.trainer.resourcesPerNode.requests, spec.trainer.resourcesPerNode.limits);
  t.deepEqual(
    spec.trainer.env.find(({ name }) => name === 'PYTHONPATH'),
    { name: 'PYTHONPATH', value: '/runs/a/job/worker' },
  );
  t.is(job.spec.trainer.env.length, new Set(spec.trainer.env.map(({ name }) => name)).size);
});

test('a run outside of the shared folder is refused', (t) => {
  const launch = {
    python: 'python3',
    settings: settingsOf('/mnt/runs'),
    job: '/mnt/runs/j',
    result: '/mnt/runs2/r',
  };
  t.throws(() => manifest(launch), {
    code: 'kubernetes/not-shared',
    message: /pods see \/mnt\/runs alone/,
  } as never);
});

test('settings that are no names of the cluster are refused', (t) => {
  for (const more of [
    { image: 'a b' },
    { claim: '-x' },
    { context: '--kubeconfig=x' },
    { namespace: 'A' },
    { memory: '64 GB' },
  ])
    t.false(kubernetesSettings.safeParse({ ...settingsOf('/runs'), ...more }).success, JSON.stringify(more));
  t.false(kubernetesSettings.safeParse({ ...settingsOf('/runs'), shared_folder: 'runs' }).success);
});

for (const [words, code, message] of [
  [
    'error: no matches for kind "TrainJob" in version "trainer.kubeflow.org/v1alpha1"',
    'no-trainer',
    /no Kubeflow Trainer/,
  ],
  [
    'The connection to the server localhost:8080 was refused - did you specify the right host?',
    'no-cluster',
    /no cluster/,
  ],
  // In the words of kubectl 1.28 to 1.33: without a kubeconfig, and with one that leads nowhere or is not let in.
  [
    `error: error validating "job.yaml": error validating data: failed to download openapi: Get "http://localhost:8080/openapi/v2?timeout=32s": dial tcp 127.0.0.1:8080: connect: connection refused; if you choose to ignore these errors, turn validation off with --validate=false`,
    'no-cluster',
    /localhost:8080/,
  ],
  [
    'Unable to connect to the server: dial tcp: lookup far.example on 10.0.0.2:53: no such host',
    'no-cluster',
    /no such host/,
  ],
  [
    'error: error validating data: failed to download openapi: Get "https://far.example": tls: failed to verify certificate: x509: certificate signed by unknown authority',
    'no-cluster',
    /unknown authority/,
  ],
  [
    'error: error validating "job.yaml": error validating data: failed to download openapi: the server has asked for the client to provide credentials; if you choose to ignore these errors, turn validation off with --validate=false',
    'no-cluster',
    /credentials/,
  ],
  ['error: You must be logged in to the server (Unauthorized)', 'no-cluster', /Unauthorized/],
  ['Please enter Username: error: EOF', 'no-cluster', /Username/],
  [
    'Error from server (InternalError): Internal error occurred: failed calling webhook "validator.trainjob.trainer.kubeflow.org": Post "https://kubeflow-trainer.svc:443": dial tcp 10.0.0.9:443: connect: connection refused',
    'trainer-silent',
    /does not answer in the cluster/,
  ],
  [
    'error: error validating "job.yaml": error validating data: ValidationError(TrainJob.spec): unknown field "x"',
    'refused',
    /unknown field/,
  ],
  ['error: context "far" does not exist', 'no-cluster', /"far" does not exist/],
  [
    'Error from server (Forbidden): trainjobs is forbidden: User "me" cannot create',
    'forbidden',
    /may not create/,
  ],
  [
    'The TrainJob "a" is invalid: spec.trainer: Invalid value: field is immutable',
    'other-job',
    /other settings/,
  ],
  ['Error from server (NotFound): namespaces "shop" not found', 'refused', /"shop" not found/],
] as const)
  test.serial(`what kubectl refuses is ${code}: ${words}`, async (t) => {
    const { done } = start(t, { apply: `echo '${words}' >&2; exit 1` });
    const error = (await t.throwsAsync(done)) as UserError;
    t.is(error.code, `kubernetes/${code}`);
    t.regex(error.message, message);
    t.truthy(error.remedy);
  });

const refuses = (runtime: string, words: string) =>
  `echo 'trainingruntime.trainer.kubeflow.org/x ${runtime}'; echo '${words}' >&2; exit 1`;
const notAllowed = 'Error from server (Forbidden): trainjobs is forbidden';

test.serial('of a TrainJob that is refused, its runtime is not left either', async (t) => {
  for (const runtime of ['created', 'unchanged']) {
    const { done, say, asked, name } = start(t, { apply: refuses(runtime, notAllowed) });
    say({ gone: true });
    await t.throwsAsync(done, { code: 'kubernetes/forbidden' } as never);
    t.regex(asked(), new RegExp(`delete trainingruntimes\\S+ ${name}`));
  }
});

test.serial('who may not ask for TrainJobs either leaves no runtime that is new', async (t) => {
  const get = `echo '${notAllowed}' >&2; exit 1`;
  for (const runtime of ['created', 'unchanged']) {
    const { done, asked } = start(t, { apply: refuses(runtime, notAllowed), get });
    await t.throwsAsync(done, { code: 'kubernetes/forbidden' } as never);
    t.is(asked().includes('delete'), runtime === 'created');
  }
});

test.serial('a TrainJob that is at work keeps its runtime where other settings are refused', async (t) => {
  const { done, say, asked } = start(t, { apply: refuses('configured', 'spec: field is immutable') });
  say({ pods: [pod({ phase: 'Running' })] });
  await t.throwsAsync(done, { code: 'kubernetes/other-job' } as never);
  t.regex(asked(), /get trainjobs/);
  t.notRegex(asked(), /delete/);
});

test.serial('one that is refused when it is started anew leaves nothing', async (t) => {
  const { done, say, asked } = start(t, {
    apply: `if [ -e "$bin/deleted" ]; then touch "$bin/gone"; ${refuses('created', notAllowed)}; fi
echo "trainjob.trainer.kubeflow.org/x unchanged"`,
  });
  say({ conditions: failedJob('FailedJobs', 'of an earlier command') });
  await t.throwsAsync(done, { code: 'kubernetes/forbidden' } as never);
  t.regex(asked(), /delete -f[\s\S]*apply[\s\S]*delete trainingruntimes/);
});

const scheduled = { type: 'PodScheduled', status: 'True' };
const ended = (exitCode: number, reason = 'Error') => [
  pod({ phase: 'Failed', containerStatuses: [{ state: { terminated: { exitCode, reason } } }] }),
];
const waits = (reason: string, message: string) => [
  pod({
    phase: 'Pending',
    conditions: [scheduled],
    containerStatuses: [{ state: { waiting: { reason, message } } }],
  }),
];
const failedJob = (reason: string, message: string) => [{ type: 'Failed', status: 'True', reason, message }];

const ends: [what: string, said: Partial<Said>, code: string, message: RegExp, remedy: RegExp][] = [
  [
    'out of memory',
    { pods: ended(137, 'OOMKilled') },
    'kubernetes/out-of-memory',
    /has 16Gi/,
    /launcher\.memory/,
  ],
  ['killed', { pods: ended(137) }, 'peft/rank-killed', /SIGKILL/, /to resume/],
  [
    'failed',
    { pods: ended(2) },
    'kubernetes/failed',
    /code 2 \(Error\)[\s\S]*No module named torch/,
    /launcher\.image/,
  ],
  [
    'evicted',
    { pods: [pod({ phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource' })] },
    'kubernetes/evicted',
    /low on resource/,
    /last saved state/,
  ],
  [
    'preempted',
    {
      pods: [
        pod({
          phase: 'Failed',
          conditions: [{ type: 'DisruptionTarget', status: 'True', message: 'preempting' }],
        }),
      ],
    },
    'kubernetes/evicted',
    /preempting/,
    /last saved state/,
  ],
  [
    'no image',
    { pods: waits('ImagePullBackOff', 'Back-off pulling "x"') },
    'kubernetes/image',
    /pulling "x"/,
    /launcher\.image/,
  ],
  [
    'no container',
    { pods: waits('CreateContainerError', 'no such mount') },
    'kubernetes/container',
    /no such mount/,
    /shared_folder/,
  ],
  [
    'a deadline',
    { conditions: failedJob('DeadlineExceeded', 'it was active longer') },
    'kubernetes/no-pod',
    /DeadlineExceeded\): it was active longer/,
    /under launcher/,
  ],
  [
    'no pod allowed',
    { conditions: failedJob('FailedJobs', 'jobset failed'), warning: 'pods are forbidden: exceeded quota' },
    'kubernetes/no-pod',
    /exceeded quota/,
    /under launcher/,
  ],
  [
    'no result',
    { conditions: [{ type: 'Complete', status: 'True' }] },
    'kubernetes/no-result',
    /its result is not here/,
    /claim \(runs\)/,
  ],
  ['deletion', { gone: true }, 'kubernetes/deleted', /deleted by someone else/, /Ask who/],
];
for (const [what, said, code, message, remedy] of ends)
  test.serial(`the end of a TrainJob by ${what} is a clear error, and nothing of it is left`, async (t) => {
    const { done, say, asked } = start(t);
    say(said);
    const error = (await t.throwsAsync(done)) as UserError;
    t.is(error.code, code);
    t.regex(error.message, message);
    t.regex(error.remedy ?? '', remedy);
    t.is(asked().includes('delete -f'), !said.gone);
  });

test.serial('what it waits for is told; Ctrl-C takes it back while no pod is at work', async (t) => {
  const { done, say, stop, heard, asked, name } = start(t);
  const message = '0/3 nodes are available: 3 Insufficient nvidia.com/gpu.';
  say({
    pods: [pod({ phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', message }] })],
  });
  await waitUntil(() => heard.length > 0, { during: done });
  t.deepEqual(heard, [{ type: 'note', text: `TrainJob ${name} waits: ${message}` }]);
  stop();
  await t.throwsAsync(done, { message: 'stopped by the test' });
  t.regex(asked(), /--namespace shop delete -f/);
});

test.serial('Ctrl-C waits until the pods have saved and ended', async (t) => {
  const { done, say, stop, heard, asked, result } = start(t);
  say({ pods: [pod({ phase: 'Running' })] });
  await waitUntil(() => heard.length > 0, { during: done });
  stop();
  await waitUntil(() => existsSync(join(result, 'stop-requested')), { during: done });
  t.false(asked().includes('delete'));
  say({ pods: ended(130) });
  await t.throwsAsync(done, { message: 'stopped by the test' });
  t.true(asked().includes('delete'));
});

test.serial('one that ended while nobody waited for it is started anew', async (t) => {
  const { done, say, asked } = start(t, {
    apply: `if [ -e "$bin/deleted" ]; then echo '${JSON.stringify({ type: 'finished', figures: {}, peak_memory_bytes: 1 })}' >> "$bin/../runs/r/messages.jsonl"; echo '{"status": {"conditions": [{"type": "Complete", "status": "True"}]}}' > "$bin/trainjob"; fi; echo "trainjob.trainer.kubeflow.org/x unchanged"`,
  });
  say({ conditions: failedJob('FailedJobs', 'of an earlier command') });
  await t.notThrowsAsync(done);
  t.is(asked().match(/apply/g)?.length, 2);
});

test.serial('without kubectl it is a clear error', async (t) => {
  const { done } = start(t, {}, false);
  await t.throwsAsync(done, { code: 'peft/no-such-program', message: 'the program is not there' } as never);
});

test('pods that find no room wait for a while, and not for ever', (t) => {
  const settings = settingsOf('/runs', { start_minutes: 5 });
  const standing = { state: 'waiting', why: 'Insufficient cpu' } as const;
  t.is(endOf(standing, false, 4, settings), null);
  const end = endOf(standing, false, 6, settings);
  t.deepEqual(end, { kind: 'never began', why: 'Insufficient cpu', because: 'time' });
  const how = { code: 0, signal: undefined, stopped: false };
  const error = explainTrainJobEnd({ settings, result: '/runs/r' }, end as TrainJobEnd, how);
  t.like(error, { code: 'kubernetes/no-room' });
  t.regex(error.message, /start_minutes: Insufficient cpu/);
});

interface Said {
  conditions: object[];
  pods: object[];
  warning: string;
  gone: boolean;
}

function pod(status: object) {
  return { metadata: { name: 'pod-0' }, spec: { nodeName: 'n1' }, status };
}

/** A TrainJob for a stand-in of kubectl, which says what it is told to; `programs`: what it does for a verb. */
function start(t: ExecutionContext, programs: Record<string, string> = {}, there = true) {
  const folder = temporaryFolder(t);
  const [bin, runs] = [join(folder, 'bin'), join(folder, 'runs')];
  const [job, result] = [join(runs, 'j'), join(runs, 'r')];
  for (const each of [bin, runs, job, result]) mkdirSync(each);
  const name = trainJobName(result);
  const verbs = {
    apply: 'echo "trainjob.trainer.kubeflow.org/x created"',
    delete: 'touch "$bin/deleted"',
    logs: 'echo "No module named torch"',
    get: `case "$2" in
  trainjobs*) if [ -e "$bin/gone" ]; then echo "Error from server (NotFound)" >&2; exit 1; fi; cat "$bin/trainjob";;
  pods) cat "$bin/pods";;
  events) cat "$bin/events";;
esac`,
    ...programs,
  };
  if (there)
    writeFileSync(
      join(bin, 'kubectl'),
      `#!/bin/bash
bin=$(/bin/dirname "$0")
echo "$*" >> "$bin/asked"
[ "$1" = --namespace ] && shift 2
case "$1" in
${Object.entries(verbs)
  .map(([verb, lines]) => `${verb})\n${lines}\n;;`)
  .join('\n')}
esac
`,
      { mode: 0o755 },
    );
  for (const program of ['cat', 'touch'])
    writeFileSync(join(bin, program), `#!/bin/sh\nexec /bin/${program} "$@"\n`, { mode: 0o755 });
  const before = process.env.PATH;
  process.env.PATH = bin;
  t.teardown(() => {
    process.env.PATH = before;
  });
  const say = ({ conditions = [], pods = [], warning = '', gone = false }: Partial<Said>) => {
    writeFileSync(join(bin, 'pods'), JSON.stringify({ items: pods }));
    writeFileSync(
      join(bin, 'events'),
      JSON.stringify({
        items: warning ? [{ involvedObject: { name: `${name}-node-0` }, message: warning }] : [],
      }),
    );
    if (gone) writeFileSync(join(bin, 'gone'), '');
    writeFileSync(join(bin, 'trainjob'), JSON.stringify({ status: { conditions } }));
  };
  say({});
  const heard: ReportMessage[] = [];
  const controller = new AbortController();
  const done = runWorker({
    launcher: kubernetes,
    settings: settingsOf(runs),
    ...{ job, result },
    report: (message) => heard.push(message),
    signal: controller.signal,
  });
  done.catch(() => {});
  return {
    ...{ done, say, heard, name, result },
    asked: () => (existsSync(join(bin, 'asked')) ? readFileSync(join(bin, 'asked'), 'utf8') : ''),
    stop: () => controller.abort(new Error('stopped by the test')),
  };
}
