import { UserError } from '../../../shared/errors.ts';
import { goesOn } from '../../explain-end.ts';
import type { KubernetesSettings } from './settings.ts';

/** What kubectl's words mean where it did not do what it was asked for; `place`: for what nothing is known about. */
export function explainRefusal(settings: KubernetesSettings, place: string, words: string): UserError {
  const known = refusals.find(({ sign }) => sign.test(words));
  if (known)
    return new UserError(known.code, `${known.message}: ${words}`, {
      place: `${settings.context ?? 'current context'}, ${settings.namespace ?? 'its namespace'}`,
      remedy: known.remedy,
    });
  return new UserError('kubernetes/refused', `kubectl did not take the TrainJob: ${words}`, {
    place,
    remedy: `Correct what it names under launcher. ${goesOn}`,
  });
}

/** The first that fits: a cluster that answers can pass on words of a connection between its own parts. */
const refusals = [
  {
    sign: /no matches for kind|could not find the requested resource|doesn't have a resource type/i,
    code: 'kubernetes/no-trainer',
    message: 'the cluster has no Kubeflow Trainer (trainer.kubeflow.org/v1alpha1)',
    remedy:
      'Ask its administrators to install Kubeflow Trainer, version 2 or later, or choose another launcher.',
  },
  {
    sign: /failed calling webhook/i,
    code: 'kubernetes/trainer-silent',
    message: 'Kubeflow Trainer does not answer in the cluster',
    remedy: `Wait until its controller runs (kubectl get pods --all-namespaces), or ask its administrators. ${goesOn}`,
  },
  {
    sign: /is forbidden|forbidden: User/i,
    code: 'kubernetes/forbidden',
    message: 'you may not create a TrainJob and its TrainingRuntime there',
    remedy: 'Ask for that role in the namespace, or name another one: launcher.namespace.',
  },
  {
    sign: /immutable/i,
    code: 'kubernetes/other-job',
    message: 'a TrainJob with other settings is at work on this result',
    remedy: 'Give the settings it was started with, to follow it, or delete it: kubectl delete trainjob.',
  },
  {
    sign: new RegExp(
      [
        // Nobody is there, or somebody else; kubectl apply reads what the cluster knows before anything else.
        /connection to the server|Unable to connect|failed to download openapi|dial tcp|connection refused/,
        /no such host|i\/o timeout|handshake timeout|deadline exceeded|x509/,
        // It is not said which cluster, or the file of contexts is none.
        /current-context|context .* does not exist|no configuration has been provided|loading config file/,
        // Who asks is unknown; without a name, kubectl asks for one.
        /must be logged in|Unauthorized|provide credentials|getting credentials|Please enter Username/,
      ]
        .map(({ source }) => source)
        .join('|'),
      'i',
    ),
    code: 'kubernetes/no-cluster',
    message: 'kubectl reaches no cluster',
    remedy: 'Check kubectl cluster-info, and name its context: launcher.context.',
  },
];
