// In place of kubectl and a cluster: the pods of a TrainJob are processes of this machine, in the folder STATE.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

const state = process.env.STATE;
const file = (name) => join(state, name);
const [verb, ...args] = process.argv.slice(2);
const pods = existsSync(file('pods')) ? Number(readFileSync(file('pods'), 'utf8')) : 0;
const exitOf = (pod) =>
  existsSync(file(`${pod}.exit`)) ? Number(readFileSync(file(`${pod}.exit`), 'utf8')) : null;

const verbs = {
  apply([, manifest]) {
    const text = readFileSync(manifest, 'utf8');
    writeFileSync(file('train-job.yaml'), text);
    const { command, env, numNodes } = parseAllDocuments(text)[1].toJS().spec.trainer;
    for (let pod = 0; pod < numNodes; pod++) {
      const meeting = {
        PET_NODE_RANK: String(pod),
        PET_MASTER_ADDR: '127.0.0.1',
        PET_MASTER_PORT: process.env.MEETING,
      };
      const own = Object.fromEntries(env.map(({ name, value }) => [name, value]));
      const script = `"$@" > ${file(`${pod}.log`)} 2>&1; echo $? > ${file(`${pod}.exit`)}`;
      spawn('bash', ['-c', script, 'pod', ...command], {
        env: { ...process.env, ...own, ...meeting },
        detached: true,
        stdio: 'ignore',
      }).unref();
    }
    writeFileSync(file('pods'), String(numNodes));
    console.log('trainjob.trainer.kubeflow.org/stand-in created');
  },
  get([what, ...options]) {
    if (options.includes('--ignore-not-found')) return;
    if (pods === 0) {
      console.error('Error from server (NotFound): trainjobs "stand-in" not found');
      process.exit(1);
    }
    const exits = Array.from({ length: pods }, (_, pod) => exitOf(pod));
    const items = exits.map((exitCode, pod) => ({
      metadata: { name: String(pod) },
      spec: { nodeName: `node-${pod}` },
      status: {
        phase: exitCode === null ? 'Running' : exitCode === 0 ? 'Succeeded' : 'Failed',
        containerStatuses: [{ state: exitCode === null ? { running: {} } : { terminated: { exitCode } } }],
      },
    }));
    const conditions = exits.every((exit) => exit === 0) ? [{ type: 'Complete', status: 'True' }] : [];
    const answer =
      what === 'pods' ? { items } : what === 'events' ? { items: [] } : { status: { conditions } };
    console.log(JSON.stringify(answer));
  },
  logs: ([pod]) => console.log(readFileSync(file(`${pod}.log`), 'utf8')),
  delete: () => rmSync(file('pods')),
};
verbs[verb](args);
