import { metricTitle } from '../../../orchestrator/evaluation/format-figure.ts';

/** Of metrics, at any number of places. */
const metrics: Record<string, string> = {
  recall:
    'how often the item that the person really took next stands in the first k places of the list: 0.25 is one list in four',
  ndcg: 'the same, but what stands lower counts less: 1 in the first place, 0.63 in the second, 0.29 in the tenth',
  mrr: 'one over the place of the item that the person really took next, on average: 0.5 for the second place, 0.1 for the tenth',
};

const meanings: Record<string, string> = {
  items: 'how many items the model can recommend',
  time: 'how long the stages of the run took, all together, without those that it took over from other runs',
  users: 'people whose histories are in the data',
  interactions: 'what all of them took, one event each',
  density: 'interactions / (users x items)',
  'cold test targets': 'items to be found in the test that nobody took in the training data',
  'test targets in their history': 'items to be found in the test that the same person had taken before',
  'ascending ids':
    'share of steps in histories that go to a higher id: near 0 or 1 they are sorted by item and not by time',
  'equal times': 'share of steps in histories without time between: which came first is not known',
  'semantic size': 'numbers in the vector that says what an item is',
  'validation recall@10': 'recall@10 of the encoder by itself, on the data that choose its best epoch',
  levels: 'how many digits each place of a code can have',
  'collision rate': 'share of items that have no code of their own; 0 is wanted',
  'level use': 'how evenly the digits of each level are used: 1 is all alike',
  'base tokens': 'words and parts of words that the base model knows',
  'added tokens': 'digits of codes that the model learns as new words',
  'tokens to train on': 'length of all texts that one epoch of training reads',
  'share of legal beams': 'share of the codes that the model wrote that are items; 1 is wanted',
  popularity: 'everybody gets what most people took',
  'recent-popularity': 'everybody gets what most people took lately',
  'bought-together': 'what the same people take who have the items of the history',
  'what-followed': 'what came most often right after the latest items of the history',
  'buy-again': 'what the person had already, most often first',
  sasrec: 'a model without language that learns from sequences of items alone',
  din: 'a model without language that weighs the items of a history by what is asked',
  'generated alone': 'the lists that the language model writes, before they are ranked anew',
  'eager-llm': 'the lists that people get from this run',
  'legal beams': 'codes that the model wrote and that are items, of all that it wrote; 100% is wanted',
  alignment: 'the part of the training that teaches all tasks: what codes stand for, and what comes next',
  annealing: 'the part of the training after it, short and on recommending alone',
  tuning: 'the part of the training that tunes the model on its tasks',
  'tokens/s': 'how much text a part of the training read in a second',
  'best epoch': 'the pass over the training data whose weights are kept; 0: those before the first',
  'best validation': 'the figure of the best epoch, on the validation split',
  loss: 'how badly the model predicts the next token; lower is better. Each update is of one task, and tasks differ: the curve shows means over neighbouring updates, a figure “of the last update alone” is that of one task',
  meaning: 'a digit made from what items are, as their texts tell it: those that share it are alike',
  behaviour: 'a digit made from how people use items: those that share it are taken alike',
  'meaning and behaviour': 'a digit made from what items are and how people use them, together',
  'tells apart': 'a digit that stands for nothing: it only makes codes unique',
  'from elsewhere': 'a digit of codes that were not made here: what it was made from is not known',
  'digits used': 'how many of the digits of this level occur in codes',
  'evenly used': '100% if each digit has as many items as any other (2^entropy / digits)',
  entropy:
    'the same in bits: how much this digit tells of an item, beside the most that so many digits could',
  'known already':
    'share of items whose digit here is known once those before it are, since they leave only one: it tells nothing more',
  group:
    'the items whose codes begin alike, down to a level: where the next digit has several values, it parts them further. A digit alone, with nothing chosen before it, is shared by items of many groups',
};

/** What names beside figures mean, as far as it is known, each once: `[name as it is shown, its meaning]`. */
export function meaningsOf(names: readonly string[]): [string, string][] {
  return [...new Map(names.flatMap((name) => [...meaningOf(name), ...meaningsOfParts(name)]))];
}

function meaningOf(name: string): [string, string][] {
  const [metric, cutoff] = name.split(', seen ', 1)[0].split('@');
  const meaning = metrics[metric] ?? meanings[name] ?? meaningOfSeveral(name);
  return meaning ? [[metricTitle(cutoff && metrics[metric] ? `${metric}@k` : name), meaning]] : [];
}

/** `sasrec x2` */
function meaningOfSeveral(name: string): string | undefined {
  const [, one, count] = /^(.+) x(\d+)$/.exec(name) ?? [];
  return (
    meanings[one] && `${count} of ${one}, trained from different seeds, that rank together: ${meanings[one]}`
  );
}

/** Of a part of the training and what is told of it: `alignment best epoch`. */
function meaningsOfParts(name: string): [string, string][] {
  const [, part, figure] = /^([^ ]+) (loss|tokens\/s|best epoch|best validation)( |$)/.exec(name) ?? [];
  return [part, figure].flatMap((each): [string, string][] =>
    meanings[each] ? [[each, meanings[each]]] : [],
  );
}
