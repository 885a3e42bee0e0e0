import { join } from 'node:path';
import { z } from 'zod';
import { messageOf, UserError } from '../shared/errors.ts';
import { readJson } from '../storage/json-file.ts';
import { readSafetensors } from '../storage/safetensors.ts';
import { textLines } from '../storage/text-lines.ts';
import { datasetFiles, datasetVersion } from './save-dataset.ts';
import type { Dataset, DatasetProtocol } from './types.ts';

const remedy = 'Delete the folder of the dataset stage and run again to rebuild it.';

const itemSchema = z.object({
  item_id: z.string().min(1),
  title: z.string(),
  description: z.string(),
  categories: z.array(z.string()),
  brand: z.string(),
  keywords: z.array(z.string()),
  attributes: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])).optional(),
});

const protocolSchema: z.ZodType<DatasetProtocol> = z.object({
  split: z.enum(['leave-one-out', 'time', 'none']),
  timeCuts: z.tuple([z.number(), z.number()]).nullable(),
  kCore: z.int().min(0),
  duplicates: z.enum(['keep', 'first']),
  minRating: z.number().nullable(),
  requireMetadata: z.boolean(),
});

const headerSchema = z.object({
  version: z.literal(datasetVersion),
  users: z.int().min(1),
  items: z.int().min(1),
  events: z.int().min(1),
  historyLimit: z.int().min(1),
  protocol: protocolSchema.nullable(),
  equalTimes: z.number().optional(),
  notices: z.array(z.string()).optional(),
  continued: z.object({ items: z.int().min(1), codedFirst: z.int().min(1) }).optional(),
});

/** Reads what `saveDataset` wrote and checks that it belongs together; throws a UserError that names the file. */
export function loadDataset(folder: string): Dataset {
  const place = join(folder, datasetFiles.header);
  const header = parse(headerSchema, readJson(place, remedy), place);
  const items = readLines(join(folder, datasetFiles.items), itemSchema, header.items);
  const userIds = readLines(join(folder, datasetFiles.users), z.string().min(1), header.users);
  const sequences = join(folder, datasetFiles.sequences);
  const tensors = readSafetensors(sequences);
  const read = (name: string, length: number): Int32Array => {
    const data = tensors[name]?.data;
    if (data instanceof Int32Array && data.length === length) return data;
    throw broken(sequences, `expected ${length} int32 numbers as "${name}", got ${data?.length ?? 'none'}`);
  };
  const dataset: Dataset = {
    items,
    userIds,
    offsets: read('offsets', header.users + 1),
    events: read('events', header.events),
    trainEnd: read('trainEnd', header.users),
    validationEnd: read('validationEnd', header.users),
    historyLimit: header.historyLimit,
  };
  if (header.continued) dataset.continued = { ...header.continued, learned: read('learned', header.users) };
  checkSequences(dataset, sequences);
  const { protocol, equalTimes, notices } = header;
  const times = tensors.times?.data;
  if (times instanceof Float64Array && times.length === header.events) dataset.times = times;
  else if (times) throw broken(sequences, `expected ${header.events} float64 numbers as "times"`);
  if (protocol !== null) dataset.protocol = protocol;
  if (equalTimes !== undefined) dataset.equalTimes = equalTimes;
  if (notices !== undefined) dataset.notices = notices;
  return dataset;
}

function checkSequences(dataset: Dataset, place: string): void {
  const { items, userIds, offsets, events, trainEnd, validationEnd } = dataset;
  if (offsets[0] !== 0 || offsets[userIds.length] !== events.length)
    throw broken(place, 'the offsets do not span the events');
  for (let user = 0; user < userIds.length; user++) {
    const bounds = [offsets[user], trainEnd[user], validationEnd[user], offsets[user + 1]];
    if (bounds.some((bound, at) => at > 0 && bound < bounds[at - 1]))
      throw broken(place, `the bounds of user ${user} do not grow: ${bounds.join(', ')}`);
  }
  const outside = events.find((item) => item < 0 || item >= items.length);
  if (outside !== undefined)
    throw broken(place, `item ${outside} does not exist among ${items.length} items`);
}

function readLines<T>(path: string, schema: z.ZodType<T>, count: number): T[] {
  const values: T[] = [];
  let place = path;
  try {
    for (const line of textLines(path)) {
      place = `${path}:${values.length + 1}`;
      values.push(parse(schema, JSON.parse(line), place));
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw broken(place, error instanceof SyntaxError ? 'is not JSON' : `cannot be read: ${messageOf(error)}`);
  }
  if (values.length !== count) throw broken(path, `expected ${count} lines, got ${values.length}`);
  return values;
}

function parse<T>(schema: z.ZodType<T>, value: unknown, place: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw broken(place, `${issue.path.join('.') || 'the content'}: ${issue.message}`);
}

function broken(place: string, message: string): UserError {
  return new UserError('dataset/broken-store', message, { place, remedy });
}
