import { z } from 'zod';

// What the custom resource definitions of Kubeflow Trainer 2.0 to 2.3 (trainer.kubeflow.org/v1alpha1) say of the fields
// that we write: names, types, lengths and what is required. A field that is not here is refused, as by an API server.

const quantity = z.union([z.int(), z.string().regex(/^\d+(\.\d+)?([KMGTPE]i|[numkMGTPE])?$/)]);
const resources = z.record(z.string(), quantity);
const metadata = z.strictObject({
  name: z
    .string()
    .max(63)
    .regex(/^[a-z]([-a-z0-9]*[a-z0-9])?$/),
  namespace: z.string().optional(),
});
const apiVersion = z.literal('trainer.kubeflow.org/v1alpha1');

export const trainJobSchema = z.strictObject({
  apiVersion,
  kind: z.literal('TrainJob'),
  metadata,
  spec: z.strictObject({
    runtimeRef: z.strictObject({
      apiGroup: z.literal('trainer.kubeflow.org'),
      kind: z.enum(['TrainingRuntime', 'ClusterTrainingRuntime']),
      name: z.string().min(1).max(253),
    }),
    trainer: z.strictObject({
      image: z.string().max(500),
      command: z.array(z.string().max(65_536)).max(128),
      // Those that Kubeflow sets itself are refused.
      env: z.array(z.strictObject({ name: z.string().regex(/^(?!PET_)[^=]+$/), value: z.string() })).max(128),
      numNodes: z.int(),
      // 2.0 and 2.1 know words, too; the number is in all.
      numProcPerNode: z.int(),
      resourcesPerNode: z.strictObject({ requests: resources, limits: resources }),
    }),
  }),
});

const container = z.strictObject({
  name: z.literal('node'),
  image: z.string(),
  volumeMounts: z.array(z.strictObject({ name: z.string(), mountPath: z.string() })),
});
const volume = z.union([
  z.strictObject({ name: z.string(), persistentVolumeClaim: z.strictObject({ claimName: z.string() }) }),
  z.strictObject({ name: z.string(), emptyDir: z.strictObject({ medium: z.literal('Memory') }) }),
]);
const pod = z.strictObject({
  restartPolicy: z.enum(['Never', 'OnFailure']),
  terminationGracePeriodSeconds: z.int(),
  securityContext: z.strictObject({ runAsUser: z.int(), runAsGroup: z.int() }).optional(),
  containers: z.array(container).length(1),
  volumes: z.array(volume),
});

export const trainingRuntimeSchema = z.strictObject({
  apiVersion,
  kind: z.literal('TrainingRuntime'),
  metadata,
  spec: z.strictObject({
    // numProcPerNode of torch is gone since 2.2.
    mlPolicy: z.strictObject({ numNodes: z.int(), torch: z.strictObject({}) }),
    template: z.strictObject({
      spec: z.strictObject({
        replicatedJobs: z
          .array(
            z.strictObject({
              name: z.literal('node'),
              template: z.strictObject({
                metadata: z.strictObject({
                  labels: z.strictObject({
                    'trainer.kubeflow.org/trainjob-ancestor-step': z.literal('trainer'),
                  }),
                }),
                spec: z.strictObject({ backoffLimit: z.int(), template: z.strictObject({ spec: pod }) }),
              }),
            }),
          )
          .length(1),
      }),
    }),
  }),
});
