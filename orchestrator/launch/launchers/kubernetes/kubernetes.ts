import type { Launcher } from '../launcher.ts';
import { nodeConflicts } from '../process-conflicts.ts';
import { checkProgram } from '../programs.ts';
import { explainTrainJobEnd } from './end.ts';
import { type TrainJobEnd, untilEnded } from './follow.ts';
import { kubectlArguments, ownWords } from './kubectl.ts';
import { askForTrainJobs } from './look.ts';
import { checkIsShared, manifest, manifestFile } from './manifest.ts';
import { explainRefusal } from './refusal.ts';
import { type KubernetesSettings, kubernetesSettings } from './settings.ts';
import { takeBackRefused } from './take-back.ts';

const remedy = 'Install kubectl, or choose another launcher.';

/** A TrainJob: `kubectl apply` hands it on, and it is asked for until it has ended. */
export const kubernetes = {
  settings: kubernetesSettings,
  startsPrograms: ['image', 'python_in_image', 'context', 'namespace', 'claim', 'shared_folder'],
  conflicts(settings, computation) {
    const conflicts = nodeConflicts(settings, computation);
    if (computation.device === 'cuda' && settings.gpus_per_node === 0)
      conflicts.push({
        setting: 'gpus_per_node',
        message: 'is 0, so that pods get no GPU, and peft.device is cuda',
        remedy: 'Set launcher.gpus_per_node to the GPUs of a node, or peft.device to auto.',
      });
    return conflicts;
  },
  findPython: ({ python_in_image }) => python_in_image,
  async check(settings, runsFolder) {
    checkIsShared(settings, runsFolder);
    checkProgram('kubectl', remedy);
    const { failed, words } = await askForTrainJobs(settings);
    if (failed) throw explainRefusal(settings, 'kubectl', words);
  },
  start: (launch) => ({
    command: 'kubectl',
    args: kubectlArguments(launch.settings, ['apply', '-f', manifestFile(launch.result)]),
    files: { [manifestFile(launch.result)]: manifest(launch) },
  }),
  follow(job, program, report) {
    let words = '';
    let end: TrainJobEnd | undefined;
    const stop = new AbortController();
    for (const stream of [program.stdout, program.stderr])
      stream?.on('data', (text: Buffer) => {
        words += text;
      });
    return {
      log: 'kubectl.log',
      remedy,
      async wait() {
        const wasThere = /trainjob\S* unchanged/.test(words);
        end = await untilEnded(job, { wasThere, stop: stop.signal, report });
      },
      takeBack: () => takeBackRefused(job, words),
      stop: async () => stop.abort(),
      explain: async (ended) =>
        explainTrainJobEnd(job, end ?? { kind: 'refused', words: ownWords(words) }, ended),
      close: () => {},
    };
  },
} satisfies Launcher<KubernetesSettings>;
